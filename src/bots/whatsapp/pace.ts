import type { Clock } from '../../core/services.ts';
import { type Instant, second } from '../../core/time.ts';

/** How fast messages may go to one person. */
export interface Pace {
  /** So many at once, after a silence. */
  readonly burst: number;
  /** Milliseconds until there may be one more. */
  readonly each: number;
}

/** About what WhatsApp bears: one message in six seconds to a person, and a few of them in a row. */
export const standardPace: Pace = { burst: 4, each: 6 * second };

/** Chats that are remembered before those are looked for that may be forgotten. */
const mostChats = 2_000;

/** Counts what goes to each chat, so that nobody is written to faster than WhatsApp bears. */
export class ChatPace {
  readonly #pace: Pace;
  readonly #clock: Clock;
  /** When all of a burst is there again. */
  readonly #full = new Map<string, Instant>();

  constructor(pace: Pace, clock: Clock) {
    this.#pace = pace;
    this.#clock = clock;
  }

  /** Chats that are remembered. */
  get size(): number {
    return this.#full.size;
  }

  /**
   * Counts messages that are to go now; what is to be waited first, in milliseconds, or 0 when they may go. More than a
   * burst may go once all of it is there.
   */
  take(chat: string, messages: number): number {
    const { burst, each } = this.#pace;
    const now = this.#clock.now();
    const full = Math.max(now, this.#full.get(chat) ?? now);
    const wait = full + Math.min(messages, burst) * each - burst * each - now;
    if (wait > 0) return wait;
    this.#full.set(chat, full + messages * each);
    if (this.#full.size > mostChats) this.#forget(now);
    return 0;
  }

  /** A chat to which all of a burst may go is like any other. */
  #forget(now: Instant): void {
    for (const [chat, full] of this.#full) {
      if (full <= now) this.#full.delete(chat);
    }
  }
}
