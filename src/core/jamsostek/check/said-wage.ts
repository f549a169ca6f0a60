import { monthsLater } from '../benefits/calendar.ts';
import { sum } from '../benefits/percent.ts';
import type { Month } from '../month.ts';
import { type Rupiah, rupiah } from '../rupiah.ts';
import type { Finding } from './finding.ts';
import type { Held } from './record.ts';
import { jhtOf } from './savings.ts';

/** Percent that a reported wage may lie under the one that a member names: people round what they earn. */
const roundedBy = 5;
/** A number whose last contribution is older than the newest one by more than this is not paid for now. */
const paidNow = 2;

/** The wage that is reported for a member now, over all employed numbers that are paid for now; null where there is none. */
export function reportedNow(
  all: readonly Held[],
): { readonly wage: Rupiah; readonly month: Month; readonly highest: Held } | null {
  const newest = all.flatMap((held) => {
    const last = held.paid.at(-1);
    const { segment, active } = held.membership;
    return segment === 'PU' && active && last && last.wage !== null
      ? [{ held, month: last.month, wage: last.wage }]
      : [];
  });
  const month = newest
    .map((each) => each.month)
    .toSorted()
    .at(-1);
  if (month === undefined) return null;
  const now = newest.filter((each) => each.month >= monthsLater(month, -paidNow));
  const [highest] = now.toSorted((a, b) => b.wage - a.wage);
  return highest ? { wage: sum(now.map(({ wage }) => wage)), month, highest: highest.held } : null;
}

/**
 * The reported wage, where it is lower by more than 5 % than what the member says they earn. Several jobs count together:
 * nobody says which one they mean.
 *
 * Source: PP 44 and 46/2015: contributions are a share of the wage, which is basic pay and fixed allowances. The employer
 * makes good what a member loses by a lower one.
 */
export function underSaid(all: readonly Held[], said: Rupiah | undefined): readonly Finding[] {
  const now = reportedNow(all);
  // In whole hundredths, as money may not pass through binary fractions.
  if (said === undefined || !now || now.wage * 100 >= said * (100 - roundedBy)) return [];
  const shortfall = rupiah(said - now.wage);
  const savings = jhtOf(shortfall, now.month) ?? null;
  return [{ is: 'under said', kpj: now.highest.membership.kpj, said, reported: now.wage, shortfall, savings }];
}
