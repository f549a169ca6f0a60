import { runsOf } from '../jamsostek/check/record.ts';
import type { Month } from '../jamsostek/month.ts';
import type { Speech } from '../speech.ts';

/**
 * Months, oldest first, in as few words as they can be said: "Jan–Mar 2026, Jul 2026". Of more than `most` ranges the
 * newest are named, and the others counted.
 */
export function monthRanges(months: readonly Month[], speech: Speech, most = Number.POSITIVE_INFINITY): string {
  const runs = runsOf(months);
  const shown = runs.length > most ? runs.slice(-most) : runs;
  const named = shown.map((run) => speech.months(run[0], run.at(-1) ?? run[0])).join(', ');
  const others = months.length - shown.flat().length;
  return others === 0 ? named : speech.text('check.more_months', { months: named, count: others });
}
