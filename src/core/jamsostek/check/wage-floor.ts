import type { WageFloor } from '../member.ts';
import { rupiah } from '../rupiah.ts';
import type { Finding } from './finding.ts';
import type { Held } from './record.ts';

/** One month alone is unpaid leave, or one that began or ended in its middle. */
const leastMonths = 2;

/**
 * Months whose reported wage lies under the minimum wage of their year. Years without a known minimum are passed over.
 *
 * Source: PP 44 and 46/2015: the reported wage is not under the legal minimum; the minimum itself comes from the registry.
 */
export function underFloor({ membership, paid }: Held, floors: readonly WageFloor[]): readonly Finding[] {
  const { kpj, segment } = membership;
  if (segment !== 'PU') return [];
  const floorOf = new Map(floors.flatMap((floor) => (floor.kpj === kpj ? [[floor.year, floor.amount]] : [])));
  const under = paid.flatMap(({ month, wage }) => {
    const floor = floorOf.get(Number(month.slice(0, 4)));
    return wage !== null && floor !== undefined && wage < floor ? [{ month, wage, floor }] : [];
  });
  const newest = under.at(-1);
  if (!newest || under.length < leastMonths) return [];
  const { wage: reported, floor } = newest;
  const months = under.map(({ month }) => month);
  return [{ is: 'under floor', kpj, months, reported, floor, shortfall: rupiah(floor - reported) }];
}
