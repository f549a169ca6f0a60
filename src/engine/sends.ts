import type { Effect } from '../core/reply.ts';
import type { SendFailure, Work } from './engine.ts';
import type { Hold } from './lane-store.ts';
import { type Claimed, type Desk, Lanes, type LaneWork } from './lanes.ts';
import { type Outgoing, tried } from './outgoing.ts';
import { isSpent, isTooOld, pauseBeforeSend } from './retries.ts';

/** An effect in hand. */
export interface SendInHand extends Hold {
  readonly outgoing: Outgoing;
  /** How often it was begun, this time included, without anybody knowing whether it arrived. */
  readonly begun: number;
  /** How often it failed. */
  readonly tries: number;
}

/** The lane of codes, which wait for no reply and no reply for them. */
export const codeLane = 'code';

/** The lane of what else goes to a phone on file: no code waits for it, and it is counted as none. */
export const noticeLane = 'notice';

/** The lane that an effect goes out on: its channel's, or one of those of SMS. */
export function laneOf(effect: Effect): string {
  if (effect.kind === 'reply') return effect.to.channel;
  return effect.notice ? noticeLane : codeLane;
}

/** What this process has in hand to send on one channel. In each conversation the next goes out after the one before. */
export class Sends implements LaneWork<SendInHand> {
  readonly lanes: Lanes<SendInHand>;
  readonly #desk: Desk;
  readonly #work: Pick<Work<never>, 'send'>;

  constructor(desk: Desk, channel: string, room: () => number, work: Pick<Work<never>, 'send'>) {
    this.#desk = desk;
    this.#work = work;
    this.lanes = new Lanes('send', channel, room, desk, this);
  }

  open({ lane, conversation, token, first, begun, tries }: Claimed): SendInHand {
    return {
      lane,
      conversation,
      token,
      begun,
      tries,
      outgoing: this.#desk.records.openOutgoing(first, conversation, lane),
    };
  }

  async handle(item: SendInHand): Promise<SendInHand | null> {
    const { clock, watch } = this.#desk;
    const { outgoing, conversation, begun } = item;
    const { effect, turn, acceptedAt } = outgoing;
    const over = () => this.lanes.done(item, this.lanes.tokenToGoOn());
    if (isTooOld(outgoing, clock.now())) {
      watch({ kind: 'dropped', effect, conversation, turn, why: 'too old' });
      return over();
    }
    // Whoever began it fell silent, and may have sent it.
    if (isSpent(effect, begun - 1)) {
      const result: SendFailure = { sent: false, problem: 'uncertain' };
      watch({ kind: 'not sent', effect, conversation, turn, result, again: false });
      return over();
    }
    const result = await tried(this.#work, conversation, outgoing);
    const now = clock.now();
    if (result.sent) {
      watch({ kind: 'sent', effect, conversation, turn, waited: now - acceptedAt });
      return over();
    }
    const uncertain = result.problem === 'uncertain' ? begun : begun - 1;
    const tries = item.tries + 1;
    const pause = pauseBeforeSend({ effect, since: outgoing.since, tries, uncertain }, result, now);
    watch({ kind: 'not sent', effect, conversation, turn, result, again: pause !== null });
    return pause === null ? over() : this.lanes.again(item, pause, uncertain, tries);
  }
}
