import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  jkkDeath,
  jkkNotWorking,
  jkkPartialDisability,
  jkkTotalDisability,
} from '../../../../src/core/jamsostek/benefits/jkk.ts';
import { figure } from '../../../../src/core/jamsostek/figures/figures.ts';
import { rupiah } from '../../../../src/core/jamsostek/rupiah.ts';
import { day, known, today, wage } from './known.ts';

const million = rupiah(1_000_000);

describe('what JKK pays', () => {
  // PP 82/2019; BPU on the base of Rp1 million: 48 + 12 + 10
  it('is Rp70 million at a death on a wage of Rp1 million', () => {
    const death = known(jkkDeath(million, today));
    expect(death).toEqual({ compensation: 48_000_000, periodic: 12_000_000, funeral: 10_000_000, total: 70_000_000 });
    expect(figure('bpu.death_accident', today)).toBe(death.total);
  });

  // PP 82/2019: 70 % × 80 × wage, and Rp12 million
  it('is Rp56 million and Rp12 million at total disability on a wage of Rp1 million', () => {
    expect(known(jkkTotalDisability(million, today))).toEqual({
      compensation: 56_000_000,
      periodic: 12_000_000,
      total: 68_000_000,
    });
  });

  it('is as many wages as the table says', () => {
    fc.assert(
      fc.property(wage, (wage) => {
        const death = known(jkkDeath(wage, today));
        const disability = known(jkkTotalDisability(wage, today));
        expect(death.compensation).toBe(wage * (figure('jkk.death_wages', today) ?? Number.NaN));
        expect(disability.compensation).toBe(wage * (figure('jkk.disability_total_wages', today) ?? Number.NaN));
        expect(death.compensation + death.periodic + death.funeral).toBe(death.total);
        expect(disability.compensation + disability.periodic).toBe(disability.total);
      }),
    );
  });

  // PP 82/2019: percent of the table × 80 × wage; loss of function: percent of that
  it('is a part of 80 wages at a disability in part', () => {
    expect(known(jkkPartialDisability(rupiah(5_000_000), 40, today))).toBe(160_000_000);
    expect(known(jkkPartialDisability(rupiah(5_000_000), 40, today, 25))).toBe(40_000_000);
    expect(known(jkkPartialDisability(rupiah(5_000_000), 3.5, today))).toBe(14_000_000);
  });

  it('is never more at a disability in part than at a greater one, and nothing at none', () => {
    const percent = fc.integer({ min: 0, max: 70 });
    fc.assert(
      fc.property(wage, percent, percent, (wage, one, other) => {
        const of = (percent: number) => known(jkkPartialDisability(wage, percent, today));
        expect(of(Math.min(one, other))).toBeLessThanOrEqual(of(Math.max(one, other)));
        expect(of(0)).toBe(0);
        expect(of(70)).toBe(known(jkkTotalDisability(wage, today)).compensation);
        expect(known(jkkPartialDisability(wage, one, today, 50))).toBeLessThanOrEqual(of(one));
      }),
    );
  });

  // PP 82/2019: 100 % for months 1 to 12, 50 % from month 13
  it.each([
    [0, 0],
    [1, 6_000_000],
    [12, 72_000_000],
    [13, 75_000_000],
    [24, 108_000_000],
  ])('is for %i months without work Rp%i on a wage of Rp6 million', (months, total) => {
    expect(known(jkkNotWorking(rupiah(6_000_000), months, today)).total).toBe(total);
  });

  it('is for each month without work a whole wage, later half of one', () => {
    fc.assert(
      fc.property(wage, fc.integer({ min: 0, max: 120 }), (wage, months) => {
        const { fullMonths, halfMonths, total } = known(jkkNotWorking(wage, months, today));
        expect(fullMonths + halfMonths).toBe(months);
        const next = known(jkkNotWorking(wage, months + 1, today)).total - total;
        expect(next).toBe(months < 12 ? wage : Math.round(wage / 2));
      }),
    );
  });

  it('is not known before PP 82/2019', () => {
    const before = day('2019-12-01');
    for (const result of [jkkDeath(million, before), jkkTotalDisability(million, before)]) {
      expect(result).toEqual({ known: false, lacking: 'jkk.disability_wages' });
    }
    expect(jkkNotWorking(million, 1, before).known).toBe(false);
    expect(jkkPartialDisability(million, 1, before).known).toBe(false);
  });
});
