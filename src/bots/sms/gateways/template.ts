import { request } from 'undici';
import type { SendProblem, SendResult } from '../../core/sending.ts';
import { second } from '../../core/time.ts';
import type { SmsSender } from './sender.ts';

/** How long a gateway may take to answer, in milliseconds. */
const patience = 10 * second;

/** Failures that happen before a request can have left: surely not delivered. */
const neverLeft = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
]);

/**
 * Sends SMS through a gateway that takes them by GET, as Kannel's `sendsms` does: `{to}` and `{text}` in `url` stand
 * for the number (`+62…`) and the text. A name and password in the address are sent as HTTP Basic.
 *
 * No redirect is followed: the address of a code is nobody else's business. `timeout` is in milliseconds.
 */
export function httpSms(gateway: { readonly url: string; readonly timeout?: number }): SmsSender {
  const { url, authorization } = splitCredentials(gateway.url);
  return async (to, text) => {
    const values = { to, text: text.toWellFormed() };
    const address = url.replaceAll(/\{(to|text)\}/g, (_, name: 'to' | 'text') => encodeURIComponent(values[name]));
    try {
      // Not by `fetch`, which takes twice as much of the processor.
      const { statusCode, headers, body } = await request(address, {
        signal: AbortSignal.timeout(gateway.timeout ?? patience),
        // A connection that was kept open may be closed just as the next SMS leaves, and its fate would be uncertain.
        reset: true,
        ...(authorization !== null && { headers: { authorization } }),
      });
      // The status has said all; what follows it is not waited for, and cannot undo it.
      body.dump().catch(() => undefined);
      const retryAfter = headers['retry-after'];
      return resultOf(statusCode, typeof retryAfter === 'string' ? retryAfter : null);
    } catch (error) {
      return failed(neverLeft.has(codeOf(error)) ? 'unreachable' : 'uncertain');
    }
  };
}

function resultOf(status: number, retryAfter: string | null): SendResult {
  if (status >= 200 && status <= 299) return { sent: true };
  if (status === 401 || status === 403) return failed('unauthorised');
  if (status === 429 || (status === 503 && retryAfter !== null)) return failed('throttled', retryAfter);
  if (status === 503) return failed('unreachable');
  // The gateway, or a proxy before it, failed on the way: it may have sent the SMS all the same.
  return failed(status >= 500 ? 'uncertain' : 'refused');
}

/** `retryAfter` is the header: whole seconds; one that holds a date is left out. */
function failed(problem: SendProblem, retryAfter: string | null = null): SendResult {
  const pause = retryAfter !== null && /^\d{1,6}$/.test(retryAfter) ? Number(retryAfter) * second : undefined;
  return { sent: false, problem, ...(pause !== undefined && { retryAfter: pause }) };
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';
}

/** The client sends no name and password out of an address. The rest stays as it was written, placeholders too. */
function splitCredentials(text: string): { readonly url: string; readonly authorization: string | null } {
  const { username, password } = new URL(text);
  if (username === '' && password === '') return { url: text, authorization: null };
  const plain = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`;
  return {
    url: text.replace(/^(\w+:\/\/)[^/]*@/, '$1'),
    authorization: `Basic ${Buffer.from(plain).toString('base64')}`,
  };
}
