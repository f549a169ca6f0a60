import type { Day } from '../month.ts';
import { type Rupiah, rupiah } from '../rupiah.ts';
import { dayMonthsLater } from './calendar.ts';
import { atMost, percentOf } from './percent.ts';
import { type Worked, worked } from './worked.ts';

/** The cash of JKP. */
export interface JkpBenefit {
  readonly monthly: Rupiah;
  /** At most: it ends with a new job. */
  readonly months: number;
  readonly total: Rupiah;
  /** True where the wage is above what is counted. */
  readonly capped: boolean;
}

/** 60 % of the last reported wage, which counts up to Rp5 million, for up to 6 months. Source: PP 6/2025. */
export function jkpBenefit(wage: Rupiah, day: Day): Worked<JkpBenefit> {
  return worked(day, (of) => {
    const ceiling = of('jkp.ceiling');
    const monthly = percentOf(atMost(ceiling, wage), of('jkp.cash_rate'));
    const months = of('jkp.months');
    return { monthly, months, total: rupiah(monthly * months), capped: wage > ceiling };
  });
}

/** Ways that work ends which JKP is for: dismissal (PHK), and a contract (PKWT) that was ended before its time. */
const covered = ['dismissed', 'contract_cut_short'] as const;
/** Ways that work ends which JKP is not for. */
const notCovered = ['contract_ended', 'resigned', 'totally_disabled', 'retired', 'died'] as const;

/** Every way that work ends. */
export const jobEnds = [...covered, ...notCovered] as const;
export type JobEnd = (typeof jobEnds)[number];

/** What decides whether JKP is paid. */
export interface JkpCase {
  readonly reason: JobEnd;
  /** Months with contributions among the last 24. */
  readonly paidMonthsIn24: number;
  /** The day work ended, where it is known: a claim lapses six months later. */
  readonly endedOn?: Day;
}

/** Whether the conditions that can be asked in a chat are met; the officer looks at the rest. */
export type JkpEligibility =
  | { readonly eligible: true }
  | { readonly eligible: false; readonly because: 'reason' }
  /** The last day that one could have claimed. */
  | { readonly eligible: false; readonly because: 'lapsed'; readonly lapsedAfter: Day }
  | { readonly eligible: false; readonly because: 'months'; readonly missingMonths: number };

/**
 * Whether JKP is paid: for the way work ended, claimed in time, and with 12 months of contributions within the last 24,
 * which need not be in a row. What cannot be helped any more is named first.
 *
 * Source: PP 37/2021 as changed by PP 6/2025.
 */
export function jkpEligible({ reason, paidMonthsIn24, endedOn }: JkpCase, day: Day): Worked<JkpEligibility> {
  return worked(day, (of): JkpEligibility => {
    const lapsedAfter = endedOn && dayMonthsLater(endedOn, of('jkp.claim_months'));
    const missingMonths = of('jkp.paid_months') - paidMonthsIn24;
    if (!covered.some((each) => each === reason)) return { eligible: false, because: 'reason' };
    if (lapsedAfter !== undefined && day > lapsedAfter) return { eligible: false, because: 'lapsed', lapsedAfter };
    if (missingMonths > 0) return { eligible: false, because: 'months', missingMonths };
    return { eligible: true };
  });
}
