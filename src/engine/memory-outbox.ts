import type { ConversationId } from '../core/inbound.ts';
import type { Clock } from '../core/services.ts';
import type { Timer } from '../core/time.ts';
import type { Activity } from './activity.ts';
import type { EngineEvent, Work } from './engine.ts';
import { type Outgoing, tried } from './outgoing.ts';
import { isTooOld, pauseBeforeSend } from './retries.ts';

/** What the outbox drives: the part of `Work` that concerns it. */
interface SendWork extends Pick<Work<never>, 'send'> {
  watch?(event: Extract<EngineEvent<never>, { readonly kind: 'sent' | 'not sent' | 'dropped' }>): void;
}

/** An effect on its way, with how it has fared so far. */
interface OnItsWay extends Outgoing {
  tries: number;
  uncertain: number;
}

/** The effects of one kind in one conversation. Only the first is on its way; what follows waits for it. */
interface Lane {
  readonly conversation: ConversationId;
  readonly waiting: OnItsWay[];
  /** Resolves when the lane is empty and gone. */
  emptied: Promise<void>;
}

/**
 * The outbox in memory: a lane for each conversation and kind of effect, so that replies keep their order and a slow SMS
 * gateway holds up nothing but SMS. A lane exists as long as it holds something.
 */
export class MemoryOutbox {
  readonly #lanes = new Map<string, Lane>();
  readonly #work: SendWork;
  readonly #clock: Clock;
  readonly #timer: Timer;
  readonly #activity: Activity;
  readonly #stopping: AbortSignal;

  constructor(work: SendWork, clock: Clock, timer: Timer, activity: Activity, stopping: AbortSignal) {
    this.#work = work;
    this.#clock = clock;
    this.#timer = timer;
    this.#activity = activity;
    this.#stopping = stopping;
  }

  /** Puts an effect at the end of its lane. */
  put(conversation: ConversationId, effect: Outgoing): void {
    const outgoing: OnItsWay = { ...effect, tries: 0, uncertain: 0 };
    const name = `${effect.effect.kind}/${conversation}`;
    const open = this.#lanes.get(name);
    if (open) {
      open.waiting.push(outgoing);
      return;
    }
    const lane: Lane = { conversation, waiting: [outgoing], emptied: Promise.resolve() };
    this.#lanes.set(name, lane);
    lane.emptied = this.#empty(name, lane);
  }

  /** Resolves when no lane is left. */
  async emptied(): Promise<void> {
    while (this.#lanes.size > 0) await Promise.all(this.#lanes.values().map((lane) => lane.emptied));
  }

  async #empty(name: string, lane: Lane): Promise<void> {
    this.#activity.begin();
    for (let first = lane.waiting[0]; first !== undefined; first = lane.waiting[0]) {
      const pause = await this.#send(lane.conversation, first);
      if (pause === null) {
        lane.waiting.shift();
        continue;
      }
      this.#activity.end();
      await this.#timer.pause(pause, this.#stopping);
      this.#activity.begin();
      if (this.#stopping.aborted) {
        for (const left of lane.waiting.splice(0)) this.#drop(lane.conversation, left, 'stopped');
      }
    }
    this.#lanes.delete(name);
    this.#activity.end();
  }

  /** One try. Returns the milliseconds until the next; null when there is none: it was sent, or is given up. */
  async #send(conversation: ConversationId, outgoing: OnItsWay): Promise<number | null> {
    const { effect, turn, acceptedAt } = outgoing;
    if (isTooOld(outgoing, this.#clock.now())) {
      this.#drop(conversation, outgoing, 'too old');
      return null;
    }
    const result = await tried(this.#work, conversation, outgoing);
    const now = this.#clock.now();
    if (result.sent) {
      this.#work.watch?.({ kind: 'sent', effect, conversation, turn, waited: now - acceptedAt });
      return null;
    }
    outgoing.tries += 1;
    if (result.problem === 'uncertain') outgoing.uncertain += 1;
    const pause = pauseBeforeSend(outgoing, result, now);
    this.#work.watch?.({ kind: 'not sent', effect, conversation, turn, result, again: pause !== null });
    return pause;
  }

  #drop(conversation: ConversationId, { effect, turn }: Outgoing, why: 'too old' | 'stopped'): void {
    this.#work.watch?.({ kind: 'dropped', effect, conversation, turn, why });
  }
}
