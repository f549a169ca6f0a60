import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { payslipCheck } from '../../../../src/core/jamsostek/benefits/payslip.ts';
import { rupiah } from '../../../../src/core/jamsostek/rupiah.ts';
import { known, month, usualWage } from './known.ts';

const now = month('2026-11');
const check = (wage: number, deducted: number, paidFor = now) =>
  known(payslipCheck(rupiah(wage), rupiah(deducted), paidFor));

describe('payslipCheck', () => {
  // "gaji 6jt potongannya brp, bener gak 180rb?": 2 % JHT (PP 46/2015) + 1 % JP (PP 45/2015)
  it('finds Rp180.000 of Rp6 million exactly right', () => {
    expect(check(6_000_000, 180_000)).toEqual({
      jht: 120_000,
      jp: 60_000,
      expected: 180_000,
      fits: 'exact',
      difference: 0,
      capped: false,
    });
  });

  it('sees where JHT alone was deducted', () => {
    expect(check(6_000_000, 120_000)).toMatchObject({ fits: 'jht_only', difference: -60_000 });
  });

  it.each([0, 60_000, 150_000, 240_000])('finds Rp%i of Rp6 million neither', (deducted) => {
    expect(check(6_000_000, deducted)).toMatchObject({ fits: 'other', difference: deducted - 180_000 });
  });

  // PP 45/2015: ceiling Rp10,547,400 until February 2026, Rp11,086,300 from March 2026
  it.each([
    ['2026-02', 400_000 + 105_474],
    ['2026-03', 400_000 + 110_863],
  ])('counts JP of Rp20 million in %s up to the ceiling of that month', (paidFor, expected) => {
    expect(check(20_000_000, expected, month(paidFor))).toMatchObject({ expected, fits: 'exact', capped: true });
    expect(check(20_000_000, 600_000, month(paidFor))).toMatchObject({ fits: 'other' });
  });

  it('takes any rounding of the payroll for right', () => {
    // 2 % of Rp6.333.333 is 126.666,66 and 1 % is 63.333,33
    for (const deducted of [189_999, 190_000, 190_001]) expect(check(6_333_333, deducted).fits).toBe('exact');
    expect(check(6_333_333, 126_666).fits).toBe('jht_only');
  });

  it('finds what it expects itself exact, and 3 % of every wage under the ceiling', () => {
    fc.assert(
      fc.property(usualWage, (wage) => {
        const { expected, jht, jp } = check(wage, 0);
        expect(jht + jp).toBe(expected);
        expect(check(wage, expected)).toMatchObject({ fits: 'exact', difference: 0 });
        if (wage <= 11_086_300) expect(check(wage, Math.round(wage * 0.03)).fits).toBe('exact');
        else expect(jp).toBe(110_863);
      }),
    );
  });

  it('does not judge a month whose ceiling is not known', () => {
    expect(payslipCheck(rupiah(6_000_000), rupiah(180_000), month('2027-03'))).toEqual({
      known: false,
      lacking: 'jp.ceiling',
    });
  });
});
