import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { riskClasses, wageContributions } from '../../../../src/core/jamsostek/benefits/wage-contributions.ts';
import { figure } from '../../../../src/core/jamsostek/figures/figures.ts';
import { rupiah } from '../../../../src/core/jamsostek/rupiah.ts';
import { daysFrom, known, month, today, usualWage, wage } from './known.ts';

const now = month('2026-11');

describe('wageContributions', () => {
  // PP 46/2015, PP 45/2015, PP 44/2015 (JKK class II), PP 6/2025 art. 11 (JKP counts up to Rp5 million)
  it('names every program, payer and rate on a wage of Rp6 million', () => {
    const result = known(wageContributions(rupiah(6_000_000), now, { riskClass: 2 }));
    expect(result.shares.map(({ program, payer, rate, amount }) => [program, payer, rate, amount])).toEqual([
      ['JHT', 'employer', 3.7, 222_000],
      ['JHT', 'worker', 2, 120_000],
      ['JP', 'employer', 2, 120_000],
      ['JP', 'worker', 1, 60_000],
      ['JKK', 'employer', 0.54, 32_400],
      ['JKM', 'employer', 0.3, 18_000],
      ['JKP', 'government', 0.22, 11_000],
    ]);
    expect(result).toMatchObject({ worker: 180_000, employer: 392_400, government: 11_000, total: 583_400 });
    expect(result.jkpOutOfJkk).toBe(7_000);
  });

  // PP 44/2015: JKK by class of risk
  it.each([
    [1, 24_000],
    [2, 54_000],
    [3, 89_000],
    [4, 127_000],
    [5, 174_000],
  ] as const)('takes JKK of class %i from the employer: Rp%i of Rp10 million', (riskClass, amount) => {
    const { shares } = known(wageContributions(rupiah(10_000_000), now, { riskClass }));
    expect(shares.find(({ program }) => program === 'JKK')).toMatchObject({ payer: 'employer', amount });
  });

  // PP 45/2015 and the letters of each year (2026: B/1226/022026): the ceiling changes in March
  it.each([
    ['2024-01', 9_559_600],
    ['2024-02', 9_559_600],
    ['2024-03', 10_042_300],
    ['2024-12', 10_042_300],
    ['2025-01', 10_042_300],
    ['2025-02', 10_042_300],
    ['2025-03', 10_547_400],
    ['2026-01', 10_547_400],
    ['2026-02', 10_547_400],
    ['2026-03', 11_086_300],
    ['2027-01', 11_086_300],
    ['2027-02', 11_086_300],
  ])('counts JP for %s up to Rp%i', (paidFor, ceiling) => {
    const { shares, jpCeiling } = known(wageContributions(rupiah(20_000_000), month(paidFor)));
    expect(jpCeiling).toBe(ceiling);
    expect(shares.filter(({ program }) => program === 'JP').map(({ base }) => base)).toEqual([ceiling, ceiling]);
    expect(shares.filter(({ program }) => program === 'JHT').map(({ base }) => base)).toEqual([20_000_000, 20_000_000]);
  });

  it.each(['2027-03', '2027-04', '2030-01', '2022-12'])('says that the JP ceiling of %s is not known', (paidFor) => {
    expect(wageContributions(rupiah(6_000_000), month(paidFor))).toEqual({ known: false, lacking: 'jp.ceiling' });
  });

  it('leaves JKK out where the risk class is not given', () => {
    const { shares } = known(wageContributions(rupiah(6_000_000), now));
    expect(shares.map(({ program }) => program)).not.toContain('JKK');
  });

  it('adds up, for every wage and class', () => {
    fc.assert(
      fc.property(wage, fc.constantFrom(undefined, ...riskClasses), (wage, riskClass) => {
        const result = known(wageContributions(wage, now, riskClass === undefined ? {} : { riskClass }));
        const { shares, worker, employer, government, total } = result;
        expect(worker + employer + government).toBe(total);
        expect(shares.reduce((sum, { amount }) => sum + amount, 0)).toBe(total);
        // Never more than all rates together, but for a rupiah of rounding for each share.
        expect(total).toBeLessThanOrEqual(wage * (0.0922 + 0.0174) + shares.length);
      }),
    );
  });

  it('never falls when the wage rises, and JP stands still above its ceiling', () => {
    fc.assert(
      fc.property(usualWage, fc.integer({ min: 0, max: 5_000_000 }), (low, more) => {
        const high = rupiah(low + more);
        const [a, b] = [low, high].map((wage) => known(wageContributions(wage, now, { riskClass: 3 })));
        for (const [index, share] of (a?.shares ?? []).entries()) {
          const other = b?.shares[index];
          expect(other?.amount).toBeGreaterThanOrEqual(share.amount);
          if (share.program === 'JP' && low >= 11_086_300) expect(other?.amount).toBe(share.amount);
        }
      }),
    );
  });

  it('is made of rates that the table also names together', () => {
    for (const day of daysFrom('2026-01-01', '2026-12-31')) {
      const of = (key: Parameters<typeof figure>[0]) => figure(key, day) ?? Number.NaN;
      expect(of('jht.rate_employer') + of('jht.rate_worker')).toBeCloseTo(of('jht.rate'), 10);
      expect(of('jp.rate_employer') + of('jp.rate_worker')).toBeCloseTo(of('jp.rate'), 10);
      expect(of('jht.rate_worker') + of('jp.rate_worker')).toBeCloseTo(of('pay.worker_share'), 10);
      expect(of('jkp.rate_government') + of('jkp.rate_jkk')).toBeCloseTo(of('jkp.rate'), 10);
    }
    expect(figure('jkp.rate', today)).toBe(0.36);
  });
});
