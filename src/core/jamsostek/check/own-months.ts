import { firstDay } from '../benefits/calendar.ts';
import { figure } from '../figures/figures.ts';
import type { Month } from '../month.ts';
import type { Finding } from './finding.ts';
import { gapsIn, type Held, newestMissing, paysAlone } from './record.ts';

/**
 * Months that a BPU or PMI member has not paid JHT for: nobody else pays for them. An active number is held against the
 * newest month, too; after more than three months in a row BPU are not covered any more.
 *
 * Source: Permenaker 5/2021 art. 41 and 44, by `bpu.inactive_months`; for PMI, Permenaker 4/2023 says nothing of it.
 */
export function ownMonths(held: Held, newest: Month): readonly Finding[] {
  if (!paysAlone(held)) return [];
  const { kpj, segment, active } = held.membership;
  const newestOnes = active ? newestMissing(held, newest) : [];
  const months = [...gapsIn(held, newest), ...newestOnes];
  if (months.length === 0) return [];
  const most = figure('bpu.inactive_months', firstDay(newest));
  const lapsed = segment === 'BPU' && most !== undefined && newestOnes.length > most;
  return [{ is: 'own months', kpj, months, newest: newestOnes.length, lapsed }];
}
