import type { Month } from '../month.ts';
import { type Rupiah, rupiah } from '../rupiah.ts';
import { firstDay } from './calendar.ts';
import { atMost, percentOf, sum } from './percent.ts';
import { type Worked, worked } from './worked.ts';

/** How dangerous an employer's trade is, from 1 (very low) to 5 (very high): sets the JKK rate. */
export const riskClasses = [1, 2, 3, 4, 5] as const;
export type RiskClass = (typeof riskClasses)[number];

/** One payer's contribution to one program. */
export interface WageShare {
  readonly program: 'JHT' | 'JP' | 'JKK' | 'JKM' | 'JKP';
  readonly payer: 'employer' | 'worker' | 'government';
  /** Percent of `base`. */
  readonly rate: number;
  /** The wage, or the ceiling that it counts up to. */
  readonly base: Rupiah;
  readonly amount: Rupiah;
}

/** What is paid for one month of a wage earner (PU). */
export interface WageContributions {
  readonly shares: readonly WageShare[];
  /** What comes off the pay slip. */
  readonly worker: Rupiah;
  /** Without JKK where the risk class is not given. */
  readonly employer: Rupiah;
  readonly government: Rupiah;
  /** All three together. */
  readonly total: Rupiah;
  /** The wage that JP counts up to in that month. */
  readonly jpCeiling: Rupiah;
  /** How much of the employer's JKK goes on to JKP; it costs nobody anything more. */
  readonly jkpOutOfJkk: Rupiah;
}

/**
 * The contributions of a wage earner *for* a month, by program and payer, each in whole rupiah (half goes up).
 *
 * The figures are those of the month's first day. So JP of January and February still counts up to last year's ceiling,
 * which changes in March; where the ceiling of the month is not known, nothing is worked out.
 *
 * Source: PP 44, 45 and 46/2015; JKP: PP 6/2025 art. 11 and 21.
 */
export function wageContributions(
  wage: Rupiah,
  month: Month,
  { riskClass }: { readonly riskClass?: RiskClass } = {},
): Worked<WageContributions> {
  return worked(firstDay(month), (of) => {
    const share = (
      program: WageShare['program'],
      payer: WageShare['payer'],
      rate: number,
      ceiling: number = wage,
    ): WageShare => {
      const base = atMost(ceiling, wage);
      return { program, payer, rate, base, amount: percentOf(base, rate) };
    };
    const jpCeiling = of('jp.ceiling');
    const jkpCeiling = of('jkp.ceiling');
    const shares = [
      share('JHT', 'employer', of('jht.rate_employer')),
      share('JHT', 'worker', of('jht.rate_worker')),
      share('JP', 'employer', of('jp.rate_employer'), jpCeiling),
      share('JP', 'worker', of('jp.rate_worker'), jpCeiling),
      ...(riskClass === undefined ? [] : [share('JKK', 'employer', of(`jkk.rate_${riskClass}`))]),
      share('JKM', 'employer', of('jkm.rate')),
      share('JKP', 'government', of('jkp.rate_government'), jkpCeiling),
    ];
    const paidBy = (payer: WageShare['payer']) =>
      sum(shares.filter((share) => share.payer === payer).map(({ amount }) => amount));
    return {
      shares,
      worker: paidBy('worker'),
      employer: paidBy('employer'),
      government: paidBy('government'),
      total: sum(shares.map(({ amount }) => amount)),
      jpCeiling: rupiah(jpCeiling),
      jkpOutOfJkk: percentOf(atMost(jkpCeiling, wage), of('jkp.rate_jkk')),
    };
  });
}
