import type { Month } from '../month.ts';
import { type Rupiah, rupiah } from '../rupiah.ts';
import type { Finding } from './finding.ts';
import type { Held } from './record.ts';

/** A wage that is lower by so many percent than the ones before, or more, has dropped. */
const drop = 10;
/** It is held against the lowest of so many months before: one with a bonus makes the next ones no lower. */
const monthsBefore = 3;
/** A single month before is not enough to hold another against. */
const leastBefore = 2;
/** A drop that goes on is told after so many months: one odd month is unpaid leave, or one that began in its middle. */
const goesOnFor = 3;
/** A drop that is over is told only when it lasted for so many months. */
const lastedFor = 12;

interface Reported {
  readonly month: Month;
  readonly wage: Rupiah;
}

/**
 * The newest lasting drop of the wage that is reported for an employed number. One odd month, or some that are over, are
 * not told: unpaid leave, short time and a month that began in its middle are normal.
 *
 * Source: PP 46/2015: contributions are a share of the wage; what counts as a drop is our own choice.
 */
export function wageDrop({ membership, paid }: Held): readonly Finding[] {
  if (membership.segment !== 'PU') return [];
  const reported = paid.flatMap(({ month, wage }): Reported[] => (wage === null ? [] : [{ month, wage }]));
  for (let at = reported.length - goesOnFor; at >= leastBefore; at -= 1) {
    const after = reported.slice(at);
    const [first] = after;
    const before = rupiah(Math.min(...wagesOf(reported.slice(Math.max(0, at - monthsBefore), at))));
    const over = after.findIndex(({ wage }) => !hasDropped(wage, before));
    if (!first || (over !== -1 && over < lastedFor)) continue;
    const highest = Math.max(...wagesOf(after.slice(0, goesOnFor)));
    return [{ is: 'wage dropped', kpj: membership.kpj, from: first.month, before, after: rupiah(highest) }];
  }
  return [];
}

function hasDropped(wage: Rupiah, before: Rupiah): boolean {
  // In whole hundredths, as money may not pass through binary fractions.
  return wage * 100 <= before * (100 - drop);
}

function wagesOf(reported: readonly Reported[]): readonly Rupiah[] {
  return reported.map(({ wage }) => wage);
}
