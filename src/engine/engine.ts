import type { Acceptance } from '../bots/bot.ts';
import type { ConversationId, Inbound, Lateness } from '../core/inbound.ts';
import type { Effect } from '../core/reply.ts';
import type { SendResult } from '../core/sending.ts';
import type { TurnId } from '../core/services.ts';
import { day, hour } from '../core/time.ts';

/**
 * What one turn comes to. `session` is the session written as text (the engine keeps it and never looks inside);
 * `outcome` is for whoever watches: state, intent, language.
 */
export interface Turn<Outcome> {
  readonly session: string;
  readonly effects: readonly Effect[];
  readonly outcome: Outcome;
}

/** What the engine drives. All of it comes from outside, so that the engine knows nothing of what is said. */
export interface Work<Outcome> {
  /** One turn: the session as last committed (null for a new conversation) and the inbound. Throwing saves nothing. */
  turn(session: string | null, inbound: Inbound, late: Lateness): Promise<Turn<Outcome>>;
  /** The turn for an inbound that was given up after too many failures: tells the member. Must not throw. */
  giveUp(session: string | null, inbound: Inbound): Turn<Outcome>;
  /**
   * Sends one effect. `key` is `<turn>/<its place in the turn>` and names it for good: the same key again is the same effect again. A throw counts as
   * `uncertain`, because nobody knows how far it came.
   */
  send(effect: Effect, key: string, conversation: ConversationId): Promise<SendResult>;
  /**
   * Whether this process can send on a channel now. False leaves it to other processes; an engine that is alone tries all
   * the same. Always true where this is missing.
   */
  canSend?(channel: string): boolean;
  /** Told of everything worth counting. Must not throw. */
  watch?(event: EngineEvent<Outcome>): void;
}

/** Why an effect did not get out. */
export type SendFailure = Extract<SendResult, { readonly sent: false }>;

/** Work that one worker at a time has in its hands: the turns of a conversation, or what goes out to it on one channel. */
export type LaneKind = 'turn' | 'send';

export type EngineEvent<Outcome> =
  | { readonly kind: 'accepted' | 'duplicate' | 'full'; readonly inbound: Inbound }
  /**
   * The inbound is done: its session is kept and its effects are in the outbox. Comes before any of them is sent.
   * `waited` is how long after it was accepted, in milliseconds.
   */
  | { readonly kind: 'committed'; readonly inbound: Inbound; readonly outcome: Outcome; readonly waited: number }
  | { readonly kind: 'turn failed'; readonly inbound: Inbound; readonly error: unknown; readonly failures: number }
  /** Given up after {@link maxTurnFailures}; `committed` follows with what `giveUp` made of it. */
  | { readonly kind: 'quarantined'; readonly inbound: Inbound; readonly error: unknown }
  /** `waited` is how long after its inbound was accepted, in milliseconds. */
  | (Sent & { readonly kind: 'sent'; readonly waited: number })
  /** One try that failed. `again: false`: it was the last, and the effect is given up. */
  | (Sent & { readonly kind: 'not sent'; readonly result: SendFailure; readonly again: boolean })
  /** Taken out of the outbox without a further try: it came to be too old, or the engine stopped and keeps nothing. */
  | (Sent & { readonly kind: 'dropped'; readonly why: 'too old' | 'stopped' })
  /** Work was taken over from a worker that fell silent. */
  | { readonly kind: 'reclaimed'; readonly lane: LaneKind; readonly conversation: ConversationId }
  /** Work was finished too late: somebody else has it by now, or had. The result is thrown away. */
  | { readonly kind: 'fenced'; readonly lane: LaneKind; readonly conversation: ConversationId }
  /** The store did not do what it was asked to; what waits there is taken up when it answers again. */
  | { readonly kind: 'store failed'; readonly error: unknown };

/** An effect, and where it comes from. */
interface Sent {
  readonly effect: Effect;
  readonly conversation: ConversationId;
  /** The turn that it is an effect of. */
  readonly turn: TurnId;
}

/**
 * Keeps the promises of delivery: what `accept` has taken is answered once, in order, and its effects are sent.
 * `tests/contracts/engine.ts` says the promises one by one; every engine passes it.
 */
export interface Engine {
  /** Resolves when the inbound is safe. Throws when it could not be kept, and after `stop`. */
  accept(inbound: Inbound): Promise<Acceptance>;
  /** Resolves when there is nothing to do now: no inbound waits, and every effect is sent, given up or in a pause. */
  idle(): Promise<void>;
  /**
   * Takes nothing more, finishes what is under way, then resolves. What waits is left for the next engine on the same
   * store. An engine that keeps nothing answers first what it has taken, then drops the effects that would have to
   * pause before their next try.
   */
  stop(): Promise<void>;
  /**
   * What waits for a worker now, of the lanes that this process takes. Read when somebody asks for figures, so it may
   * cost a round trip. Rejects when the store does not answer. An engine in which nothing ever waits for a worker has
   * none.
   */
  backlog?(): Promise<Backlog>;
}

/** Work that anybody could take, and nobody has in their hands. Lanes in a pause before a retry do not count. */
export interface Backlog {
  readonly turns: LaneBacklog;
  readonly sends: LaneBacklog;
}

export interface LaneBacklog {
  /** How many lanes wait. */
  readonly waiting: number;
  /** Milliseconds that the one which waits longest could have been taken; 0 when none waits. */
  readonly oldest: number;
}

/** An inbound whose turn has failed this often is quarantined, so that it cannot hold up its conversation for ever. */
export const maxTurnFailures = 5;

/** Inbounds that one conversation may hold, the one under way included; more are refused as `full`. */
export const mailboxCap = 200;

/** How long an inbound's id is remembered: longer than any platform repeats an event (WhatsApp: seven days). */
export const dedupeWindow = 8 * day;

/** How long a session is kept after its conversation's last message: longer than every window of its limits (a day). */
export const sessionHorizon = 26 * hour;
