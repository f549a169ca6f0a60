import type { ServerClock } from '../../src/backends/redis/clock.ts';
import type { Store } from '../../src/backends/redis/store.ts';
import type { Timer } from '../../src/core/time.ts';
import { partitions } from '../../src/engine/lane-store.ts';

/** More hops than any test needs: a lane that is ready and that nobody takes would go on for ever. */
const mostHops = 400;

/**
 * Time for an engine on a real store: its pauses end only when time is advanced, and the store's own clock is read with
 * as much added. Time hops from one moment at which a lane becomes ready to the next, each with all that it sets going.
 */
export class HoppingTime implements Timer {
  /** How far the engine's time is ahead of the server's. */
  ahead = 0;
  readonly store: Store;
  readonly #lanes: readonly string[];
  readonly #clock: ServerClock;
  #pauses: (() => void)[] = [];
  #underWay = 0;

  constructor(store: Store, clock: ServerClock, lanes: readonly string[]) {
    this.#clock = clock;
    this.#lanes = lanes;
    this.store = {
      ...store,
      run: async (script, key, ...args) => {
        this.#underWay += 1;
        try {
          return await store.run(script, key, ...args);
        } finally {
          this.#underWay -= 1;
        }
      },
    };
  }

  pause(_ms: number, signal: AbortSignal): Promise<void> {
    if (signal.aborted) return Promise.resolve();
    return new Promise((resolve) => {
      this.#pauses.push(resolve);
      signal.addEventListener('abort', () => setImmediate(resolve), { once: true });
    });
  }

  async advance(ms: number): Promise<void> {
    const end = this.ahead + ms;
    await this.#quiet();
    for (let hops = 0; hops < mostHops; hops += 1) {
      const next = await this.#nextReady(end);
      if (next === null) break;
      await this.#hopTo(next);
    }
    await this.#hopTo(end);
  }

  async #hopTo(ahead: number): Promise<void> {
    this.ahead = Math.max(ahead, this.ahead);
    const pauses = this.#pauses;
    this.#pauses = [];
    for (const end of pauses) end();
    await this.#quiet();
  }

  /** Resolves when no call of the store is under way, and none follows from the last. */
  async #quiet(): Promise<void> {
    for (let quiet = 0; quiet < 3; quiet = this.#underWay === 0 ? quiet + 1 : 0) {
      await new Promise((resolve) => {
        setImmediate(resolve);
      });
    }
  }

  /** How far ahead time is when the next lane becomes ready that nobody has in hand; null when none does until `end`. */
  async #nextReady(end: number): Promise<number | null> {
    const now = this.#clock.now() - this.ahead;
    const bases = Array.from({ length: partitions }, (_, partition) => `${this.store.prefix}:{${partition}}`);
    const ready = await Promise.all(bases.flatMap((base) => this.#lanes.map((lane) => this.#nextIn(base, lane))));
    const ahead = ready.flat().map((at) => Math.max(at - now, this.ahead));
    const first = Math.min(...ahead);
    return first <= end ? first : null;
  }

  /** When the lanes of one name become ready that nobody has in hand. */
  async #nextIn(base: string, lane: string): Promise<number[]> {
    const { client } = this.store;
    const waiting = await client.zrange(`${base}:due:${lane}`, '0', '-1', 'WITHSCORES');
    const ready: number[] = [];
    for (let at = 0; at < waiting.length; at += 2) {
      const held = await client.hexists(`${base}:lane:${lane}:${waiting[at] ?? ''}`, 'holder');
      if (held === 0) ready.push(Number(waiting[at + 1]));
    }
    return ready;
  }
}
