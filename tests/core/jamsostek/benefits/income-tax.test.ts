import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { incomeTax } from '../../../../src/core/jamsostek/benefits/income-tax.ts';
import { rupiah } from '../../../../src/core/jamsostek/rupiah.ts';
import { balance, day, known, today } from './known.ts';

const tax = (amount: number, npwp = true) => known(incomeTax(rupiah(amount), today, { npwp }));

describe('incomeTax', () => {
  // Income tax law art. 17: 5 % to Rp60 m, 15 % to 250 m, 25 % to 500 m, 30 % to 5 bn, 35 % above
  it.each([
    [0, 0],
    [60_000_000, 3_000_000],
    [80_000_000, 6_000_000],
    [250_000_000, 31_500_000],
    [500_000_000, 94_000_000],
    [5_000_000_000, 1_444_000_000],
    [6_000_000_000, 1_794_000_000],
  ])('takes of Rp%i Rp%i', (amount, expected) => {
    expect(tax(amount)).toBe(expected);
    expect(tax(amount, false)).toBe(expected * 1.2);
  });

  it('is continuous and steeper from each border on', () => {
    for (const [border, below, above] of [
      [60_000_000, 5, 15],
      [250_000_000, 15, 25],
      [500_000_000, 25, 30],
      [5_000_000_000, 30, 35],
    ] as const) {
      expect(tax(border) - tax(border - 100)).toBe(below);
      expect(tax(border + 100) - tax(border)).toBe(above);
    }
  });

  it('rises with the amount, from 5 % to less than 35 % of it', () => {
    fc.assert(
      fc.property(balance, fc.integer({ min: 0, max: 1_000_000_000 }), (amount, more) => {
        expect(tax(amount + more)).toBeGreaterThanOrEqual(tax(amount));
        expect(tax(amount)).toBeGreaterThanOrEqual(Math.floor(amount * 0.05));
        expect(tax(amount)).toBeLessThanOrEqual(Math.ceil(amount * 0.35));
      }),
    );
  });

  it('has no tax for a day before its table', () => {
    expect(incomeTax(rupiah(80_000_000), day('2021-12-31'), { npwp: true })).toEqual({
      known: false,
      lacking: 'tax.article_17',
    });
  });
});
