import { minute, second, type Timer } from '../../core/time.ts';
import type { ChannelLink } from '../channel-link.ts';
import { CallFailed } from './platform.ts';

/** Pauses after failures in a row, in milliseconds: each twice as long as the one before. */
export const pauses = {
  /** Telegram was not reached, failed, or said something that nobody expected. */
  trouble: { first: second, longest: 30 * second },
  /** Another program takes this bot's messages, or a webhook is set: perhaps only until a deployment is through. */
  conflict: { first: 5 * second, longest: minute },
  /** Telegram does not know the token: until a person has looked at it. */
  refused: { first: minute, longest: minute },
} as const;

/** How long to wait after a failure, and after how many of its kind. */
export class Backoff {
  #kind: keyof typeof pauses = 'trouble';
  #failures = 0;

  /** It works again. */
  reset(): void {
    this.#failures = 0;
  }

  /** Milliseconds until the next try. */
  after(kind: keyof typeof pauses): number {
    if (kind !== this.#kind) this.#failures = 0;
    this.#kind = kind;
    const { first, longest } = pauses[kind];
    const pause = Math.min(first * 2 ** this.#failures, longest);
    this.#failures += 1;
    return pause;
  }
}

/**
 * Does `work` until the signal is aborted, again and again: it ends only by failing. `work` resets `backoff` when it has
 * come through. The link says what the matter is; what is no failed call is told by `failed`.
 */
export async function keepTrying(
  work: (backoff: Backoff) => Promise<void>,
  {
    link,
    timer,
    failed,
  }: { readonly link: ChannelLink; readonly timer: Timer; readonly failed: (error: unknown) => void },
  ended: AbortSignal,
): Promise<void> {
  const backoff = new Backoff();
  const isOver = () => ended.aborted;
  while (!isOver()) {
    try {
      await work(backoff);
    } catch (error) {
      if (isOver()) return;
      if (!(error instanceof CallFailed)) failed(error);
      await timer.pause(pauseAfter(error, backoff, link), ended);
    }
  }
}

function pauseAfter(error: unknown, backoff: Backoff, link: ChannelLink): number {
  if (!(error instanceof CallFailed)) {
    link.is('connecting', 'fault');
    return backoff.after('trouble');
  }
  const why = error.status === null ? error.failure : String(error.status);
  switch (error.failure) {
    case 'unauthorised':
      link.is('stopped', why);
      return backoff.after('refused');
    case 'conflict':
      link.is('connecting', why);
      return backoff.after('conflict');
    case 'throttled':
    case 'unreachable':
    case 'uncertain':
    case 'blocked':
    case 'gone':
    case 'rejected':
      link.is('connecting', why);
      return error.retryAfter ?? backoff.after('trouble');
  }
}
