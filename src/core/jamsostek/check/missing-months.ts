import { monthsLater } from '../benefits/calendar.ts';
import type { Month } from '../month.ts';
import type { Finding } from './finding.ts';
import { gapsIn, type Held, paysAlone, runsOf } from './record.ts';
import { savingsFor } from './savings.ts';

/**
 * Months between the first and the last of an employed number that are not on record. Not those in which another number
 * took over and gave back: who came back to a former employer has often kept its number.
 *
 * Source: PP 44, 45 and 46/2015: every month has to be paid.
 */
export function missingMonths(held: Held, all: readonly Held[], newest: Month): readonly Finding[] {
  if (paysAlone(held)) return [];
  const months = runsOf(gapsIn(held, newest))
    .filter((run) => !workedElsewhere(run, held, all))
    .flat();
  if (months.length === 0) return [];
  return [{ is: 'missing', kpj: held.membership.kpj, months, savings: savingsFor(months, held) }];
}

/** Another number was paid for in all of these months, but not in the one before them. */
function workedElsewhere(run: readonly [Month, ...Month[]], held: Held, all: readonly Held[]): boolean {
  return all.some((other) => {
    if (other === held) return false;
    const paid = new Set(other.paid.map(({ month }) => month));
    return run.every((month) => paid.has(month)) && !paid.has(monthsLater(run[0], -1));
  });
}
