import type { Month } from '../month.ts';
import type { Finding } from './finding.ts';
import { type Held, newestMissing, paysAlone } from './record.ts';
import { savingsFor } from './savings.ts';
import { nextJob } from './still-active.ts';

/**
 * The newest months of an active employed number, where they have to be on record and are not. Where another job has
 * begun since, the number is only still active.
 *
 * Source: PP 44, 45 and 46/2015: paid by the 15th of the next month.
 */
export function arrears(held: Held, all: readonly Held[], newest: Month): readonly Finding[] {
  const { kpj, active } = held.membership;
  if (!active || paysAlone(held) || nextJob(held, all) !== undefined) return [];
  const months = newestMissing(held, newest);
  return months.length === 0 ? [] : [{ is: 'arrears', kpj, months, savings: savingsFor(months, held) }];
}
