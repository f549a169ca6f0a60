import type { SavingsYear } from '../jamsostek/member.ts';
import { type Rupiah, rupiah } from '../jamsostek/rupiah.ts';

/** What a calendar year brought, and what was there after it. */
export interface YearOfSavings {
  readonly year: number;
  readonly contributed: Rupiah;
  readonly growth: Rupiah;
  readonly paidOut: Rupiah;
  readonly balance: Rupiah;
}

/** Years as the registry has them, for any number of memberships together: one a year, oldest first. */
export function yearsTogether(years: readonly SavingsYear[]): readonly YearOfSavings[] {
  let before = 0;
  return [...Map.groupBy(years, ({ year }) => year)]
    .toSorted(([one], [other]) => one - other)
    .map(([year, parts]) => {
      const { contributed, growth, paidOut } = sumOf(parts);
      const balance = rupiah(before + contributed + growth - paidOut);
      before = balance;
      return { year, contributed, growth, paidOut, balance };
    });
}

/** What some years brought together. */
export function sumOf(
  years: readonly Pick<SavingsYear, 'contributed' | 'growth' | 'paidOut'>[],
): Pick<SavingsYear, 'contributed' | 'growth' | 'paidOut'> {
  const total = (of: 'contributed' | 'growth' | 'paidOut') => rupiah(years.reduce((sum, year) => sum + year[of], 0));
  return { contributed: total('contributed'), growth: total('growth'), paidOut: total('paidOut') };
}
