import type { Clock, Random } from '../../core/services.ts';
import { type Instant, minute, second, type Timer } from '../../core/time.ts';
import type { LinkState } from '../channel.ts';
import { type Keep, KeptIsUnreadable, NoLongerOwner } from '../owning.ts';
import { openAuthState } from './auth-state.ts';
import { afterClosing } from './closing.ts';
import { type Connection, connect, type LinkSettings } from './connection.ts';
import type { Inbox } from './inbox.ts';
import type { RetryCounts, SentMessages } from './sent.ts';
import { until } from './until.ts';

/** The pauses before a new connection, growing from the first to the longest. */
const firstPause = second;
const longestPause = minute;

/** A connection that has held so long is forgotten about when it breaks: the next pause is the first again. */
const calm = minute;

/** Restarts in a row that WhatsApp may ask for before they count as failures: one is usual, after linking. */
const mostRestarts = 3;

export interface LinkOptions {
  readonly settings: LinkSettings;
  readonly keepAlive: number;
  readonly keep: Keep;
  readonly inbox: Inbox;
  readonly sent: SentMessages;
  readonly retries: RetryCounts;
  readonly clock: Clock;
  readonly timer: Timer;
  readonly random: Random;
  readonly show: (lines: string) => void;
  /** How it stands now. */
  readonly stands: (state: LinkState, why?: string) => void;
  /** The identity of this device is linked and kept. */
  readonly linked: () => void;
  readonly failed: (step: string, error: unknown) => void;
}

/** Holds the link to WhatsApp: one connection at a time, a new one when it breaks, for as long as there is any use in it. */
export class Link {
  readonly #options: LinkOptions;
  #open: Connection | null = null;
  /** When the latest connection could be used first; null when it could not. */
  #opened: Instant | null = null;
  #tries = 0;
  #restarts = 0;

  constructor(options: LinkOptions) {
    this.#options = options;
  }

  /** The connection, while messages can come and go. */
  get connection(): Connection | null {
    return this.#open;
  }

  /** Resolves once the signal is aborted; rejects with {@link KeptIsUnreadable} or {@link NoLongerOwner}. */
  async run(signal: AbortSignal): Promise<void> {
    const { timer, stands } = this.#options;
    const isOver = () => signal.aborted;
    while (!isOver()) {
      const code = await this.#oneConnection(signal);
      if (isOver()) return;
      const why = code === undefined ? undefined : String(code);
      const after = afterClosing(code);
      switch (after) {
        case 'restart':
        case 'again': {
          stands('connecting', why);
          const pause = this.#pause(after);
          if (pause > 0) await timer.pause(pause, signal);
          break;
        }
        case 'elsewhere':
        case 'stopped':
          stands(after, why);
          return until(signal);
      }
    }
  }

  /** Why it closed, as Baileys tells it. Rejects when what is kept cannot be read, or is not ours any more. */
  async #oneConnection(signal: AbortSignal): Promise<number | undefined> {
    const { settings, keepAlive, keep, inbox, sent, retries, clock, stands, linked, show, failed } = this.#options;
    const lost: unknown[] = [];
    const ends = new AbortController();
    const auth = await openAuthState(keep, (error) => {
      lost.push(error);
      ends.abort();
    });
    const connection = connect({
      settings,
      keepAlive,
      auth,
      inbox,
      sent,
      retries,
      show,
      unlinked: () => stands('unlinked'),
      opened: () => {
        this.#opened = clock.now();
        this.#open = connection;
        stands('up');
        // Something may have been written of which nobody knew whether it was.
        inbox.poke();
        void auth.saveCreds().then(linked);
      },
    });
    // What could not be kept must not be acknowledged: the connection is over before Baileys hears of it.
    const over = AbortSignal.any([signal, ends.signal]);
    const end = () => connection.end();
    over.addEventListener('abort', end);
    if (over.aborted) end();
    const code = await connection.closed;
    over.removeEventListener('abort', end);
    this.#open = null;
    end();
    await auth.close();
    for (const error of lost) {
      if (error instanceof KeptIsUnreadable || error instanceof NoLongerOwner) throw error;
      failed('keep', error);
    }
    return code;
  }

  /** Milliseconds until the next connection. */
  #pause(after: 'restart' | 'again'): number {
    const { clock, random } = this.#options;
    if (this.#opened !== null && clock.now() - this.#opened >= calm) this.#tries = 0;
    if (this.#opened !== null) this.#restarts = 0;
    this.#opened = null;
    if (after === 'restart' && this.#restarts < mostRestarts) {
      this.#restarts += 1;
      return 0;
    }
    const longest = Math.min(longestPause, firstPause * 2 ** this.#tries);
    this.#tries += 1;
    // Half of it is chance: what broke for many at once shall not be tried by all at once.
    return Math.round((longest * (1 + Number(random.digits(3)) / 1_000)) / 2);
  }
}
