import { lastDayOfDueMonth } from './deadline.ts';
import type { Finding } from './finding.ts';
import { type Held, paysAlone } from './record.ts';

/**
 * Months of an employed number that were posted after the month in which they were due. A payment some days after the
 * 15th is nothing that a member would ask about, as it takes days to be posted; one a month later has lost growth.
 *
 * Source: PP 44, 45 and 46/2015: paid by the 15th of the next month, 2 % a month where it is late.
 */
export function lateMonths(held: Held): readonly Finding[] {
  if (paysAlone(held)) return [];
  const months = held.paid
    .filter(({ month, postedOn }) => postedOn > lastDayOfDueMonth(month))
    .map(({ month }) => month);
  return months.length === 0 ? [] : [{ is: 'late', kpj: held.membership.kpj, months }];
}
