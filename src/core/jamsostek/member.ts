import { type Brand, branded } from '../brand.ts';
import type { Kpj } from './kpj.ts';
import type { Day, Month } from './month.ts';
import type { Nik } from './nik.ts';
import type { Phone } from './phone.ts';
import type { Rupiah } from './rupiah.ts';

/** The registry's own reference of a member, a UUID: opaque, and worth nothing to anybody outside. */
export type MemberRef = Brand<string, 'MemberRef'>;

/** What is known of a member before they have shown who they are: only what sending a code takes. */
export interface MemberOnFile {
  readonly ref: MemberRef;
  /** The phone on file; null when there is none. */
  readonly phone: Phone | null;
  /** A member who has died: no code is sent; heirs go to a branch. */
  readonly deceased: boolean;
}

/**
 * Why somebody is a member: wage earner (PU), own account (BPU), migrant worker (PMI), construction worker (Jakon).
 * Jakon has no old-age savings (JHT); for BPU and PMI they are optional.
 */
export const segments = ['PU', 'BPU', 'PMI', 'JAKON'] as const;
export type Segment = (typeof segments)[number];

/** One membership number and what has been saved under it. */
export interface Membership {
  readonly kpj: Kpj;
  readonly segment: Segment;
  /** The employer's name; null for those who work for themselves. */
  readonly employer: string | null;
  readonly active: boolean;
  /** JHT balance under this number: contributions, growth, less what was paid out. */
  readonly balance: Rupiah;
  /** The last month that a JHT contribution was posted for; null when there never was one. */
  readonly lastContribution: Month | null;
  /** The first month that a JHT contribution was posted for; null when there never was one. */
  readonly firstContribution: Month | null;
}

/** A member's JHT account: what "cek saldo" shows. */
export interface Account {
  readonly name: string;
  /** The sum over all membership numbers. */
  readonly total: Rupiah;
  /** The day up to which contributions and growth are counted. */
  readonly asOf: Day;
  readonly lastContribution: Month | null;
  /** Active ones first, then by last contribution, newest first. */
  readonly memberships: readonly Membership[];
  /** True while a claim is being worked on: the balance can change any day. */
  readonly claimInProgress: boolean;
}

/** One month's JHT contribution as it was posted. */
export interface Contribution {
  readonly month: Month;
  readonly kpj: Kpj;
  readonly employer: string | null;
  /** The wage that the employer reported, for BPU the bracket's base; null for PMI, who choose an amount. */
  readonly wage: Rupiah | null;
  /** Employer's and worker's share together: 5.7 % of the wage (PP 46/2015); BPU 2 % of the bracket's base. */
  readonly amount: Rupiah;
  /** The day the payment was posted. */
  readonly postedOn: Day;
}

/** One calendar year of one membership number. The running year goes up to the account's `asOf`. */
export interface SavingsYear {
  readonly kpj: Kpj;
  readonly year: number;
  /** Paid in during the year: by the day that it was posted, not by the month that it was for. */
  readonly contributed: Rupiah;
  readonly growth: Rupiah;
  readonly paidOut: Rupiah;
}

/** The lowest monthly wage that may be reported for a membership number in a year: the legal minimum where its employer is. */
export interface WageFloor {
  readonly kpj: Kpj;
  readonly year: number;
  readonly amount: Rupiah;
}

/** Who a document is made out to. */
export interface Holder {
  readonly name: string;
  readonly nik: Nik;
}

/**
 * The reference that stands for nobody: the challenge of an unknown NIK holds it, so that unknown and known members go
 * exactly the same way. No member ever has it.
 */
export const nobody = branded<MemberRef>('00000000-0000-0000-0000-000000000000');
