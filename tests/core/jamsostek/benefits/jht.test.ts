import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { jhtPartial, jhtPayout, jhtProjection } from '../../../../src/core/jamsostek/benefits/jht.ts';
import { limits } from '../../../../src/core/jamsostek/benefits/limits.ts';
import { rupiah } from '../../../../src/core/jamsostek/rupiah.ts';
import { balance, day, known, today, usualWage } from './known.ts';

const months = fc.integer({ min: 0, max: 360 });
const rate = fc.integer({ min: 0, max: 10 * 100 }).map((hundredths) => hundredths / 100);
const raise = fc.integer({ min: 0, max: 10 });

describe('jhtProjection', () => {
  // PP 46/2015: 5.7 % of Rp5 million is Rp285.000 a month; 6 % a year is 0.5 % a month
  it('adds growth to the balance and to each contribution', () => {
    const plan = { balance: rupiah(10_000_000), wage: rupiah(5_000_000), yearlyRaise: 0, rate: 6 };
    expect(known(jhtProjection({ ...plan, months: 1 }, today))).toEqual({
      total: 10_335_000,
      contributed: 285_000,
      growth: 50_000,
      rate: 6,
    });
    // 10.335.000 × 1,005 + 285.000
    expect(known(jhtProjection({ ...plan, months: 2 }, today)).total).toBe(10_671_675);
  });

  it('raises the wage once after each 12 months', () => {
    const plan = { balance: rupiah(0), wage: rupiah(1_000_000), yearlyRaise: 10, rate: 0 };
    const after = (months: number) => known(jhtProjection({ ...plan, months }, today)).total;
    expect(after(12)).toBe(12 * 57_000);
    expect(after(13)).toBe(12 * 57_000 + 62_700);
    expect(after(25)).toBe(12 * 57_000 + 12 * 62_700 + 68_970);
  });

  // Kontan 2026: 5.51 % for 2025
  it('assumes the growth that was published last, as long as that is known', () => {
    const plan = { balance: rupiah(120_000_000), wage: rupiah(0), months: 1, yearlyRaise: 0 };
    expect(known(jhtProjection(plan, today))).toMatchObject({ rate: 5.51, growth: 551_000 });
    expect(jhtProjection(plan, day('2027-01-01'))).toEqual({ known: false, lacking: 'jht.growth' });
  });

  it('is the balance after no months', () => {
    fc.assert(
      fc.property(balance, usualWage, rate, raise, (balance, wage, rate, yearlyRaise) => {
        const result = known(jhtProjection({ balance, wage, months: 0, yearlyRaise, rate }, today));
        expect(result).toEqual({ total: balance, contributed: 0, growth: 0, rate });
      }),
    );
  });

  it('is balance × (1+r/12)^n and an annuity where the wage stays the same', () => {
    fc.assert(
      fc.property(balance, usualWage, months, rate, (balance, wage, months, rate) => {
        const { total } = known(jhtProjection({ balance, wage, months, yearlyRaise: 0, rate }, today));
        const monthly = Math.round(wage * 0.057);
        const factor = (1 + rate / 1200) ** months;
        const annuity = rate === 0 ? months : (factor - 1) / (rate / 1200);
        expect(Math.abs(total - (balance * factor + monthly * annuity))).toBeLessThan(
          Math.max(2 * months, total * 1e-9),
        );
      }),
    );
  });

  it('adds up, grows with each of its parts, and has no growth without a rate', () => {
    fc.assert(
      fc.property(balance, usualWage, months, rate, raise, (balance, wage, months, rate, yearlyRaise) => {
        const plan = { balance, wage, months, yearlyRaise, rate };
        const result = known(jhtProjection(plan, today));
        expect(balance + result.contributed + result.growth).toBe(result.total);
        expect(result.growth).toBeGreaterThanOrEqual(0);
        for (const more of [
          { wage: rupiah(wage + 100_000) },
          { months: months + 1 },
          { balance: rupiah(balance + 1_000) },
          { rate: rate + 1 },
          { yearlyRaise: yearlyRaise + 1 },
        ]) {
          expect(known(jhtProjection({ ...plan, ...more }, today)).total).toBeGreaterThanOrEqual(result.total);
        }
        expect(known(jhtProjection({ ...plan, rate: 0 }, today)).growth).toBe(0);
      }),
    );
  });

  it('stays within whole rupiah up to the limits', () => {
    const { wage, balance, months, raise, rate } = limits;
    const plan = { balance: rupiah(balance), wage: rupiah(wage), months, yearlyRaise: raise, rate };
    expect(Number.isSafeInteger(known(jhtProjection(plan, today)).total)).toBe(true);
  });
});

describe('jhtPayout', () => {
  // PP 68/2009: 0 % up to Rp50 million, 5 % of what is above
  it.each([
    [0, 0],
    [49_999_999, 0],
    [50_000_000, 0],
    [50_000_020, 1],
    [80_000_000, 1_500_000],
    [150_000_000, 5_000_000],
  ])('takes from Rp%i paid at once Rp%i of final tax', (balance, tax) => {
    expect(known(jhtPayout(rupiah(balance), today, { within2Years: true }))).toEqual({
      gross: balance,
      tax,
      net: balance - tax,
      taxed: 'final',
    });
  });

  // Article 17, for a payment in the third year or later; 20 % more without NPWP
  it.each([
    [true, 6_000_000],
    [false, 7_200_000],
  ])('taxes Rp80 million in the third year by article 17 (NPWP: %s): Rp%i', (npwp, tax) => {
    expect(known(jhtPayout(rupiah(80_000_000), today, { within2Years: false, npwp }))).toEqual({
      gross: 80_000_000,
      tax,
      net: 80_000_000 - tax,
      taxed: 'article_17',
    });
  });

  it('takes nothing up to Rp50 million and never more than 5 %; whoever has more gets more', () => {
    fc.assert(
      fc.property(balance, fc.integer({ min: 1, max: 1_000_000 }), (balance, more) => {
        const { gross, tax, net } = known(jhtPayout(balance, today, { within2Years: true }));
        expect(net + tax).toBe(gross);
        expect(tax).toBeLessThanOrEqual(gross * 0.05);
        if (balance <= 50_000_000) expect(tax).toBe(0);
        const richer = known(jhtPayout(rupiah(balance + more), today, { within2Years: true }));
        expect(richer.net).toBeGreaterThanOrEqual(net);
        expect(richer.tax - tax).toBeLessThanOrEqual(Math.ceil(more * 0.05) + 1);
      }),
    );
  });

  it('is continuous at the border', () => {
    for (let above = -100; above <= 100; above++) {
      const { tax } = known(jhtPayout(rupiah(50_000_000 + above), today, { within2Years: true }));
      expect(tax).toBe(Math.max(0, Math.round(above * 0.05)));
    }
  });
});

describe('jhtPartial', () => {
  // UU 40/2004 art. 37; PP 46/2015 art. 22: at most 10 % or 30 %, after 10 years
  it('gives at most a tenth or 30 % from the tenth anniversary on', () => {
    const since = day('2016-11-22');
    expect(known(jhtPartial(rupiah(45_678_999), since, today))).toEqual({
      allowed: true,
      retirement: 4_567_899,
      housing: 13_703_699,
    });
    expect(known(jhtPartial(rupiah(45_678_999), day('2016-11-23'), today))).toEqual({
      allowed: false,
      from: '2026-11-23',
    });
  });

  it('never gives more than those parts', () => {
    fc.assert(
      fc.property(balance, (balance) => {
        const partial = known(jhtPartial(balance, day('2010-01-01'), today));
        expect(partial.allowed && 10 * partial.retirement <= balance && 10 * partial.housing <= 3 * balance).toBe(true);
      }),
    );
  });
});
