import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bpuBase, bpuContribution } from '../../../../src/core/jamsostek/benefits/bpu.ts';
import { figure } from '../../../../src/core/jamsostek/figures/figures.ts';
import type { Day } from '../../../../src/core/jamsostek/month.ts';
import { rupiah } from '../../../../src/core/jamsostek/rupiah.ts';
import { day, daysFrom, known, today, usualWage } from './known.ts';

const oneMonth = (on: Day, { income = 1_000_000, jht = false, transport = false } = {}) =>
  known(bpuContribution(rupiah(income), on, { jht, transport, months: 1 }));

describe('bpuBase', () => {
  // PP 44/2015 annex II (jaga-pekerja, simulasi-bpu.html)
  it.each([
    [0, 1_000_000],
    [1_099_999, 1_000_000],
    [1_100_000, 1_200_000],
    [1_299_999, 1_200_000],
    [1_300_000, 1_400_000],
    [1_500_000, 1_600_000],
    [1_700_000, 1_800_000],
    [1_900_000, 2_000_000],
    [2_100_000, 2_200_000],
    [2_300_000, 2_400_000],
    [2_500_000, 2_600_000],
    [2_699_999, 2_600_000],
    [2_700_000, 2_950_000],
    [3_199_999, 2_950_000],
    [3_200_000, 3_450_000],
    [3_700_000, 3_950_000],
    [7_700_000, 7_950_000],
    [8_199_999, 7_950_000],
    [8_200_000, 8_700_000],
    [9_199_999, 8_700_000],
    [9_200_000, 9_700_000],
    [20_199_999, 19_700_000],
    [20_200_000, 20_700_000],
    [1_000_000_000, 20_700_000],
  ])('of an income of Rp%i is Rp%i', (income, base) => {
    expect(bpuBase(rupiah(income), today)).toBe(base);
  });

  it('never falls with the income, and is half a bracket from it at most', () => {
    fc.assert(
      fc.property(usualWage, fc.integer({ min: 0, max: 2_000_000 }), (income, more) => {
        const of = (income: number) => bpuBase(rupiah(income), today) ?? Number.NaN;
        expect(of(income + more)).toBeGreaterThanOrEqual(of(income));
        expect(of(income)).toBeGreaterThanOrEqual(1_000_000);
        expect(of(income)).toBeLessThanOrEqual(20_700_000);
        if (income >= 1_000_000 && income < 21_200_000) {
          const width = income < 2_700_000 ? 200_000 : income < 8_200_000 ? 500_000 : 1_000_000;
          expect(Math.abs(of(income) - income)).toBeLessThanOrEqual(width / 2);
        }
      }),
      { numRuns: 1_000 },
    );
  });
});

describe('bpuContribution', () => {
  // PP 44/2015 annex II, PP 46/2015: JKK 10.000 + JKM 6.800 + JHT 20.000
  it('is Rp16.800 a month at least, Rp36.800 with JHT', () => {
    expect(oneMonth(day('2025-12-31'))).toMatchObject({
      base: 1_000_000,
      months: [{ month: '2025-12', jkk: 10_000, jkm: 6_800, jht: 0, total: 16_800, discount: 0 }],
      total: 16_800,
    });
    expect(oneMonth(day('2025-12-31'), { jht: true }).total).toBe(36_800);
  });

  // PP 50/2025: half of JKK and JKM, JHT in full
  it('is Rp8.400 with the discount of PP 50/2025, Rp28.400 with JHT', () => {
    expect(oneMonth(today, { jht: true })).toMatchObject({
      months: [{ jkk: 5_000, jkm: 3_400, jht: 20_000, total: 28_400, discount: 50 }],
      total: 28_400,
    });
    expect(oneMonth(today).total).toBe(8_400);
  });

  // PP 50/2025: transport January 2026 to March 2027, all others April to December 2026
  it.each([
    ['2025-12-31', 16_800, 16_800],
    ['2026-01-01', 16_800, 8_400],
    ['2026-03-31', 16_800, 8_400],
    ['2026-04-01', 8_400, 8_400],
    ['2026-12-31', 8_400, 8_400],
    ['2027-01-01', 16_800, 8_400],
    ['2027-01-02', 16_800, 8_400],
    ['2027-03-31', 16_800, 8_400],
    ['2027-04-01', 16_800, 16_800],
    ['2028-01-01', 16_800, 16_800],
  ])('is on %s Rp%i, in transport Rp%i', (on, others, transport) => {
    expect(oneMonth(day(on)).total).toBe(others);
    expect(oneMonth(day(on), { transport: true }).total).toBe(transport);
    expect(oneMonth(day(on), { jht: true }).total).toBe(others + 20_000);
  });

  it('agrees with the figures of the table on every day around their borders', () => {
    for (const on of daysFrom('2025-11-01', '2027-06-30')) {
      const { total } = oneMonth(on);
      const withJht = oneMonth(on, { jht: true }).total;
      expect(figure('bpu.minimum', on), on).toBe(total);
      expect(figure('bpu.minimum_jht', on), on).toBe(withJht);
      const transport = oneMonth(on, { transport: true });
      const discounted = transport.months[0]?.discount === 0 ? undefined : transport.total;
      expect(figure('bpu.discounted_transport', on), on).toBe(discounted);
      expect(figure('bpu.discounted', on), on).toBe(total === 16_800 ? undefined : total);
      expect(figure('bpu.discounted_jht', on), on).toBe(withJht === 36_800 ? undefined : withJht);
      const transportJht = oneMonth(on, { transport: true, jht: true }).total;
      expect(figure('bpu.discounted_transport_jht', on), on).toBe(transportJht === 36_800 ? undefined : transportJht);
      expect(figure('bpu.minimum_full', on), on).toBe(16_800);
      expect(figure('bpu.minimum_full_jht', on), on).toBe(36_800);
    }
  });

  it('works out months that are paid ahead each by its own price', () => {
    const { months, total } = known(
      bpuContribution(rupiah(1_000_000), today, { jht: false, transport: false, months: 3 }),
    );
    expect(months.map(({ month, total }) => [month, total])).toEqual([
      ['2026-11', 8_400],
      ['2026-12', 8_400],
      ['2027-01', 16_800],
    ]);
    expect(total).toBe(33_600);
  });

  it('adds up, never falls with the income, and is never dearer in transport', () => {
    const days = fc.constantFrom(...daysFrom('2025-11-01', '2027-06-30'));
    const choice = fc.record({ jht: fc.boolean(), transport: fc.boolean(), months: fc.integer({ min: 0, max: 24 }) });
    fc.assert(
      fc.property(usualWage, fc.integer({ min: 0, max: 3_000_000 }), days, choice, (income, more, on, choice) => {
        const pay = (income: number, changed = choice) => known(bpuContribution(rupiah(income), on, changed));
        const { months, total } = pay(income);
        expect(months).toHaveLength(choice.months);
        for (const { jkk, jkm, jht, total } of months) expect(jkk + jkm + jht).toBe(total);
        expect(months.reduce((sum, { total }) => sum + total, 0)).toBe(total);
        expect(pay(income + more).total).toBeGreaterThanOrEqual(total);
        expect(pay(income, { ...choice, transport: true }).total).toBeLessThanOrEqual(
          pay(income, { ...choice, transport: false }).total,
        );
      }),
    );
  });

  it('is not known before its table', () => {
    expect(bpuContribution(rupiah(1_000_000), day('2015-06-30'), { jht: false, transport: false, months: 1 })).toEqual({
      known: false,
      lacking: 'bpu.brackets',
    });
  });
});
