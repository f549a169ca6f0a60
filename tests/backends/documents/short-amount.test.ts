import { describe, expect, it } from 'vitest';
import { roundSteps, shortAmount } from '../../../src/backends/documents/short-amount.ts';
import { speeches } from '../../../src/core/speech.ts';

describe('an amount that has little room', () => {
  it.each([
    [0, '0', '0'],
    [999, '999', '999'],
    [1_000, '1 rb', '1 k'],
    [299_420, '299 rb', '299 k'],
    [999_400, '999 rb', '999 k'],
    [999_960, '1 jt', '1 m'],
    [12_345_678, '12,3 jt', '12.3 m'],
    [143_204_781, '143 jt', '143 m'],
    [1_234_000_000, '1,2 M', '1.2 bn'],
  ])('%i is said as people say it', (amount, indonesian, english) => {
    expect(shortAmount(amount, speeches.id)).toBe(indonesian);
    expect(shortAmount(amount, speeches.en)).toBe(english);
  });
});

describe('the lines of an axis', () => {
  it.each([
    [0, 100_000, 100_000],
    [1, 0.5, 1],
    [299_420, 100_000, 300_000],
    [2_345_678, 1_000_000, 3_000_000],
    [33_400_000, 20_000_000, 40_000_000],
    [143_204_781, 50_000_000, 150_000_000],
  ])('for %i are few, round, and reach over it', (most, step, top) => {
    expect(roundSteps(most)).toStrictEqual({ step, top });
  });
});
