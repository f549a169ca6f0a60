import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { jkmBenefit } from '../../../../src/core/jamsostek/benefits/jkm.ts';
import { scholarship, schoolFrom, schoolStages } from '../../../../src/core/jamsostek/benefits/scholarship.ts';
import { figure } from '../../../../src/core/jamsostek/figures/figures.ts';
import { day, daysFrom, known, today } from './known.ts';

describe('jkmBenefit', () => {
  // PP 82/2019: 20 + 12 (24 × Rp500.000) + 10
  it('is Rp42 million', () => {
    expect(known(jkmBenefit({ contributionYears: 1, children: [] }, today))).toEqual({
      grant: 20_000_000,
      periodic: 12_000_000,
      funeral: 10_000_000,
      total: 42_000_000,
      funeralOnly: false,
      scholarship: { children: [], total: 0 },
    });
  });

  it('agrees with the total of the table on every day of two years', () => {
    for (const each of daysFrom('2025-01-01', '2027-01-01')) {
      expect(known(jkmBenefit({ contributionYears: 1, children: [] }, each)).total).toBe(figure('jkm.total', each));
    }
  });

  // PP 82/2019; Permenaker 1/2025 art. 103: from three years of contributions on
  it.each([
    [0, 0],
    [2, 0],
    [3, 174_000_000],
    [20, 174_000_000],
  ])('gives two children after %i years of contributions scholarships of at most Rp%i', (contributionYears, total) => {
    const result = known(jkmBenefit({ contributionYears, children: ['primary', 'primary'] }, today));
    expect(result.scholarship.total).toBe(total);
    expect(result.total).toBe(42_000_000);
  });

  // Permenaker 1/2025 art. 97A; "baru daftar bpu sebulan trs meninggal, dapet 42jt ga?"
  it.each([
    [0, 10_000_000],
    [1, 10_000_000],
    [2, 10_000_000],
    [3, 42_000_000],
    [12, 42_000_000],
  ])('is of who worked for themselves and was a member for %i months Rp%i', (bpuMonths, total) => {
    const result = known(jkmBenefit({ contributionYears: 0, children: ['high'], bpuMonths }, today));
    expect(result).toMatchObject({ total, funeralOnly: total === 10_000_000 });
    expect(result.scholarship.total).toBe(0);
  });

  // Permenaker 1/2025 art. 97A: nothing but the funeral, however long they had paid before a gap
  it('gives no scholarship where only the funeral is paid', () => {
    const result = known(jkmBenefit({ contributionYears: 5, children: ['high'], bpuMonths: 1 }, today));
    expect(result).toMatchObject({ funeralOnly: true, scholarship: { total: 0 } });
  });

  it('adds up in every case', () => {
    const jkmCase = fc.record({
      contributionYears: fc.integer({ min: 0, max: 40 }),
      children: fc.array(fc.constantFrom(...schoolStages), { maxLength: 6 }),
      bpuMonths: fc.integer({ min: 0, max: 12 }),
    });
    fc.assert(
      fc.property(jkmCase, (each) => {
        const { grant, periodic, funeral, total } = known(jkmBenefit(each, today));
        expect(grant + periodic + funeral).toBe(total);
        expect([10_000_000, 42_000_000]).toContain(total);
      }),
    );
  });

  it('is not known before PP 82/2019', () => {
    expect(jkmBenefit({ contributionYears: 3, children: [] }, day('2019-12-01')).known).toBe(false);
  });
});

describe('scholarship', () => {
  // PP 82/2019: 8 × 1.5 + 3 × 2 + 3 × 3 + 5 × 12 million for each child
  it('is Rp87 million for one child and Rp174 million for two, whole school through', () => {
    const whole = known(schoolFrom('primary', today));
    expect(whole).toEqual({ primary: 8, middle: 3, high: 3, university: 5 });
    expect(known(scholarship([whole], today)).total).toBe(87_000_000);
    expect(known(scholarship([whole, whole], today)).total).toBe(174_000_000);
    expect(figure('scholarship.max', today)).toBe(174_000_000);
  });

  it.each([
    ['primary', 87_000_000],
    ['middle', 75_000_000],
    ['high', 69_000_000],
    ['university', 60_000_000],
  ] as const)('is from %s on at most Rp%i', (stage, total) => {
    expect(known(scholarship([known(schoolFrom(stage, today))], today)).total).toBe(total);
  });

  it('counts two children, those that get most, and no more years than each stage has', () => {
    const result = known(scholarship([{ high: 1 }, { university: 9 }, { middle: 1, primary: 1 }], today));
    expect(result).toEqual({ children: [60_000_000, 3_500_000], total: 63_500_000 });
  });

  it('is never above Rp174 million, never falls with another child, and adds up', () => {
    const years = fc.record(Object.fromEntries(schoolStages.map((stage) => [stage, fc.integer({ min: 0, max: 20 })])), {
      requiredKeys: [],
    });
    fc.assert(
      fc.property(fc.array(years, { maxLength: 6 }), years, (children, another) => {
        const result = known(scholarship(children, today));
        expect(result.total).toBeLessThanOrEqual(174_000_000);
        expect(result.children.reduce((sum, each) => sum + each, 0)).toBe(result.total);
        expect(known(scholarship([...children, another], today)).total).toBeGreaterThanOrEqual(result.total);
      }),
    );
  });
});
