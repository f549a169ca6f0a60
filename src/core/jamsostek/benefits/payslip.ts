import type { Month } from '../month.ts';
import { type Rupiah, rupiah } from '../rupiah.ts';
import { firstDay } from './calendar.ts';
import { wageContributions } from './wage-contributions.ts';
import { given, type Worked, worked } from './worked.ts';

/** How a deduction for BPJS Ketenagakerjaan compares with what it should be. */
export interface PayslipCheck {
  /** 2 % for JHT. */
  readonly jht: Rupiah;
  /** 1 % for JP, up to the month's ceiling. */
  readonly jp: Rupiah;
  readonly expected: Rupiah;
  /**
   * `exact`: as it should be, however the payroll rounds. `jht_only`: JHT but no JP, which is as it should be in a micro or
   * small business (Perpres 109/2013 art. 6). `other`: neither.
   */
  readonly fits: 'exact' | 'jht_only' | 'other';
  /** What was deducted less what is expected: positive when too much was. */
  readonly difference: number;
  /** True where the wage is above the JP ceiling. */
  readonly capped: boolean;
}

/** A payroll may round each program up or down: so much off is still right. */
const rounding = 1;

/**
 * Whether what was deducted from a wage for a month is right. The reported wage counts, without allowances that change.
 *
 * Source: PP 45/2015, PP 46/2015.
 */
export function payslipCheck(wage: Rupiah, deducted: Rupiah, month: Month): Worked<PayslipCheck> {
  return worked(firstDay(month), () => {
    const { shares, worker: expected, jpCeiling } = given(wageContributions(wage, month));
    const own = (program: string) =>
      shares.find((share) => share.payer === 'worker' && share.program === program)?.amount ?? rupiah(0);
    const [jht, jp] = [own('JHT'), own('JP')];
    const difference = deducted - expected;
    const fits =
      Math.abs(difference) <= 2 * rounding ? 'exact' : Math.abs(deducted - jht) <= rounding ? 'jht_only' : 'other';
    return { jht, jp, expected, fits, difference, capped: wage > jpCeiling };
  });
}
