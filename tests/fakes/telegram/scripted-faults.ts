import { EventEmitter, once } from 'node:events';
import type { ResponseParameters } from 'grammy/types';

/** Which calls are meant: of this method, to this chat; all but `getUpdates` when no method is named. */
export interface Match {
  readonly method?: string;
  readonly chat?: number;
}

/**
 * How a call goes wrong: Telegram refuses it, or its connection is cut before or after it takes effect, or what answers
 * is no Bot API, as a proxy that has lost it.
 */
export type Fault =
  | { readonly code: number; readonly description: string; readonly parameters?: ResponseParameters }
  | 'cut'
  | 'cut after'
  | 'not json';

interface Scripted {
  readonly match: Match;
  readonly fault: Fault;
  left: number;
}

/** Calls whose answers wait until a test lets them go. */
export class Held {
  readonly match: Match;
  readonly #events = new EventEmitter();
  #waiting = 0;
  #released = false;

  constructor(match: Match) {
    this.match = match;
    this.#events.setMaxListeners(0);
  }

  /** How many wait. */
  get waiting(): number {
    return this.#waiting;
  }

  /** Resolves when a call waits here. */
  async reached(): Promise<void> {
    if (this.#waiting === 0) await once(this.#events, 'held');
  }

  /** Answers all that wait, and holds no more. */
  release(): void {
    this.#released = true;
    this.#events.emit('released');
  }

  /** For the server: keeps a call here. */
  async pass(): Promise<void> {
    if (this.#released) return;
    this.#waiting += 1;
    const released = once(this.#events, 'released');
    this.#events.emit('held');
    await released;
    this.#waiting -= 1;
  }
}

/** What a test has planned for the calls of a bot. */
export class ScriptedFaults {
  readonly #scripted: Scripted[] = [];
  readonly #held: Held[] = [];

  /** The next so many calls that match go wrong like this, in the order they were planned. */
  fail(match: Match, fault: Fault, times: number): void {
    this.#scripted.push({ match, fault, left: times });
  }

  hold(match: Match): Held {
    const held = new Held(match);
    this.#held.push(held);
    return held;
  }

  /** How this call goes wrong; null when it does not. */
  next(method: string, chat: number | null): Fault | null {
    const found = this.#scripted.find(({ match, left }) => left > 0 && fits(match, method, chat));
    if (found === undefined) return null;
    found.left -= 1;
    return found.fault;
  }

  /** Waits for as long as the call is held. */
  async pass(method: string, chat: number | null): Promise<void> {
    for (const held of this.#held.filter(({ match }) => fits(match, method, chat))) await held.pass();
  }

  releaseAll(): void {
    for (const held of this.#held.splice(0)) held.release();
  }
}

function fits(match: Match, method: string, chat: number | null): boolean {
  const named = match.method?.toLowerCase();
  if (named === undefined ? method.toLowerCase() === 'getupdates' : named !== method.toLowerCase()) return false;
  return match.chat === undefined || match.chat === chat;
}
