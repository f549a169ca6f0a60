import { createHash } from 'node:crypto';

/**
 * A whole number from 0 up to `below`, the same for the same words for good: what is invented about one member does
 * not change when another is added.
 */
export function chance(below: number, ...about: readonly (string | number)[]): number {
  return createHash('sha256').update(about.join('/')).digest().readUIntBE(0, 6) % below;
}

/** A UUID that the words decide. */
export function chanceUuid(...about: readonly (string | number)[]): string {
  const hex = createHash('sha256').update(about.join('/')).digest('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), `4${hex.slice(13, 16)}`, `a${hex.slice(17, 20)}`, hex.slice(20, 32)].join(
    '-',
  );
}
