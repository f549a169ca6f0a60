import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  anniversary,
  dayMonthsLater,
  monthsBetween,
  monthsLater,
} from '../../../../src/core/jamsostek/benefits/calendar.ts';
import { percentOf } from '../../../../src/core/jamsostek/benefits/percent.ts';
import { rupiah } from '../../../../src/core/jamsostek/rupiah.ts';
import { day, month, wage } from './known.ts';

describe('percentOf', () => {
  it.each([
    [50, 1, 1],
    [49, 1, 0],
    [1_000_000, 0.24, 2_400],
    [15, 3.7, 1],
    [10, 5.7, 1],
    // In binary fractions 1.005 is less than it looks.
    [100_000, 1.005, 1_005],
    [9_007_199_254_740_991, 100, 9_007_199_254_740_991],
  ])('takes of Rp%i %d %%: Rp%i', (amount, percent, expected) => {
    expect(percentOf(rupiah(amount), percent)).toBe(expected);
  });

  it('rounds by half a rupiah at most, down by less than one', () => {
    fc.assert(
      fc.property(wage, fc.integer({ min: 0, max: 1_000_000 }), (amount, millionths) => {
        const exact = BigInt(amount) * BigInt(millionths);
        const off = BigInt(percentOf(amount, millionths / 10_000)) * 1_000_000n - exact;
        expect(off > -500_000n && off <= 500_000n).toBe(true);
        const under = exact - BigInt(percentOf(amount, millionths / 10_000, 'down')) * 1_000_000n;
        expect(under >= 0n && under < 1_000_000n).toBe(true);
      }),
    );
  });
});

describe('the calendar', () => {
  it('counts months over the years and back', () => {
    expect(monthsLater(month('2026-11'), 3)).toBe('2027-02');
    expect(monthsLater(month('2026-12'), 0)).toBe('2026-12');
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 2_000 }), (months) => {
        expect(monthsBetween(month('2015-07'), monthsLater(month('2015-07'), months))).toBe(months);
      }),
    );
  });

  it('ends in the last day of a shorter month, but has birthdays on the day after', () => {
    expect(dayMonthsLater(day('2025-08-31'), 6)).toBe('2026-02-28');
    expect(dayMonthsLater(day('2023-08-31'), 6)).toBe('2024-02-29');
    expect(anniversary(day('1968-02-29'), 59)).toBe('2027-03-01');
    expect(anniversary(day('1968-02-29'), 60)).toBe('2028-02-29');
    expect(anniversary(day('1968-12-31'), 1)).toBe('1969-12-31');
  });
});
