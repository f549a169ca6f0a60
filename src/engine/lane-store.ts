import type { ServerClock } from '../backends/redis/clock.ts';
import type { Script, Store } from '../backends/redis/store.ts';
import type { ConversationId } from '../core/inbound.ts';
import type { Random } from '../core/services.ts';
import { second, type Timer } from '../core/time.ts';
import { dedupeWindow } from './engine.ts';

/** Conversations lie in this many parts of the store, on a cluster in as many hash slots. Never to be changed. */
export const partitions = 16;

/** A worker that has not been heard of for this long has lost its lanes, in milliseconds. */
export const lease = second;

/** What waits and what remembers is kept for this long at most; nothing in the store is kept for ever. */
export const keep = dedupeWindow;

/** A call that was not answered is made again after this, so many times: each has an effect once at most. */
const againAfter = 250;
const tries = 4;

/** What the lanes of an engine stand on. */
export interface LaneServices {
  readonly store: Store;
  readonly clock: ServerClock;
  readonly timer: Timer;
  readonly random: Random;
  /** How far this engine's time is ahead of the server's, in milliseconds: for tests, which let days pass. */
  readonly ahead?: () => number;
}

type Arguments = readonly (string | number)[];

/** The store as lanes see it: calls to a partition, tokens that nobody uses twice, and the server's time. */
export class LaneStore {
  readonly #services: LaneServices;
  readonly #worker: string;
  #tokens = 0;

  constructor(services: LaneServices) {
    this.#services = services;
    this.#worker = services.random.id();
  }

  /** What the keys of this partition begin with; the braces make it a hash slot of its own on a cluster. */
  base(partition: number): string {
    return `${this.#services.store.prefix}:{${partition}}`;
  }

  /** A new name for one hold on a lane. */
  token(): string {
    this.#tokens += 1;
    return `${this.#worker}.${this.#tokens.toString(36)}`;
  }

  async run<Reply extends readonly [number, ...unknown[]]>(
    script: Script<Reply>,
    partition: number,
    ...args: Arguments
  ): Promise<Reply> {
    const { store, clock, ahead } = this.#services;
    const reply = await store.run(script, this.base(partition), ahead?.() ?? 0, ...args);
    clock.observe(reply[0]);
    return reply;
  }

  /** The same, made again when no answer comes, until its answer is known. Rejects when even that fails. */
  async insist<Reply extends readonly [number, ...unknown[]]>(
    script: Script<Reply>,
    partition: number,
    ...args: Arguments
  ): Promise<Reply> {
    for (let tried = 1; ; tried += 1) {
      try {
        return await this.run(script, partition, ...args);
      } catch (error) {
        if (tried === tries) throw error;
        await this.#services.timer.pause(againAfter, new AbortController().signal);
      }
    }
  }
}

/** A lane in this process's hands. */
export interface Hold {
  readonly lane: string;
  readonly conversation: ConversationId;
  readonly token: string;
}

/** The partition of a conversation: the same in every process and every release. */
export function partitionOf(conversation: ConversationId): number {
  let hash = 0;
  for (let at = 0; at < conversation.length; at += 1) hash = (hash * 31 + conversation.charCodeAt(at)) >>> 0;
  return hash % partitions;
}
