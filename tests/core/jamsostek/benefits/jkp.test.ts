import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { jkpBenefit, jkpEligible, jobEnds } from '../../../../src/core/jamsostek/benefits/jkp.ts';
import { figure } from '../../../../src/core/jamsostek/figures/figures.ts';
import { rupiah } from '../../../../src/core/jamsostek/rupiah.ts';
import { day, daysFrom, known, today, wage } from './known.ts';

describe('jkpBenefit', () => {
  // PP 6/2025: 60 % of at most Rp5 million, up to 6 months
  it.each([
    [2_500_000, 1_500_000, false],
    [4_999_999, 2_999_999, false],
    [5_000_000, 3_000_000, false],
    [6_000_000, 3_000_000, true],
    [50_000_000, 3_000_000, true],
  ])('is of a wage of Rp%i Rp%i a month for 6 months', (wage, monthly, capped) => {
    expect(known(jkpBenefit(rupiah(wage), today))).toEqual({ monthly, months: 6, total: 6 * monthly, capped });
  });

  it('is at most what the table says, on every day since PP 6/2025', () => {
    for (const each of daysFrom('2025-02-07', '2027-06-30')) {
      expect(known(jkpBenefit(rupiah(100_000_000), each)).monthly).toBe(figure('jkp.cash_max', each));
    }
  });

  it('never falls with the wage, and is never above Rp3 million', () => {
    fc.assert(
      fc.property(wage, wage, (one, other) => {
        const of = (wage: number) => known(jkpBenefit(rupiah(wage), today)).monthly;
        expect(of(Math.min(one, other))).toBeLessThanOrEqual(of(Math.max(one, other)));
        expect(of(one)).toBeLessThanOrEqual(3_000_000);
      }),
    );
  });

  it('is not worked out by the rule before 7 February 2025', () => {
    expect(jkpBenefit(rupiah(5_000_000), day('2025-02-06'))).toEqual({ known: false, lacking: 'jkp.cash_rate' });
  });
});

describe('jkpEligible', () => {
  // PP 6/2025: 12 months of the last 24, in a row or not
  it.each([
    [12, { eligible: true }],
    [24, { eligible: true }],
    [11, { eligible: false, because: 'months', missingMonths: 1 }],
    [0, { eligible: false, because: 'months', missingMonths: 12 }],
  ])('with %i months of contributions in 24: %j', (paidMonthsIn24, result) => {
    expect(known(jkpEligible({ reason: 'dismissed', paidMonthsIn24 }, today))).toEqual(result);
  });

  // PP 6/2025: not for resignation, total disability, retirement, death and a contract that ends by itself
  it.each([
    ['dismissed', true],
    ['contract_cut_short', true],
    ['contract_ended', false],
    ['resigned', false],
    ['totally_disabled', false],
    ['retired', false],
    ['died', false],
  ] as const)('for who was %s: %s', (reason, eligible) => {
    expect(jobEnds).toContain(reason);
    expect(known(jkpEligible({ reason, paidMonthsIn24: 24 }, today)).eligible).toBe(eligible);
  });

  // PP 6/2025: lapses 6 months after dismissal; "lupa klaim jkp udh 7 bln"
  it.each([
    ['2026-04-21', { eligible: false, because: 'lapsed', lapsedAfter: '2026-10-21' }],
    ['2026-05-21', { eligible: false, because: 'lapsed', lapsedAfter: '2026-11-21' }],
    ['2026-05-22', { eligible: true }],
    ['2026-11-01', { eligible: true }],
  ])('of who was dismissed on %s: %j', (endedOn, result) => {
    expect(known(jkpEligible({ reason: 'dismissed', paidMonthsIn24: 12, endedOn: day(endedOn) }, today))).toEqual(
      result,
    );
  });

  it('counts six months to the last day of a shorter month', () => {
    const endedOn = day('2025-08-31');
    const result = jkpEligible({ reason: 'dismissed', paidMonthsIn24: 12, endedOn }, day('2026-03-01'));
    expect(known(result)).toMatchObject({ lapsedAfter: '2026-02-28' });
  });
});
