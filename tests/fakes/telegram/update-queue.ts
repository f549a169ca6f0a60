import type { Update } from 'grammy/types';

/** What happened, without the number that it is told under. */
export type Happening = Omit<Update, 'update_id'>;

/** An update that waits to be taken. */
export interface Pending {
  readonly update: Update;
  /** Updates of one lane go to a webhook one after the other; those of two lanes side by side. */
  readonly lane: string;
  /** When Telegram gives it up, in milliseconds since 1970. */
  readonly expiresAt: number;
  /** True when a test has it delivered once more, whatever was confirmed. */
  readonly again: boolean;
  /** True from when a poll has brought it. */
  given: boolean;
}

/** Only sent to those who name them. */
const unasked: ReadonlySet<string> = new Set(['chat_member', 'message_reaction', 'message_reaction_count']);

/** An offset that is further than this ahead of the last update is of another numbering, and confirms nothing. */
const ahead = 10;

/** How long Telegram keeps a tap that nobody takes, in milliseconds; everything else it keeps for a day. */
const tapLifetime = 150_000;
const lifetime = 86_400_000;

/** The updates of one bot that it has not taken yet, in order. */
export class UpdateQueue {
  readonly #now: () => number;
  readonly #told = new Map<number, Pending>();
  readonly #listeners: (() => void)[] = [];
  #pending: Pending[] = [];
  #aside: Pending[] | null = null;
  #nextId: number;
  /** Null means the kinds that are sent unasked. */
  #allowed: readonly string[] | null = null;

  constructor(firstId: number, now: () => number) {
    this.#nextId = firstId;
    this.#now = now;
  }

  /** What waits and is not too old to be told. */
  get pending(): readonly Pending[] {
    this.#pending = this.#pending.filter(({ expiresAt }) => expiresAt > this.#now());
    return this.#pending;
  }

  /** Null when it is Telegram's default. */
  get allowed(): readonly string[] | null {
    return this.#allowed;
  }

  /** Holds from the next update on; an empty list brings back the default. */
  allow(kinds: readonly string[] | undefined): void {
    if (kinds !== undefined) this.#allowed = kinds.length === 0 ? null : kinds;
  }

  onChange(listener: () => void): void {
    this.#listeners.push(listener);
  }

  /** Tells the bot what happened; null when it is of a kind that the bot does not want. */
  push(happening: Happening, lane: string): number | null {
    const [kind = ''] = Object.keys(happening);
    if (!(this.#allowed?.includes(kind) ?? !unasked.has(kind))) return null;
    const id = this.#nextId;
    this.#nextId += 1;
    const expiresAt = this.#now() + (kind === 'callback_query' ? tapLifetime : lifetime);
    const pending = { update: { update_id: id, ...happening }, lane, expiresAt, again: false, given: false };
    this.#told.set(id, pending);
    this.#add([pending]);
    return id;
  }

  /** Forgets what an offset confirms. */
  confirm(offset: number): void {
    const isOurs = offset <= this.#nextId + ahead;
    this.#pending = this.#pending.filter(({ update, again, given }) => {
      if (again) return !given;
      return !isOurs || update.update_id >= offset;
    });
  }

  /** Forgets all but the last few, as a negative offset asks. */
  keepLast(count: number): void {
    this.#pending = this.#pending.slice(-count);
  }

  drop(): void {
    this.#pending = [];
  }

  /** Takes out what a webhook has taken. */
  settle(taken: Pending): void {
    this.#pending = this.#pending.filter((each) => each !== taken);
  }

  /** Tells an update a second time, under the same number. */
  redeliver(id: number): void {
    const told = this.#told.get(id);
    if (told === undefined) throw new Error(`No update ${id} was ever told.`);
    this.#add([{ ...told, again: true, given: false }]);
  }

  /** Numbers the next update like this: Telegram starts anew, anywhere, after a week without updates. */
  startAt(id: number): void {
    this.#nextId = id;
  }

  /** Tells nothing while something is done, and then all that happened at once, in this order. */
  async gather(
    acts: () => void | Promise<void>,
    order: (updates: readonly Pending[]) => readonly Pending[],
  ): Promise<void> {
    const aside: Pending[] = [];
    this.#aside = aside;
    try {
      await acts();
    } finally {
      this.#aside = null;
      this.#add(order(aside));
    }
  }

  #add(pending: readonly Pending[]): void {
    if (this.#aside !== null) {
      this.#aside.push(...pending);
      return;
    }
    this.#pending.push(...pending);
    for (const listener of this.#listeners) listener();
  }
}
