import { branded } from '../core/brand.ts';
import type { ConversationId } from '../core/inbound.ts';
import type { Clock } from '../core/services.ts';
import { minute, type Timer } from '../core/time.ts';
import type { Activity } from './activity.ts';
import { type EngineEvent, type LaneBacklog, type LaneKind, maxTurnFailures } from './engine.ts';
import { type Hold, keep, type LaneStore, lease, partitionOf, partitions } from './lane-store.ts';
import type { Records } from './records.ts';
import { scripts } from './scripts.ts';

/** Lanes that are taken at a time when many are ready. */
const batch = 16;

/** How long an item that cannot be read waits for its next try, in milliseconds. */
const unreadablePause = minute;

/** What all lanes of an engine share. */
export interface Desk {
  readonly store: LaneStore;
  readonly records: Records;
  readonly clock: Clock;
  readonly timer: Timer;
  readonly activity: Activity;
  /** Aborted when the engine stops: then nothing is waited for. */
  readonly stopping: AbortSignal;
  readonly watch: (event: EngineEvent<never>) => void;
}

/** A lane that was taken, and what is first in it. */
export interface Claimed extends Hold {
  /** Sealed. */
  readonly first: string;
  readonly behind: number;
  /** How often it was begun, this time included, without anybody knowing what came of it. */
  readonly begun: number;
  /** How often it surely failed. */
  readonly tries: number;
  /** Sealed; null outside the turns, and in a new conversation. */
  readonly session: string | null;
}

/** What is done in lanes: opens what was taken, and works on it. */
export interface LaneWork<Item extends Hold> {
  /** Throws when it cannot be read. */
  open(claimed: Claimed): Item;
  /** Works on what is first in a lane and ends its hold. Resolves to what is next in the same hands; null: nothing. */
  handle(item: Item): Promise<Item | null>;
}

/** All lanes of one name, as far as this process works on them: `turn`, or a channel that things are sent on. */
export class Lanes<Item extends Hold> {
  readonly name: string;
  readonly #kind: LaneKind;
  readonly #desk: Desk;
  readonly #work: LaneWork<Item>;
  readonly #room: () => number;
  #closed = false;
  readonly #held = new Set<Hold>();
  /** Partitions in which more may be ready than there was room for. */
  readonly #more = new Set<number>();

  /** `room`: how many lanes this process may have in hand now; 0 leaves them to others. */
  constructor(kind: LaneKind, name: string, room: () => number, desk: Desk, work: LaneWork<Item>) {
    this.#kind = kind;
    this.name = name;
    this.#room = room;
    this.#desk = desk;
    this.#work = work;
  }

  /** True while what comes into these lanes is this process's to work on; also when it only finishes what it has begun. */
  get serves(): boolean {
    return this.#room() > 0;
  }

  get #open(): boolean {
    return !this.#closed && this.serves;
  }

  /** A token to take one more lane with; empty when there is no room for it. */
  tokenForOneMore(): string {
    return this.#open && this.#held.size < this.#room() ? this.#desk.store.token() : '';
  }

  /** A token to go on with in a lane that is in hand; empty once nothing more is to be begun. */
  tokenToGoOn(): string {
    return this.#open ? this.#desk.store.token() : '';
  }

  /** Takes no further lane in hand. */
  close(): void {
    this.#closed = true;
  }

  /** Works on a lane that is in hand until it is empty, or lost. */
  async begin(first: Item): Promise<void> {
    const { activity, watch } = this.#desk;
    activity.begin();
    for (let item: Item | null = first; item !== null; ) {
      this.#held.add(item);
      let next: Item | null = null;
      try {
        next = await this.#work.handle(item);
      } catch (error) {
        // Whoever finds its lease ended goes on with it.
        watch({ kind: 'store failed', error });
      }
      this.#held.delete(item);
      item = next;
    }
    const [partition] = this.#more;
    if (partition !== undefined) await this.look(partition);
    activity.end();
  }

  /**
   * Ends the hold on an item that is done. Resolves to what is next in the lane, still in hand under `following`; null
   * when there is nothing, or the lane is in other hands by now. An empty `following` leaves it to whoever comes.
   */
  async done(item: Item, following: string): Promise<Item | null> {
    const [, kept, next, behind] = await this.#settle(item, following, -1, 0, 0);
    if (kept === 0) return this.lost(item);
    const { lane, conversation } = item;
    const claimed = { lane, conversation, token: following, behind, begun: 1, tries: 0, session: null };
    return next === null ? null : this.read({ ...claimed, first: next });
  }

  /** Ends the hold on an item that is to be tried again after a pause, and comes back for it then. */
  async again(item: Item, pause: number, begun: number, tries: number): Promise<null> {
    const { timer, stopping } = this.#desk;
    const [, kept] = await this.#settle(item, '', pause, begun, tries);
    if (kept === 0) return this.lost(item);
    const look = () => this.look(partitionOf(item.conversation));
    if (pause === 0) await look();
    else void timer.pause(pause, stopping).then(look);
    return null;
  }

  /** The result comes too late: somebody else has the lane. */
  lost({ conversation }: Hold): null {
    this.#desk.watch({ kind: 'fenced', lane: this.#kind, conversation });
    return null;
  }

  /** Takes what is ready in a partition, as far as there is room. Resolves to whether the store answered. */
  async look(partition: number): Promise<boolean> {
    const most = this.#open ? Math.min(this.#room() - this.#held.size, batch) : 0;
    this.#more.add(partition);
    if (most <= 0) return true;
    const { store, watch } = this.#desk;
    const token = store.token();
    try {
      const [, claimed] = await store.run(scripts.claim, partition, this.name, token, lease, keep, most);
      if (claimed.length < most) this.#more.delete(partition);
      for (const [name, first, behind, begun, tries, left, session] of claimed) {
        const conversation = branded<ConversationId>(name);
        if (left === 1) watch({ kind: 'reclaimed', lane: this.#kind, conversation });
        void this.#take({ lane: this.name, conversation, token, first, behind, begun, tries, session });
      }
      return true;
    } catch (error) {
      watch({ kind: 'store failed', error });
      return false;
    }
  }

  /**
   * Looks into every partition: finds what nobody was told of, and what fell out of dead hands. Resolves to whether the
   * store answered each time.
   */
  async sweep(): Promise<boolean> {
    const all = await Promise.all(Array.from({ length: partitions }, (_, partition) => this.look(partition)));
    return all.every(Boolean);
  }

  /** Keeps what is in hand for another lease. */
  async renew(): Promise<void> {
    const { store } = this.#desk;
    await Promise.all(
      [...this.#held].map(({ conversation, token }) =>
        store.run(scripts.renew, partitionOf(conversation), this.name, conversation, token, lease),
      ),
    );
  }

  /** What is ready and in nobody's hands; nothing is for a process that takes none. */
  async backlog(): Promise<LaneBacklog> {
    if (!this.#open) return { waiting: 0, oldest: 0 };
    const { store } = this.#desk;
    const all = await Promise.all(
      Array.from({ length: partitions }, (_, partition) => store.run(scripts.backlog, partition, this.name)),
    );
    return {
      waiting: all.reduce((sum, [, waiting]) => sum + waiting, 0),
      oldest: Math.max(...all.map(([, , oldest]) => oldest)),
    };
  }

  /**
   * Opens what was taken. What cannot be read holds up its lane for a while, since it may be for want of a key that is
   * soon there; then it is dropped, or it would do so for ever.
   */
  async read(claimed: Claimed): Promise<Item | null> {
    try {
      return this.#work.open(claimed);
    } catch (error) {
      this.#desk.watch({ kind: 'store failed', error });
      const { begun, tries } = claimed;
      await this.#settle(claimed, '', begun < maxTurnFailures ? unreadablePause : -1, begun, tries);
      return null;
    }
  }

  async #take(claimed: Claimed): Promise<void> {
    const { activity, watch } = this.#desk;
    activity.begin();
    const item = await this.read(claimed).catch((error: unknown) => {
      watch({ kind: 'store failed', error });
      return null;
    });
    if (item) void this.begin(item);
    activity.end();
  }

  #settle({ lane, conversation, token }: Hold, following: string, pause: number, begun: number, tries: number) {
    const asked = [lane, conversation, token, following, lease, keep, pause, begun, tries];
    return this.#desk.store.insist(scripts.settle, partitionOf(conversation), ...asked);
  }
}
