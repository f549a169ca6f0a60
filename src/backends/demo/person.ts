import type { Segment } from '../../core/jamsostek/member.ts';
import type { WageRegion } from './rates.ts';

/** What each demo member is there to show. */
export const scenarios = [
  'one KPJ',
  'several KPJ',
  'several employers',
  'missing months',
  'under-reported wage',
  'arrears',
  'BPU',
  'migrant',
  'construction',
  'near pension',
  'balance 0',
  'balance over Rp50 million',
  'no phone on file',
  'changed phone',
  'claim in progress',
  'deceased',
  'inactive',
  '25 years of history',
  'new member',
  'late months',
  'wage dropped',
  'two employers',
  'still active',
] as const;
export type Scenario = (typeof scenarios)[number];

/** One membership number and how it was paid for. Months are counted back from the month that figures end with. */
export interface Work {
  readonly segment: Segment;
  readonly employer: string | null;
  readonly region: WageRegion;
  /** PU: the wage as a multiple of the region's minimum; BPU: the bracket's base; PMI: the chosen amount, in rupiah. */
  readonly pay: number;
  /** The first month paid for, and the last. */
  readonly from: number;
  readonly to: number;
  readonly active: boolean;
  /** Months in between that nobody paid for. */
  readonly missing: readonly number[];
  /** Months that were paid for late, all on one day of the month `paidIn`; null when none were. */
  readonly late: { readonly months: readonly number[]; readonly paidIn: number } | null;
  /** From this month on the wage is this share of what it was; null when it never fell. */
  readonly drop: { readonly from: number; readonly share: number } | null;
  /** Paid out after the last month: everything, or this share of it. */
  readonly paidOut: number;
}

/** A demo member before anything is reckoned. Invented: no real person is meant. */
export interface Person {
  readonly name: string;
  readonly female: boolean;
  /** District of the first registration: the NIK's first six digits. */
  readonly district: string;
  /** `YYYY-MM-DD`; near-pension members are so in the years around 2026. */
  readonly born: string;
  readonly scenario: Scenario;
  readonly works: readonly Work[];
}

type Details = Partial<Omit<Work, 'segment' | 'employer' | 'region'>>;

/** Employed now. Wages are posted the month after: the last month paid for is the one before the figures end. */
export function job(employer: string, region: WageRegion, from: number, details: Details = {}): Work {
  const standard = { pay: 1.1, to: 1, active: true, missing: [], late: null, drop: null, paidOut: 0 };
  return { segment: 'PU', employer, region, from, ...standard, ...details };
}

/** Employed once. */
export function left(employer: string, region: WageRegion, from: number, to: number, details: Details = {}): Work {
  return job(employer, region, from, { to, active: false, ...details });
}

/** On one's own account, with the bracket's base. */
export function own(base: number, from: number, details: Details = {}): Work {
  return { ...job('', 'low', from, { to: 0, pay: base, ...details }), segment: 'BPU', employer: null };
}

/** Working abroad, with the amount that was chosen. */
export function abroad(amount: number, from: number): Work {
  return { ...own(amount, from), segment: 'PMI' };
}

/** Construction has no old-age savings: nothing is ever paid in. */
export function site(employer: string): Work {
  return { ...job(employer, 'middle', 0), segment: 'JAKON' };
}

export function person(
  scenario: Scenario,
  name: string,
  sex: 'f' | 'm',
  district: string,
  born: string,
  ...works: readonly Work[]
): Person {
  return { scenario, name, female: sex === 'f', district, born, works };
}
