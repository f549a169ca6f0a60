import type { Finding } from './finding.ts';
import type { Held } from './record.ts';

/** Who changes jobs within a month is paid for twice in it. */
const leastMonths = 2;

/**
 * Pairs of employed numbers that were paid for in the same months: a note, as it is right for who has two jobs. A member
 * who has only one can see that something was mixed up.
 *
 * Source: UU 24/2011 art. 13: one number for each member, and so each employer's contributions are theirs.
 */
export function twoEmployers(all: readonly Held[]): readonly Finding[] {
  const employed = all.filter(({ membership }) => membership.segment === 'PU');
  return employed.flatMap((one, index) => {
    const paid = new Set(one.paid.map(({ month }) => month));
    return employed.slice(index + 1).flatMap((other): Finding[] => {
      const months = other.paid.map(({ month }) => month).filter((month) => paid.has(month));
      if (months.length < leastMonths) return [];
      return [{ is: 'two employers', kpj: one.membership.kpj, other: other.membership.kpj, months }];
    });
  });
}
