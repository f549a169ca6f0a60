import { describe, expect, it } from 'vitest';
import { systemRandom } from '../../../src/backends/system/random.ts';

const random = systemRandom();

/** How often each character comes in a text of this length. */
function counts(text: string): Map<string, number> {
  const found = new Map<string, number>();
  for (const character of text) found.set(character, (found.get(character) ?? 0) + 1);
  return found;
}

/** Pearson's statistic against all characters being as likely. */
function chiSquared(found: Map<string, number>, draws: number): number {
  const expected = draws / found.size;
  return found.values().reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0);
}

describe('random ids', () => {
  it('have 128 bits, in characters that are safe in an address', () => {
    const id = random.id();
    expect(id).toMatch(/^[\w-]{22}$/);
    expect(Buffer.from(id, 'base64url')).toHaveLength(16);
  });

  it('do not repeat', () => {
    expect(new Set(Array.from({ length: 10_000 }, () => random.id())).size).toBe(10_000);
  });
});

describe('random digits', () => {
  it('are as many as asked for, leading zeros kept', () => {
    const codes = Array.from({ length: 1_000 }, () => random.digits(6));
    expect(codes.filter((code) => !/^\d{6}$/.test(code))).toEqual([]);
    expect(codes.some((code) => code.startsWith('0'))).toBe(true);
    expect(random.digits(20)).toMatch(/^\d{20}$/);
  });

  it('favour no value', () => {
    const draws = 400_000;
    const found = counts(random.digits(draws));
    expect(found.size).toBe(10);
    // Nine degrees of freedom: an even source exceeds 60 once in a thousand million runs.
    expect(chiSquared(found, draws)).toBeLessThan(60);
  });
});
