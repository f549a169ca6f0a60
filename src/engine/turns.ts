import { turnId } from '../core/services.ts';
import type { Turn, Work } from './engine.ts';
import { maxTurnFailures, sessionHorizon } from './engine.ts';
import { type Hold, keep, lease, partitionOf } from './lane-store.ts';
import { type Claimed, type Desk, Lanes, type LaneWork } from './lanes.ts';
import type { Outgoing } from './outgoing.ts';
import type { Waiting } from './records.ts';
import { pauseBeforeTurn } from './retries.ts';
import { scripts } from './scripts.ts';
import { laneOf, type Sends } from './sends.ts';

/** A turn in hand. */
export interface TurnInHand extends Hold, Waiting {
  readonly session: string | null;
  readonly behind: number;
  /** How often it was begun, this time included. */
  readonly begun: number;
}

/** The turns of all conversations that this process has in hand. */
export class Turns<Outcome> implements LaneWork<TurnInHand> {
  readonly lanes: Lanes<TurnInHand>;
  readonly #desk: Desk;
  readonly #work: Work<Outcome>;
  readonly #sends: ReadonlyMap<string, Sends>;

  /** `sends`: what goes out on these channels is handed over as soon as its turn is committed. */
  constructor(desk: Desk, room: () => number, work: Work<Outcome>, sends: ReadonlyMap<string, Sends>) {
    this.#desk = desk;
    this.#work = work;
    this.#sends = sends;
    this.lanes = new Lanes('turn', 'turn', room, desk, this);
  }

  open({ first, session, ...claimed }: Claimed): TurnInHand {
    const { records } = this.#desk;
    const { conversation } = claimed;
    return {
      ...claimed,
      ...records.openWaiting(first, conversation),
      session: records.openSession(session, conversation),
    };
  }

  /** A turn that throws saves nothing, and its inbound stays first: it is tried again until it is quarantined. */
  async handle(turn: TurnInHand): Promise<TurnInHand | null> {
    const { inbound, acceptedAt, session, behind, begun } = turn;
    // Its workers died of it, or fell silent, each time it was begun.
    if (begun > maxTurnFailures) return this.#quarantine(turn, new Error('Nobody who began it came to an end'));
    const since = this.#desk.clock.now();
    let done: Turn<Outcome>;
    try {
      const writtenAt = inbound.writtenAt ?? acceptedAt;
      done = await this.#work.turn(session, inbound, { writtenAt, behind });
    } catch (error) {
      this.#work.watch?.({ kind: 'turn failed', inbound, error, failures: begun });
      if (begun >= maxTurnFailures) return this.#quarantine(turn, error);
      return this.lanes.again(turn, pauseBeforeTurn(begun), begun, 0);
    }
    return this.#commit(turn, done, since);
  }

  /** Gives an inbound up and tells the member. Should even that throw, the conversation goes on all the same. */
  async #quarantine(turn: TurnInHand, error: unknown): Promise<TurnInHand | null> {
    const { inbound, session } = turn;
    this.#work.watch?.({ kind: 'quarantined', inbound, error });
    let told: Turn<Outcome>;
    try {
      told = this.#work.giveUp(session, inbound);
    } catch {
      return this.lanes.done(turn, '');
    }
    return this.#commit(turn, told, this.#desk.clock.now());
  }

  /** Session, effects and the end of the inbound in one step; resolves to the turn that follows. */
  async #commit(turn: TurnInHand, done: Turn<Outcome>, since: number): Promise<TurnInHand | null> {
    const { store, records, clock } = this.#desk;
    const { lane, conversation, token, inbound, acceptedAt } = turn;
    const id = turnId(conversation, inbound.id);
    const effects = done.effects.map((effect, index): [string, Outgoing] => [
      laneOf(effect),
      { effect, turn: id, index, since, acceptedAt },
    ]);
    const following = this.lanes.tokenToGoOn();
    const [, kept, handed, first, behind] = await store.insist(
      scripts.commit,
      partitionOf(conversation),
      conversation,
      token,
      following,
      lease,
      keep,
      records.sealSession(done.session, conversation),
      sessionHorizon,
      ...effects.flatMap(([to, effect]) => [
        to,
        this.#sends.get(to)?.lanes.serves ? 1 : 0,
        records.sealOutgoing(effect, conversation, to),
      ]),
    );
    if (kept === 0) return this.lanes.lost(turn);
    this.#work.watch?.({ kind: 'committed', inbound, outcome: done.outcome, waited: clock.now() - acceptedAt });
    for (const [to, outgoing] of new Map(effects.toReversed())) {
      if (!handed.includes(to)) continue;
      void this.#sends.get(to)?.lanes.begin({ lane: to, conversation, token, outgoing, begun: 1, tries: 0 });
    }
    if (first === null) return null;
    const claimed = { lane, conversation, token: following, first, behind, begun: 1, tries: 0, session: null };
    const next = await this.lanes.read(claimed);
    return next && { ...next, session: done.session };
  }
}
