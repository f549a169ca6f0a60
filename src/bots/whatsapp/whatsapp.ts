import type { Address } from '../../core/inbound.ts';
import type { Reply } from '../../core/reply.ts';
import type { SendResult } from '../../core/sending.ts';
import type { LinkState, OpenChannel, World } from '../channel.ts';
import { type Change, type Keep, KeptIsUnreadable, type Owned, type Tenure } from '../owning.ts';
import type { LinkSettings } from './connection.ts';
import { contactTables } from './contacts.ts';
import { inboxTable } from './entry.ts';
import { Holding } from './holding.ts';
import { ChatPace } from './pace.ts';
import { standardTuning, type Tuning } from './tuning.ts';
import { until } from './until.ts';

/** What only one process at a time may hold: a second connection with the same keys ends the first. */
const ownedThing = 'whatsapp';

/** What outlives a link: who has written, and what they wrote that has not been taken yet. */
const lastingTables = [...contactTables, inboxTable];

export interface WhatsAppOptions {
  /** The channel's name. */
  readonly channel: string;
  readonly settings: LinkSettings;
  readonly world: World;
  readonly tuning?: Tuning;
}

/**
 * The channel. WhatsApp is called as soon as this process owns the link, and the answers to members go out here alone;
 * nobody is ever written to first.
 *
 * There a bot cannot take a member's message off the screen, nor forbid that a reply is forwarded: `hides`, `forgets`
 * and `personal` change nothing. All chats are private ones.
 */
export class WhatsApp implements OpenChannel {
  readonly channel: string;
  readonly #options: WhatsAppOptions;
  readonly #tuning: Tuning;
  readonly #pace: ChatPace;
  readonly #stopped = new AbortController();
  #state: LinkState;
  #why: string | undefined;
  #owned: Owned | null = null;
  #holding: Holding | null = null;

  constructor(options: WhatsAppOptions) {
    this.channel = options.channel;
    this.#options = options;
    this.#tuning = options.tuning ?? standardTuning;
    this.#pace = new ChatPace(this.#tuning.pace, options.world.clock);
    this.#state = options.world.works ? 'connecting' : 'elsewhere';
  }

  start(): void {
    const { world } = this.#options;
    if (!world.works) return;
    this.#owned = world.owning.own(
      ownedThing,
      (tenure) => this.#hold(tenure),
      (error) => this.#failed('hold', error),
    );
  }

  standing(): LinkState {
    return this.#state;
  }

  canSend(): boolean {
    return this.#owned?.isOwner() ?? false;
  }

  async send(to: Address, reply: Reply, _conversation: string, effect: string): Promise<SendResult> {
    return this.#holding?.sender.send(to, reply, effect) ?? { sent: false, problem: 'unreachable' };
  }

  busy(to: Address): void {
    // Nice to have.
    this.#holding?.showTyping(to).catch(() => undefined);
  }

  async relink(): Promise<string | null> {
    const done = Promise.withResolvers<string | null>();
    const owned = this.#options.world.owning.own(
      ownedThing,
      async ({ keep, ended }) => {
        await forgetDevice(keep);
        const holding = this.#holdingOf(
          keep,
          (state, why) => {
            this.#stands(state, why);
            if (state === 'stopped' || state === 'elsewhere') done.resolve(`WhatsApp refused the link (${why}).`);
          },
          () => done.resolve(null),
        );
        await holding.runLink(ended);
      },
      (error) => this.#failed('relink', error),
      { byForce: true },
    );
    this.#owned = owned;
    const problem = await done.promise;
    await owned.stop();
    return problem;
  }

  /** What still comes is kept for the next process, which hands it on. */
  async stop(): Promise<void> {
    this.#stopped.abort();
    await this.#holding?.handedOn();
  }

  async close(): Promise<void> {
    await this.#owned?.stop();
  }

  async #hold({ keep, ended }: Tenure): Promise<void> {
    this.#stands('connecting');
    const holding = this.#holdingOf(
      keep,
      (state, why) => this.#stands(state, why),
      () => undefined,
    );
    this.#holding = holding;
    try {
      await holding.run(ended, this.#stopped.signal);
    } catch (error) {
      if (!(error instanceof KeptIsUnreadable)) throw error;
      // Never a new identity instead: somebody has to mend the store, or link the number anew.
      this.#failed('hold', error);
      this.#stands('stopped', 'unreadable');
      await until(ended);
    } finally {
      this.#holding = null;
      this.#stands(ended.aborted ? 'elsewhere' : 'connecting');
    }
  }

  #holdingOf(keep: Keep, stands: (state: LinkState, why?: string) => void, linked: () => void): Holding {
    const { channel, settings, world } = this.#options;
    return new Holding({
      channel,
      settings,
      world,
      keep,
      pace: this.#pace,
      tuning: this.#tuning,
      stands,
      linked,
    });
  }

  #stands(state: LinkState, why?: string): void {
    if (state === this.#state && why === this.#why) return;
    this.#state = state;
    this.#why = why;
    const { channel, world } = this.#options;
    world.report({ kind: 'link', channel, state, ...(why !== undefined && { why }) });
  }

  #failed(step: string, error: unknown): void {
    const { channel, world } = this.#options;
    world.report({ kind: 'failed', channel, step, error });
  }
}

/** The device and its keys are forgotten; people are not, nor what they wrote. What of it cannot be read is gone, too. */
async function forgetDevice(keep: Keep): Promise<void> {
  const lasting: Change[] = [];
  for (const table of lastingTables) {
    const values = await keep.all(table).catch((error: unknown) => {
      if (error instanceof KeptIsUnreadable) return new Map<string, string>();
      throw error;
    });
    for (const [key, value] of values) lasting.push({ table, key, value });
  }
  await keep.clear();
  if (lasting.length > 0) await keep.write(lasting);
}
