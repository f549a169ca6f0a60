import type { Instant } from '../../core/time.ts';

/** A map is swept for the first time at this size, then whenever it has doubled since. */
const smallestSweep = 1_024;

/** When the cap is reached, this part of the map goes, oldest first: seldom, so that it costs nothing on the whole. */
const evictedPart = 1 / 8;

/**
 * A map whose values come to be over. None is given out from that moment on; their memory is freed in sweeps, whose
 * cost spreads over the entries set. Holds at most twice what is not over, and never more than `cap`: beyond it the
 * entries that were set first go.
 */
export class FadingMap<Key, Value extends object | number> {
  readonly #entries = new Map<Key, Value>();
  readonly #isOver: (value: Value, now: Instant) => boolean;
  readonly #cap: number;
  #sweepAt: number;

  constructor(isOver: (value: Value, now: Instant) => boolean, cap = Number.POSITIVE_INFINITY) {
    this.#isOver = isOver;
    this.#cap = cap;
    this.#sweepAt = Math.min(smallestSweep, cap);
  }

  /** Entries held, those included that are over and wait for the next sweep. */
  get size(): number {
    return this.#entries.size;
  }

  get(key: Key, now: Instant): Value | undefined {
    const value = this.#entries.get(key);
    if (value === undefined || !this.#isOver(value, now)) return value;
    this.#entries.delete(key);
    return undefined;
  }

  set(key: Key, value: Value, now: Instant): void {
    if (this.#entries.size >= this.#sweepAt) this.#sweep(now);
    this.#entries.set(key, value);
  }

  #sweep(now: Instant): void {
    for (const [key, value] of this.#entries) if (this.#isOver(value, now)) this.#entries.delete(key);
    if (this.#entries.size >= this.#cap) this.#evict(Math.ceil(this.#cap * evictedPart));
    this.#sweepAt = Math.min(Math.max(this.#entries.size * 2, smallestSweep), this.#cap);
  }

  #evict(count: number): void {
    for (const key of this.#entries.keys().take(count)) this.#entries.delete(key);
  }
}
