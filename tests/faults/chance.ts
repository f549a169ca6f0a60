import { createHash } from 'node:crypto';

/** Chance that can be played again: the same seed and name give the same draws, whatever others draw meanwhile. */
export interface Chance {
  /** From 0 up to 1, which it never is. */
  next(): number;
  /** From `from` up to `to`, which it never is. */
  between(from: number, to: number): number;
  /** True this often, from 0 to 1. */
  happens(probability: number): boolean;
  pick<Item>(items: readonly Item[]): Item;
}

/** The generator mulberry32, started from a digest of seed and name. */
export function chance(seed: number, name: string): Chance {
  let state = createHash('sha256').update(`${seed} ${name}`).digest().readUInt32LE();
  const next = (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  return {
    next,
    between: (from, to) => from + next() * (to - from),
    happens: (probability) => next() < probability,
    pick(items) {
      const picked = items[Math.floor(next() * items.length)];
      if (picked === undefined) throw new RangeError('Nothing to pick from');
      return picked;
    },
  };
}
