import type { Day } from '../month.ts';
import { type Rupiah, rupiah } from '../rupiah.ts';
import { sum } from './percent.ts';
import { type Scholarship, type SchoolStage, scholarship, schoolFrom } from './scholarship.ts';
import { given, type Worked, worked } from './worked.ts';

/** What counts when a member has died of something else than work. */
export interface JkmCase {
  /** Whole years of JKM contributions. */
  readonly contributionYears: number;
  /** The stage that each child is in, or comes to next. */
  readonly children: readonly SchoolStage[];
  /** Whole months of membership without a gap, for who works for themselves (BPU) and died of illness. */
  readonly bpuMonths?: number;
}

/** What the family gets. */
export interface JkmBenefit {
  readonly grant: Rupiah;
  readonly periodic: Rupiah;
  readonly funeral: Rupiah;
  /** The three together, without scholarships. */
  readonly total: Rupiah;
  /** True where a BPU member was one for too short: only the funeral is paid. */
  readonly funeralOnly: boolean;
  /** At most, over the years: from three years of contributions on. */
  readonly scholarship: Scholarship;
}

/**
 * Death grant, periodic benefit at once and funeral: Rp42 million. BPU members who die of illness in their first three
 * months leave the funeral money only.
 *
 * Source: PP 82/2019; Permenaker 1/2025 art. 97A (BPU) and 103 (scholarship).
 */
export function jkmBenefit({ contributionYears, children, bpuMonths }: JkmCase, day: Day): Worked<JkmBenefit> {
  return worked(day, (of) => {
    const funeralOnly = bpuMonths !== undefined && bpuMonths < of('jkm.bpu_months');
    const grant = rupiah(funeralOnly ? 0 : of('jkm.grant'));
    const periodic = rupiah(funeralOnly ? 0 : of('jkm.periodic'));
    const funeral = rupiah(of('jkm.funeral'));
    const entitled = !funeralOnly && contributionYears >= of('scholarship.contribution_years') ? children : [];
    const years = entitled.map((stage) => given(schoolFrom(stage, day)));
    return {
      grant,
      periodic,
      funeral,
      total: sum([grant, periodic, funeral]),
      funeralOnly,
      scholarship: given(scholarship(years, day)),
    };
  });
}
