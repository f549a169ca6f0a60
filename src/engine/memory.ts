import { FadingMap } from '../backends/memory/fading-map.ts';
import type { Acceptance } from '../bots/bot.ts';
import type { ConversationId, Inbound } from '../core/inbound.ts';
import type { Clock } from '../core/services.ts';
import { turnId } from '../core/services.ts';
import type { Instant, Timer } from '../core/time.ts';
import { Activity } from './activity.ts';
import type { Engine, Turn, Work } from './engine.ts';
import { dedupeWindow, mailboxCap, maxTurnFailures, sessionHorizon } from './engine.ts';
import { MemoryOutbox } from './memory-outbox.ts';
import { pauseBeforeTurn } from './retries.ts';

/** Inbound ids remembered at most, about 200 bytes each; beyond that the oldest are forgotten before their time. */
const rememberedCap = 200_000;

interface Waiting {
  readonly inbound: Inbound;
  readonly acceptedAt: Instant;
}

interface Conversation {
  session: string | null;
  /** In order of arrival. The first is under way; it leaves when its turn is committed. */
  readonly mailbox: Waiting[];
  /** True while the mailbox is being emptied. */
  atWork: boolean;
  /** When the last inbound came. */
  usedAt: Instant;
}

/**
 * The engine of a single process: everything is kept in memory, and gone when the process ends.
 *
 * @example
 * const engine = memoryEngine(work, { clock: systemClock(), timer: systemTimer() });
 * await engine.accept(inbound); // 'taken'
 */
export function memoryEngine<Outcome>(
  work: Work<Outcome>,
  services: { readonly clock: Clock; readonly timer: Timer },
): Engine {
  return new MemoryEngine(work, services.clock, services.timer);
}

class MemoryEngine<Outcome> implements Engine {
  readonly #conversations = new FadingMap<ConversationId, Conversation>(
    ({ atWork, usedAt }, now) => !atWork && now >= usedAt + sessionHorizon,
  );
  readonly #acceptedAt = new FadingMap<string, Instant>((at, now) => now >= at + dedupeWindow, rememberedCap);
  readonly #activity = new Activity();
  readonly #stopping = new AbortController();
  readonly #work: Work<Outcome>;
  readonly #clock: Clock;
  readonly #timer: Timer;
  readonly #outbox: MemoryOutbox;

  constructor(work: Work<Outcome>, clock: Clock, timer: Timer) {
    this.#work = work;
    this.#clock = clock;
    this.#timer = timer;
    this.#outbox = new MemoryOutbox(work, clock, timer, this.#activity, this.#stopping.signal);
  }

  async accept(inbound: Inbound): Promise<Acceptance> {
    if (this.#stopping.signal.aborted) throw new Error('The engine has stopped and takes nothing more');
    return this.#take(inbound, this.#clock.now());
  }

  idle(): Promise<void> {
    return this.#activity.none();
  }

  async stop(): Promise<void> {
    this.#stopping.abort();
    await this.#activity.none();
    await this.#outbox.emptied();
  }

  #take(inbound: Inbound, now: Instant): Acceptance {
    const turn = turnId(inbound.conversation, inbound.id);
    if (this.#acceptedAt.get(turn, now) !== undefined) {
      this.#work.watch?.({ kind: 'duplicate', inbound });
      return 'duplicate';
    }
    const conversation = this.#conversation(inbound.conversation, now);
    if (conversation.mailbox.length >= mailboxCap) {
      this.#work.watch?.({ kind: 'full', inbound });
      return 'full';
    }
    this.#acceptedAt.set(turn, now, now);
    conversation.usedAt = now;
    conversation.mailbox.push({ inbound, acceptedAt: now });
    this.#work.watch?.({ kind: 'accepted', inbound });
    if (!conversation.atWork) void this.#handleAll(conversation);
    return 'taken';
  }

  #conversation(id: ConversationId, now: Instant): Conversation {
    const known = this.#conversations.get(id, now);
    if (known) return known;
    const conversation: Conversation = { session: null, mailbox: [], atWork: false, usedAt: now };
    this.#conversations.set(id, conversation, now);
    return conversation;
  }

  /** Handles one inbound after the other until the mailbox is empty. Runs once at a time for each conversation. */
  async #handleAll(conversation: Conversation): Promise<void> {
    this.#activity.begin();
    conversation.atWork = true;
    const { mailbox } = conversation;
    for (let first = mailbox[0]; first !== undefined; first = mailbox[0]) {
      await this.#handle(conversation, first);
    }
    conversation.atWork = false;
    this.#activity.end();
  }

  /** A turn that throws saves nothing, and its inbound stays first: it is tried again until it is quarantined. */
  async #handle(conversation: Conversation, first: Waiting): Promise<void> {
    const { inbound } = first;
    for (let failures = 0; ; ) {
      const since = this.#clock.now();
      const tried = await this.#try(conversation, first);
      if ('turn' in tried) {
        this.#commit(conversation, first, tried.turn, since);
        return;
      }
      failures += 1;
      this.#work.watch?.({ kind: 'turn failed', inbound, error: tried.error, failures });
      if (failures >= maxTurnFailures) {
        this.#quarantine(conversation, first, tried.error);
        return;
      }
      const pause = pauseBeforeTurn(failures);
      if (pause > 0) await this.#timer.pause(pause, this.#stopping.signal);
    }
  }

  async #try(
    { session, mailbox }: Conversation,
    { inbound, acceptedAt }: Waiting,
  ): Promise<{ turn: Turn<Outcome> } | { error: unknown }> {
    const late = { writtenAt: inbound.writtenAt ?? acceptedAt, behind: mailbox.length - 1 };
    try {
      return { turn: await this.#work.turn(session, inbound, late) };
    } catch (error) {
      return { error };
    }
  }

  /** Gives an inbound up and tells the member. Should even that throw, the conversation goes on all the same. */
  #quarantine(conversation: Conversation, first: Waiting, error: unknown): void {
    const { inbound } = first;
    this.#work.watch?.({ kind: 'quarantined', inbound, error });
    let turn: Turn<Outcome>;
    try {
      turn = this.#work.giveUp(conversation.session, inbound);
    } catch {
      conversation.mailbox.shift();
      return;
    }
    this.#commit(conversation, first, turn, this.#clock.now());
  }

  /** Session, effects and the end of the inbound in one step: nothing can come in between. */
  #commit(conversation: Conversation, { inbound, acceptedAt }: Waiting, turn: Turn<Outcome>, since: Instant): void {
    conversation.session = turn.session;
    conversation.mailbox.shift();
    const waited = this.#clock.now() - acceptedAt;
    this.#work.watch?.({ kind: 'committed', inbound, outcome: turn.outcome, waited });
    const id = turnId(inbound.conversation, inbound.id);
    for (const [index, effect] of turn.effects.entries()) {
      this.#outbox.put(inbound.conversation, { effect, turn: id, index, since, acceptedAt });
    }
  }
}
