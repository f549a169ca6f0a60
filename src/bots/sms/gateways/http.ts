import { request } from 'undici';
import type { SendProblem, SendResult } from '../../../core/sending.ts';
import { second } from '../../../core/time.ts';

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

/** One request that hands a text to a gateway. */
export interface HandOver {
  readonly url: string;
  readonly method: 'GET' | 'POST';
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
  /** In milliseconds. */
  readonly timeout?: number | undefined;
  /** What this gateway means by a status, where that is not what others mean by it. */
  readonly means?: Readonly<Record<number, SendProblem>>;
}

/** Hands a text over, and tells by the status what became of it. No redirect is followed: a code is nobody else's business. */
export async function handOver({ url, method, headers, body, timeout, means = {} }: HandOver): Promise<SendResult> {
  try {
    // Not by `fetch`, which takes twice as much of the processor.
    const answer = await request(url, {
      method,
      headers,
      ...(body !== undefined && { body }),
      signal: AbortSignal.timeout(timeout ?? patience),
      // A connection that was kept open may be closed just as the next SMS leaves, and its fate would be uncertain.
      reset: true,
    });
    // The status has said all; what follows it is not waited for, and cannot undo it.
    answer.body.dump().catch(() => undefined);
    const problem = means[answer.statusCode];
    if (problem !== undefined) return failed(problem);
    const retryAfter = answer.headers['retry-after'];
    return resultOf(answer.statusCode, typeof retryAfter === 'string' ? retryAfter : null);
  } catch (error) {
    return failed(neverLeft.has(codeOf(error)) ? 'unreachable' : 'uncertain');
  }
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
