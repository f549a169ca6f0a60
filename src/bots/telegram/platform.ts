import { Api, GrammyError, HttpError, type RawApi } from 'grammy';
import type { SendProblem, SendResult } from '../../core/sending.ts';
import { second } from '../../core/time.ts';
import { keepAlive, NeverLeft } from './transport.ts';

/** Seconds that Telegram holds a question for updates open while there are none. */
export const pollSeconds = 30;

/** Seconds that any other call may take. */
const callSeconds = 10;

/**
 * Why a call came to nothing:
 * - as in `core/sending.ts`: `throttled`, `unreachable`, `uncertain`, `blocked`, `unauthorised`;
 * - `conflict`: another program polls with the same token, or a webhook is set;
 * - `gone`: the message that it was about is not there any more;
 * - `rejected`: Telegram cannot take it as it is.
 */
export type Failure = Exclude<SendProblem, 'refused' | 'capped'> | 'conflict' | 'gone' | 'rejected';

/**
 * A call failed. It stands for the client's own errors, which hold the token in an address, and what was to be sent:
 * none of them leaves this file.
 */
export class CallFailed extends Error {
  override readonly name = 'CallFailed';
  readonly failure: Failure;
  /** Telegram's number for it; null when there was no answer. */
  readonly status: number | null;
  /** Milliseconds until the next try, where Telegram says so. */
  readonly retryAfter: number | null;

  constructor(failure: Failure, status: number | null, retryAfter: number | null = null) {
    super(status === null ? `Telegram did not answer (${failure})` : `Telegram answered ${status} (${failure})`);
    this.failure = failure;
    this.status = status;
    this.retryAfter = retryAfter;
  }

  /** The same, as what became of a reply. */
  get result(): SendResult {
    switch (this.failure) {
      case 'conflict':
      case 'gone':
      case 'rejected':
        return { sent: false, problem: 'refused' };
      case 'throttled':
      case 'unreachable':
      case 'uncertain':
      case 'blocked':
      case 'unauthorised':
        return {
          sent: false,
          problem: this.failure,
          ...(this.retryAfter !== null && { retryAfter: this.retryAfter }),
        };
    }
  }
}

/** Calls the API. Rejects with {@link CallFailed}, and with nothing else. */
type Ask = <Result>(call: (api: RawApi) => Promise<Result>) => Promise<Result>;

/** The Bot API, for one bot. */
export interface Platform {
  /** The bot's own id as a user: the part of the token that is no secret. */
  readonly botId: number;
  readonly ask: Ask;
  /** The same, until the signal is aborted; then what is on its way is cut. */
  until(ended: AbortSignal): {
    readonly ask: Ask;
    /** For a call that Telegram may hold open for {@link pollSeconds}. */
    readonly wait: Ask;
  };
  close(): void;
}

/** `callLimit` and `connectLimit` are in milliseconds. */
export function platformAt(
  { token, root }: { readonly token: string; readonly root: string },
  limits: { readonly callLimit?: number; readonly connectLimit?: number } = {},
): Platform {
  const transport = keepAlive(root, limits);
  const patience = limits.callLimit === undefined ? callSeconds : limits.callLimit / second;
  const asking = (fetch: typeof transport.fetch, timeoutSeconds: number): Ask => {
    const { raw } = new Api(token, { apiRoot: root, fetch, timeoutSeconds });
    return (call) => safely(call(raw));
  };
  return {
    botId: Number.parseInt(token, 10),
    ask: asking(transport.fetch, patience),
    until(ended) {
      const fetch = transport.until(ended);
      return { ask: asking(fetch, patience), wait: asking(fetch, pollSeconds + patience) };
    },
    close: () => transport.close(),
  };
}

async function safely<Result>(answer: Promise<Result>): Promise<Result> {
  try {
    return await answer;
  } catch (error) {
    throw callFailed(error);
  }
}

function callFailed(error: unknown): CallFailed {
  if (error instanceof HttpError) {
    return new CallFailed(error.error instanceof NeverLeft ? 'unreachable' : 'uncertain', null);
  }
  if (!(error instanceof GrammyError)) return new CallFailed('uncertain', null);
  const { retry_after: seconds } = error.parameters;
  return new CallFailed(
    failureOf(error.error_code, error.description),
    error.error_code,
    seconds === undefined ? null : seconds * second,
  );
}

function failureOf(status: number, description: string): Failure {
  switch (status) {
    case 400:
      if (lostChat.test(description)) return 'blocked';
      return /message to delete not found/i.test(description) ? 'gone' : 'rejected';
    case 401:
    case 404:
      return 'unauthorised';
    case 403:
      return 'blocked';
    case 409:
      return 'conflict';
    case 429:
      return 'throttled';
    default:
      // Telegram, or a proxy before it, failed on the way: it may have done what it was asked all the same.
      return status >= 500 ? 'uncertain' : 'rejected';
  }
}

/** What Telegram says with 400 when there is nobody who could be written to. */
const lostChat =
  /chat not found|user not found|user is deactivated|PEER_ID_INVALID|upgraded to a supergroup|group chat was deactivated|have no rights to send|not enough rights to send|CHAT_WRITE_FORBIDDEN/i;
