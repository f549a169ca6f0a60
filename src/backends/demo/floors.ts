import { type Rupiah, rupiah } from '../../core/jamsostek/rupiah.ts';
import type { DemoMember } from './members.ts';
import { demoWage, regionName, wageRegions } from './rates.ts';

/** The minimum wage of a demo region in a year, in rupiah a month. */
export interface DemoFloor {
  readonly region: string;
  readonly year: number;
  readonly amount: Rupiah;
}

/**
 * The minimum wages that the demo members' wages are held against, for every year that one of them has contributed for.
 * Invented like the wages themselves: no district's real minimum wage is among them, and they must never be shown as one.
 */
export function demoFloors(members: readonly DemoMember[]): readonly DemoFloor[] {
  const months = members.flatMap(({ memberships }) =>
    memberships.flatMap(({ contributions }) => contributions.map(({ month }) => month)),
  );
  const years = [...new Set(months.map((month) => Number(month.slice(0, 4))))].sort((a, b) => a - b);
  return wageRegions.flatMap((region) =>
    years.map((year) => ({ region: regionName(region), year, amount: rupiah(demoWage(region, 1, year)) })),
  );
}
