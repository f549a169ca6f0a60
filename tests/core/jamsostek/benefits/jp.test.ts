import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { jpBenefit } from '../../../../src/core/jamsostek/benefits/jp.ts';
import { limits } from '../../../../src/core/jamsostek/benefits/limits.ts';
import { rupiah } from '../../../../src/core/jamsostek/rupiah.ts';
import { day, known, today, usualWage, wage } from './known.ts';

const late = day('2060-01-01');
const benefit = (months: number, averageWage: number, retiresOn = late) =>
  known(jpBenefit({ months, averageWage: rupiah(averageWage), retiresOn }, today));

describe('jpBenefit', () => {
  // PP 45/2015 art. 17: 1 % × months / 12 × average monthly wage
  it.each([
    [180, 6_000_000, 900_000],
    [240, 10_000_000, 2_000_000],
    [186, 6_000_000, 930_000],
  ])('pays after %i months at Rp%i Rp%i a month', (months, averageWage, monthly) => {
    expect(benefit(months, averageWage)).toEqual({ months, wage: averageWage, paid: 'monthly', monthly, heldBy: null });
  });

  // 2026: Rp411,400 to Rp4,932,300 (payroll repository citing B/1226/022026)
  it('holds a pension between the floor and the ceiling of the day', () => {
    expect(benefit(180, 1_000_000)).toMatchObject({ monthly: 411_400, heldBy: 'floor' });
    expect(benefit(540, 11_000_000, day('2062-01-01'))).toMatchObject({ monthly: 4_932_300, heldBy: 'ceiling' });
    const lastYear = jpBenefit({ months: 180, averageWage: rupiah(0), retiresOn: late }, day('2025-06-01'));
    expect(known(lastYear)).toMatchObject({ monthly: 399_700 });
  });

  it('counts wages up to the ceiling of contributions', () => {
    expect(benefit(180, 50_000_000)).toMatchObject({ wage: 11_086_300, monthly: 1_662_945 });
  });

  // PP 45/2015: under 180 months the 3 % contributions with growth, at once; Kontan 2026: 6.47 % for 2025
  it('pays at once under 180 months', () => {
    expect(benefit(179, 6_000_000)).toMatchObject({ paid: 'at_once', contributed: 179 * 180_000, rate: 6.47 });
    // "msa iur sy cm 8 thn": 96 months
    expect(benefit(96, 6_000_000)).toMatchObject({ paid: 'at_once', contributed: 17_280_000 });
    expect(
      known(jpBenefit({ months: 2, averageWage: rupiah(6_000_000), retiresOn: late, rate: 12 }, today)),
    ).toMatchObject({ total: 361_800, contributed: 360_000, growth: 1_800, rate: 12 });
    expect(benefit(0, 6_000_000)).toMatchObject({ paid: 'at_once', total: 0 });
  });

  // JP began on 1 July 2015, so that nobody has 180 months before July 2030
  it('is never monthly before July 2030', () => {
    expect(benefit(400, 6_000_000, day('2030-06-30'))).toMatchObject({ paid: 'at_once', months: 179 });
    expect(benefit(400, 6_000_000, day('2030-07-01'))).toMatchObject({ paid: 'monthly', months: 180 });
    expect(benefit(12, 6_000_000, day('2015-06-30'))).toMatchObject({ paid: 'at_once', total: 0 });
  });

  it('never falls with the wage or the months, and stays between floor and ceiling', () => {
    fc.assert(
      fc.property(usualWage, fc.integer({ min: 180, max: 500 }), (wage, months) => {
        const monthly = (months: number, wage: number) => {
          const result = benefit(months, wage);
          if (result.paid !== 'monthly') throw new Error('paid at once');
          return result.monthly;
        };
        const pension = monthly(months, wage);
        expect(pension).toBeGreaterThanOrEqual(411_400);
        expect(pension).toBeLessThanOrEqual(4_932_300);
        expect(monthly(months + 1, wage)).toBeGreaterThanOrEqual(pension);
        expect(monthly(months, wage + 50_000)).toBeGreaterThanOrEqual(pension);
      }),
    );
  });

  it('pays at once what was paid in and its growth', () => {
    fc.assert(
      fc.property(wage, fc.integer({ min: 0, max: 179 }), (wage, months) => {
        const result = benefit(months, wage);
        if (result.paid !== 'at_once') throw new Error('paid monthly');
        expect(result.contributed + result.growth).toBe(result.total);
        expect(result.growth).toBeGreaterThanOrEqual(0);
      }),
    );
  });

  it('has no answer once the figures of the day are out of date', () => {
    const plan = { months: 180, averageWage: rupiah(6_000_000), retiresOn: late };
    expect(jpBenefit(plan, day('2027-02-01'))).toEqual({ known: false, lacking: 'jp.pension_min' });
    expect(jpBenefit(plan, day('2027-03-01'))).toEqual({ known: false, lacking: 'jp.ceiling' });
    expect(jpBenefit({ ...plan, months: 100 }, day('2027-01-01'))).toEqual({ known: false, lacking: 'jp.lump_growth' });
    expect(jpBenefit({ ...plan, months: limits.months }, today).known).toBe(true);
  });
});
