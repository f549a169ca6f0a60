import type { Day } from '../month.ts';
import { type Rupiah, rupiah } from '../rupiah.ts';
import { atMost, sum } from './percent.ts';
import { type FigureOf, type Worked, worked } from './worked.ts';

/** Where a child is at school, youngest first; `primary` begins with kindergarten. */
export const schoolStages = ['primary', 'middle', 'high', 'university'] as const;
export type SchoolStage = (typeof schoolStages)[number];

/** The years that a child still has in each stage; more than the scholarship pays for do not count. */
export type SchoolYears = Readonly<Partial<Record<SchoolStage, number>>>;

/** The scholarships of a family. */
export interface Scholarship {
  /** For each child that gets one, the highest first. */
  readonly children: readonly Rupiah[];
  /** At most Rp174 million in all. */
  readonly total: Rupiah;
}

/**
 * The most that a family's children can get until they leave school; paid year by year, to those under 23 who are neither
 * married nor working. Where there are more children than scholarships, those count that get most.
 *
 * Source: PP 82/2019; Permenaker 5/2021.
 */
export function scholarship(children: readonly SchoolYears[], day: Day): Worked<Scholarship> {
  return worked(day, (of) => {
    const amounts = children
      .map((years) => amountFor(years, of))
      .toSorted((a, b) => b - a)
      .slice(0, of('scholarship.children'));
    // Two children's whole school comes to exactly the maximum today; it holds should one of the amounts be raised.
    return { children: amounts, total: atMost(of('scholarship.max'), sum(amounts)) };
  });
}

/** All years from the beginning of the stage that a child is in: the most that can be left of them. */
export function schoolFrom(stage: SchoolStage, day: Day): Worked<SchoolYears> {
  return worked(day, (of) =>
    Object.fromEntries(
      schoolStages.slice(schoolStages.indexOf(stage)).map((each) => [each, of(`scholarship.${each}_years`)]),
    ),
  );
}

function amountFor(years: SchoolYears, of: FigureOf): Rupiah {
  return sum(
    schoolStages.map((stage) =>
      rupiah(Math.min(years[stage] ?? 0, of(`scholarship.${stage}_years`)) * of(`scholarship.${stage}`)),
    ),
  );
}
