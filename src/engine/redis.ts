import type { Listener } from '../backends/redis/store.ts';
import type { Sealing } from '../backends/system/sealing.ts';
import type { Acceptance } from '../bots/bot.ts';
import type { Inbound } from '../core/inbound.ts';
import { turnId } from '../core/services.ts';
import { Activity } from './activity.ts';
import type { Backlog, Engine, Work } from './engine.ts';
import { mailboxCap } from './engine.ts';
import { keep, type LaneServices, LaneStore, lease, partitionOf, partitions } from './lane-store.ts';
import type { Desk } from './lanes.ts';
import { records, type Waiting } from './records.ts';
import { scripts } from './scripts.ts';
import { Sends } from './sends.ts';
import { digestOf } from './trace.ts';
import { Turns } from './turns.ts';

/** How often lanes in hand are kept for longer, and lanes that nobody works on are looked for, in milliseconds. */
const tick = 250;

/** Turns, and sends on each channel, that one process has under way at a time. */
const turnsAtOnce = 128;
const sendsAtOnce = 256;

export interface RedisEngineOptions extends LaneServices {
  readonly sealing: Sealing;
  /** False for a process that accepts and sends, and leaves the turns to others. */
  readonly turns: boolean;
  /**
   * The lanes that this process sends on, while `Work.canSend` does not forbid it: its channels, `codeLane` and `noticeLane`.
   * What goes out on others is left to others.
   */
  readonly sends: readonly string[];
  /** Told whenever the store has been looked through to the end. */
  readonly swept?: () => void;
}

/**
 * The engine of any number of processes on one Redis, a single server or a cluster.
 *
 * Work lies in *lanes*: the turns of a conversation, and what goes out to it on each channel. A lane is in one worker's
 * hands at a time, under a token that is never used twice; a worker that falls silent loses it when its lease ends. The
 * lease is for speed, the token for safety: every step that changes anything checks the token and ends it, so the late
 * result of a worker that was only slow is thrown away, and a call that is made twice works once.
 *
 * A message costs three calls of the store: `accept` keeps it and gives its lane to whoever brought it, `commit` ends
 * the turn, puts its effects into the outbox and hands them over for sending, `settle` takes them out once they are sent.
 */
export function redisEngine<Outcome>(work: Work<Outcome>, options: RedisEngineOptions): Required<Engine> {
  return new RedisEngine(work, options);
}

class RedisEngine<Outcome> implements Required<Engine> {
  readonly #work: Work<Outcome>;
  readonly #desk: Desk;
  readonly #turns: Turns<Outcome>;
  /** By lane. */
  readonly #sends: ReadonlyMap<string, Sends>;
  readonly #stopping = new AbortController();
  readonly #stopped = new AbortController();
  readonly #wakes: Listener;
  readonly #swept: (() => void) | undefined;

  constructor(work: Work<Outcome>, options: RedisEngineOptions) {
    this.#work = work;
    this.#swept = options.swept;
    const { clock, timer } = options;
    this.#desk = {
      clock,
      timer,
      store: new LaneStore(options),
      records: records(options.sealing),
      activity: new Activity(),
      stopping: this.#stopping.signal,
      watch: (event) => work.watch?.(event),
    };
    const sendRoom = (lane: string) => () => ((work.canSend?.(lane) ?? true) ? sendsAtOnce : 0);
    this.#sends = new Map(options.sends.map((lane) => [lane, new Sends(this.#desk, lane, sendRoom(lane), work)]));
    this.#turns = new Turns(this.#desk, () => (options.turns ? turnsAtOnce : 0), work, this.#sends);
    this.#wakes = this.#listen(options);
    void this.#beat();
  }

  async accept(inbound: Inbound): Promise<Acceptance> {
    if (this.#stopping.signal.aborted) throw new Error('The engine has stopped and takes nothing more');
    const { store, records, clock } = this.#desk;
    const { lanes } = this.#turns;
    const { conversation } = inbound;
    const waiting: Waiting = { inbound, acceptedAt: clock.now() };
    const token = lanes.tokenForOneMore();
    const [, acceptance, ours, session] = await store.run(
      scripts.accept,
      partitionOf(conversation),
      conversation,
      digestOf(turnId(conversation, inbound.id)),
      records.sealWaiting(waiting),
      token,
      lease,
      keep,
      mailboxCap,
    );
    this.#work.watch?.({ kind: acceptance === 'taken' ? 'accepted' : acceptance, inbound });
    if (ours === 1) {
      const known = records.openSession(session, conversation);
      void lanes.begin({ lane: lanes.name, conversation, token, ...waiting, session: known, behind: 0, begun: 1 });
    }
    return acceptance;
  }

  async idle(): Promise<void> {
    const { activity } = this.#desk;
    do {
      await activity.none();
      await this.#sweep();
    } while (activity.busy);
  }

  async stop(): Promise<void> {
    this.#stopping.abort();
    for (const { lanes } of this.#all()) lanes.close();
    await this.#desk.activity.none();
    this.#stopped.abort();
    this.#wakes.stop();
  }

  async backlog(): Promise<Backlog> {
    const [turns, ...sends] = await Promise.all([...this.#all()].map(({ lanes }) => lanes.backlog()));
    return {
      turns: turns ?? { waiting: 0, oldest: 0 },
      sends: {
        waiting: sends.reduce((sum, { waiting }) => sum + waiting, 0),
        oldest: Math.max(0, ...sends.map(({ oldest }) => oldest)),
      },
    };
  }

  #all(): readonly (Turns<Outcome> | Sends)[] {
    return [this.#turns, ...this.#sends.values()];
  }

  /** Other processes say which lanes they leave ready. A call that goes unheard costs no more than a tick. */
  #listen({ store }: RedisEngineOptions): Listener {
    const channels = Array.from({ length: partitions }, (_, partition) => `${this.#desk.store.base(partition)}:wake`);
    return store.listen(channels, (channel, lane) => {
      const called = lane === this.#turns.lanes.name ? this.#turns : this.#sends.get(lane);
      void called?.lanes.look(channels.indexOf(channel));
    });
  }

  /** While it stops, too, what is still under way keeps its lanes. */
  async #beat(): Promise<void> {
    const { timer, watch } = this.#desk;
    while (!this.#stopped.signal.aborted) {
      await timer.pause(tick, this.#stopped.signal);
      try {
        await Promise.all(this.#all().map(({ lanes }) => lanes.renew()));
      } catch (error) {
        watch({ kind: 'store failed', error });
      }
      await this.#sweep();
    }
  }

  async #sweep(): Promise<void> {
    const answered = await Promise.all(this.#all().map(({ lanes }) => lanes.sweep()));
    if (answered.every(Boolean)) this.#swept?.();
  }
}
