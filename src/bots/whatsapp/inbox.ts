import { second, type Timer } from '../../core/time.ts';
import type { Keep } from '../owning.ts';
import { type Entry, inboxTable, readEntry } from './entry.ts';

/** Between two tries when the engine, or what the inbox stands on, takes nothing. */
const pauseAfterFailure = 2 * second;

/** So that keys sort as their numbers do. */
const keyLength = 15;

export interface InboxOptions {
  readonly keep: Keep;
  readonly timer: Timer;
  /** Hands a message on; resolves when it is safe elsewhere, or is none for us. Throws when it has to come again. */
  readonly take: (entry: Entry) => Promise<void>;
  /** An entry that cannot be read. */
  readonly setAside: (why: string) => void;
  /** A message could not be handed on now. */
  readonly failed: (error: unknown) => void;
}

/**
 * Messages on their way from WhatsApp to the engine. They are written by {@link capture}, handed on here in the order in
 * which they came, and taken away once they are safe; those that an earlier process left are the first. A message may be
 * handed on twice: the engine knows it by its id.
 */
export class Inbox {
  readonly #options: InboxOptions;
  #last = 0;
  #news = Promise.withResolvers<void>();

  constructor(options: InboxOptions) {
    this.#options = options;
  }

  /** The key of the next entry. Only once {@link open} has resolved. */
  nextKey(): string {
    this.#last += 1;
    return String(this.#last).padStart(keyLength, '0');
  }

  /** Something was written. */
  poke(): void {
    this.#news.resolve();
  }

  /** Finds what is there already. */
  async open(): Promise<void> {
    const entries = await this.#options.keep.all(inboxTable);
    this.#last = Math.max(0, ...[...entries.keys()].map(Number).filter(Number.isSafeInteger));
  }

  /** Hands on until the signal is aborted. Rejects with what the store says when nothing can be read or taken away. */
  async run(signal: AbortSignal): Promise<void> {
    const wake = () => this.poke();
    signal.addEventListener('abort', wake, { once: true });
    try {
      while (!signal.aborted) {
        this.#news = Promise.withResolvers();
        const entries = await this.#options.keep.all(inboxTable);
        if (entries.size === 0) await this.#news.promise;
        else await this.#handOn(entries, signal);
      }
    } finally {
      signal.removeEventListener('abort', wake);
    }
  }

  async #handOn(entries: ReadonlyMap<string, string>, signal: AbortSignal): Promise<void> {
    const { keep, timer, take, setAside, failed } = this.#options;
    for (const [key, text] of entries) {
      if (signal.aborted) return;
      const entry = readEntry(text);
      try {
        if (entry) await take(entry);
        else setAside('unreadable');
      } catch (error) {
        failed(error);
        await timer.pause(pauseAfterFailure, signal);
        return;
      }
      await keep.write([{ table: inboxTable, key, value: null }]);
    }
  }
}
