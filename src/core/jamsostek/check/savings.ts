import { firstDay } from '../benefits/calendar.ts';
import { percentOf, sum } from '../benefits/percent.ts';
import { figure } from '../figures/figures.ts';
import type { Month } from '../month.ts';
import type { Rupiah } from '../rupiah.ts';
import type { Held } from './record.ts';

/**
 * The JHT of a wage for a month, both shares together; undefined where the rate of that month is not known.
 *
 * Source: PP 46/2015, by `jht.rate`.
 */
export function jhtOf(wage: Rupiah, month: Month): Rupiah | undefined {
  const rate = figure('jht.rate', firstDay(month));
  return rate === undefined ? undefined : percentOf(wage, rate);
}

/**
 * About how much JHT some months would have come to, by the wage that was reported last before each of them; without
 * growth. Null where a wage or a rate is not known: half an amount would mislead.
 */
export function savingsFor(months: readonly Month[], { paid }: Held): Rupiah | null {
  const amounts: Rupiah[] = [];
  for (const month of months) {
    const wage = paid.findLast((each) => each.month < month && each.wage !== null)?.wage;
    const amount = wage ? jhtOf(wage, month) : undefined;
    if (amount === undefined) return null;
    amounts.push(amount);
  }
  return sum(amounts);
}
