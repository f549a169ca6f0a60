import { type ClientRequest, Agent as HttpAgent, request as httpRequest, type IncomingMessage } from 'node:http';
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https';
import { Readable } from 'node:stream';
import { second } from '../../core/time.ts';

/** How long a connection may take to be there, in milliseconds: with Telegram's own limits nobody waits longer. */
const connectLimit = 4 * second;

/** Connections at a time; what is more waits for one of them. */
const connections = 64;

/** Characters of an answer: a hundred updates at their longest are far below. */
const answerCap = 16 * 1_024 * 1_024;

/** The request failed before any of it had left: surely nothing came of it. */
export class NeverLeft extends Error {
  override readonly name = 'NeverLeft';
}

/** As much of a request as the client makes. */
interface Request {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Readable | null;
  readonly signal?: Pick<AbortSignal, 'aborted' | 'addEventListener' | 'removeEventListener'> | null;
}

/** As much of a response as the client looks at. */
interface Answer {
  json(): Promise<unknown>;
}

type Fetch = (url: string, init?: Request) => Promise<Answer>;

/** Makes requests, on connections that are kept open. */
export interface Transport {
  readonly fetch: Fetch;
  /** The same, until the signal is aborted. */
  until(ended: AbortSignal): Fetch;
  /** Closes all connections, whatever is on its way. */
  close(): void;
}

/**
 * What the client makes its requests with, in the way of `fetch`: beside its own way, twice as many calls a second. It
 * follows no redirect, since the address holds the token, and says when nothing of a request can have left.
 * `connectLimit` is in milliseconds.
 */
export function keepAlive(root: string, limits: { readonly connectLimit?: number } = {}): Transport {
  const secure = root.startsWith('https:');
  const options = { keepAlive: true, maxSockets: connections };
  const agent = secure ? new HttpsAgent(options) : new HttpAgent(options);
  const begin = secure ? httpsRequest : httpRequest;
  const connected = secure ? 'secureConnect' : 'connect';
  const patience = limits.connectLimit ?? connectLimit;

  const fetch = (
    url: string,
    { method = 'POST', headers = {}, body = null, signal = null }: Request = {},
    ended?: AbortSignal,
  ): Promise<Answer> =>
    new Promise((resolve, reject) => {
      let left = false;
      const request = begin(url, { method, headers, agent, ...(ended && { signal: ended }) });
      const abort = () => void request.destroy(new Error('aborted'));
      request.on('socket', (socket) => {
        left = !socket.connecting;
        if (left) return;
        const late = setTimeout(() => request.destroy(new Error('no connection')), patience);
        const settle = () => clearTimeout(late);
        socket.once(connected, () => {
          left = true;
          settle();
        });
        request.once('close', settle);
      });
      request.on('error', (error) => reject(left ? error : new NeverLeft(codeOf(error))));
      request.on('close', () => signal?.removeEventListener('abort', abort));
      request.on('response', (response) => {
        textOf(request, response).then((text) => resolve(answerOf(text)), reject);
      });
      if (signal?.aborted === true) abort();
      else signal?.addEventListener('abort', abort);
      if (body instanceof Readable) {
        body.once('error', (error) => request.destroy(error));
        body.pipe(request);
      } else {
        request.end(body ?? undefined);
      }
    });

  return {
    fetch,
    until: (ended) => (url, init) => fetch(url, init, ended),
    close: () => agent.destroy(),
  };
}

function answerOf(text: string): Answer {
  return { json: async (): Promise<unknown> => JSON.parse(text) };
}

function textOf(request: ClientRequest, response: IncomingMessage): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = '';
    response.setEncoding('utf8');
    response.on('data', (piece: string) => {
      text += piece;
      if (text.length > answerCap) request.destroy(new Error('the answer is too long'));
    });
    response.once('end', () => resolve(text));
    response.once('error', reject);
    response.once('close', () => reject(new Error('the answer was cut')));
  });
}

/** The system's word for what went wrong, without the address that its message holds. */
function codeOf(error: Error): string {
  return 'code' in error && typeof error.code === 'string' ? error.code : 'no connection';
}
