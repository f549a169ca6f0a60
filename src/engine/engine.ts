import type { Acceptance } from '../bots/bot.ts';
import type { ConversationId, Inbound } from '../core/inbound.ts';
import type { Effect } from '../core/reply.ts';
import type { SendResult } from '../core/sending.ts';
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
  turn(session: string | null, inbound: Inbound): Promise<Turn<Outcome>>;
  /** The turn for an inbound that was given up after too many failures: tells the member. Must not throw. */
  giveUp(session: string | null, inbound: Inbound): Turn<Outcome>;
  /**
   * Sends one effect. `key` names this effect for good: the same key again is the same effect again. A throw counts as
   * `uncertain`, because nobody knows how far it came.
   */
  send(effect: Effect, key: string): Promise<SendResult>;
  /** Told of everything worth counting. Must not throw. */
  watch?(event: EngineEvent<Outcome>): void;
}

/** Why an effect did not get out. */
export type SendFailure = Extract<SendResult, { readonly sent: false }>;

export type EngineEvent<Outcome> =
  | { readonly kind: 'accepted' | 'duplicate' | 'full'; readonly inbound: Inbound }
  /** The inbound is done: its session is kept and its effects are in the outbox. Comes before any of them is sent. */
  | { readonly kind: 'committed'; readonly inbound: Inbound; readonly outcome: Outcome }
  | { readonly kind: 'turn failed'; readonly inbound: Inbound; readonly error: unknown; readonly failures: number }
  /** Given up after {@link maxTurnFailures}; `committed` follows with what `giveUp` made of it. */
  | { readonly kind: 'quarantined'; readonly inbound: Inbound; readonly error: unknown }
  | { readonly kind: 'sent'; readonly effect: Effect; readonly conversation: ConversationId }
  /** One try that failed. `again: false`: it was the last, and the effect is given up. */
  | {
      readonly kind: 'not sent';
      readonly effect: Effect;
      readonly conversation: ConversationId;
      readonly result: SendFailure;
      readonly again: boolean;
    }
  /** Taken out of the outbox without a further try: it came to be too old, or the engine stopped and keeps nothing. */
  | {
      readonly kind: 'dropped';
      readonly effect: Effect;
      readonly conversation: ConversationId;
      readonly why: 'too old' | 'stopped';
    };

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
}

/** An inbound whose turn has failed this often is quarantined, so that it cannot hold up its conversation for ever. */
export const maxTurnFailures = 5;

/** Inbounds that one conversation may hold, the one under way included; more are refused as `full`. */
export const mailboxCap = 200;

/** How long an inbound's id is remembered: longer than any platform repeats an event (WhatsApp: seven days). */
export const dedupeWindow = 8 * day;

/** How long a session is kept after its conversation's last message: longer than every window of its limits (a day). */
export const sessionHorizon = 26 * hour;
