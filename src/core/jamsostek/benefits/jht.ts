import type { Day } from '../month.ts';
import { type Rupiah, rupiah } from '../rupiah.ts';
import { anniversary } from './calendar.ts';
import { type Grown, grown } from './growth.ts';
import { incomeTax } from './income-tax.ts';
import { atMost, percentOf } from './percent.ts';
import { given, type Worked, worked } from './worked.ts';

/** What a projection starts from. */
export interface JhtPlan {
  readonly balance: Rupiah;
  /** The monthly wage that is reported; 0 for who pays nothing in any more. */
  readonly wage: Rupiah;
  readonly months: number;
  /** Percent, after each 12 months. */
  readonly yearlyRaise: number;
  /** Percent of growth a year; the last published one where there is none. */
  readonly rate?: number;
}

/** What a JHT account may come to. */
export interface JhtProjection extends Grown {
  /** Percent of growth a year that it assumes. */
  readonly rate: number;
}

/**
 * What a JHT account may come to: always an estimate ("perkiraan"), as growth and wage are assumed.
 *
 * balance × (1 + r/12)^n + 5.7 % of the wage at each month's end, with growth. Wages after a raise and contributions are
 * whole rupiah (half goes up); growth is rounded once, at the end.
 *
 * Source: PP 46/2015; growth: `jht.growth`, which ends with its year.
 */
export function jhtProjection({ balance, wage, months, yearlyRaise, rate }: JhtPlan, day: Day): Worked<JhtProjection> {
  return worked(day, (of) => {
    const assumed = rate ?? of('jht.growth');
    const contributionRate = of('jht.rate');
    const contributions: Rupiah[] = [];
    let current = wage;
    for (let month = 0; month < months; month++) {
      if (month > 0 && month % 12 === 0) current = percentOf(current, 100 + yearlyRaise);
      contributions.push(percentOf(current, contributionRate));
    }
    const { total, contributed, growth } = grown(balance, contributions, assumed);
    return { total, contributed, growth, rate: assumed };
  });
}

/** When JHT is paid, which decides how it is taxed: NPWP counts only in or after the third year. */
export type JhtPayment =
  | { readonly within2Years: true }
  /** In the third calendar year after a first part was paid, or later. */
  | { readonly within2Years: false; readonly npwp: boolean };

/** What a member gets of a balance. */
export interface JhtPayout {
  readonly gross: Rupiah;
  readonly tax: Rupiah;
  readonly net: Rupiah;
  readonly taxed: 'final' | 'article_17';
}

/**
 * What is left of a JHT balance after tax when all of it is paid.
 *
 * At once or within two calendar years: final tax, 0 % up to Rp50 million, 5 % of what is above. Later: article 17. How a
 * partial payment (10 % or 30 %) is taxed is in dispute: `jhtPartial` leaves that to the officer.
 *
 * Source: PP 68/2009.
 */
export function jhtPayout(balance: Rupiah, day: Day, payment: JhtPayment): Worked<JhtPayout> {
  return worked(day, (of) => {
    const tax = payment.within2Years
      ? percentOf(rupiah(balance - atMost(of('jht.tax_free'), balance)), of('jht.tax_rate'))
      : given(incomeTax(balance, day, payment));
    return {
      gross: balance,
      tax,
      net: rupiah(balance - tax),
      taxed: payment.within2Years ? 'final' : 'article_17',
    };
  });
}

/** What may be taken out while working; only one of the two, and only once. */
export type JhtPartial =
  | { readonly allowed: true; readonly retirement: Rupiah; readonly housing: Rupiah }
  /** The first day that it is allowed. */
  | { readonly allowed: false; readonly from: Day };

/**
 * The most that a member who still works may take out: 10 % towards old age or 30 % for a house, after 10 years of
 * membership, at whichever employers. Before tax, which the officer works out. Rounded down.
 *
 * Source: UU 40/2004 art. 37; PP 46/2015 art. 22.
 */
export function jhtPartial(balance: Rupiah, memberSince: Day, day: Day): Worked<JhtPartial> {
  return worked(day, (of) => {
    const from = anniversary(memberSince, of('jht.partial_years'));
    if (day < from) return { allowed: false, from };
    return {
      allowed: true,
      retirement: percentOf(balance, of('jht.partial_retirement'), 'down'),
      housing: percentOf(balance, of('jht.partial_housing'), 'down'),
    };
  });
}
