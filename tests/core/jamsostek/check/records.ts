import type { DemoFloor } from '../../../../src/backends/demo/floors.ts';
import type { DemoMember } from '../../../../src/backends/demo/members.ts';
import { monthsLater } from '../../../../src/core/jamsostek/benefits/calendar.ts';
import { percentOf } from '../../../../src/core/jamsostek/benefits/percent.ts';
import { checkContributions } from '../../../../src/core/jamsostek/check/check.ts';
import type { Finding } from '../../../../src/core/jamsostek/check/finding.ts';
import type { OnRecord } from '../../../../src/core/jamsostek/check/record.ts';
import { type Kpj, kpjSchema } from '../../../../src/core/jamsostek/kpj.ts';
import type { Account, Contribution, Segment, WageFloor } from '../../../../src/core/jamsostek/member.ts';
import { type Day, daySchema, type Month, monthSchema } from '../../../../src/core/jamsostek/month.ts';
import { type Rupiah, rupiah } from '../../../../src/core/jamsostek/rupiah.ts';

export const month = (text: string): Month => monthSchema.parse(text);
export const day = (text: string): Day => daySchema.parse(text);

/** Months as they are written down in a test: from one up to another, both with it. */
export function monthsOf(first: string, count: number): readonly Month[] {
  return Array.from({ length: count }, (_, index) => monthsLater(month(first), index));
}

/** A membership number of a test, with what was paid for it. */
export interface Job {
  readonly kpj?: string;
  readonly segment?: Segment;
  readonly active?: boolean;
  readonly paid: readonly Paid[];
}

export interface Paid {
  readonly month: Month;
  readonly wage: number | null;
  /** The day of the month after it when not said: the 20th. */
  readonly postedOn?: Day;
}

/** Months in a row that were paid for with one wage, or with what a month's number makes of it. */
export function paidFor(
  first: string,
  count: number,
  wage: number | ((at: number) => number | null) = 5_000_000,
): readonly Paid[] {
  return monthsOf(first, count).map((each, at) => ({
    month: each,
    wage: typeof wage === 'number' ? wage : wage(at),
  }));
}

/** What is on record of a member with these jobs; figures go up to the day before `today`, unless said. */
export function onRecord(
  jobs: readonly Job[],
  more: {
    readonly today?: string;
    readonly asOf?: string;
    readonly wage?: number;
    readonly floors?: readonly (readonly [year: number, amount: number])[];
  } = {},
): OnRecord {
  const numbered = jobs.map((job, index) => ({ ...job, kpj: kpjSchema.parse(job.kpj ?? `9900000000${index}`) }));
  const today = day(more.today ?? '2026-11-22');
  const contributions = numbered.flatMap(({ kpj, segment, paid }) =>
    paid.map((each) => contributionOf(kpj, segment ?? 'PU', each)),
  );
  const account: Account = {
    name: 'Anggota Contoh',
    total: rupiah(0),
    asOf: day(more.asOf ?? today),
    lastContribution: null,
    claimInProgress: false,
    memberships: numbered.map(({ kpj, segment = 'PU', active = true, paid }, index) => ({
      kpj,
      segment,
      employer: segment === 'PU' || segment === 'JAKON' ? `PT Contoh ${index + 1}` : null,
      active,
      balance: rupiah(0),
      firstContribution: paid.at(0)?.month ?? null,
      lastContribution: paid.at(-1)?.month ?? null,
    })),
  };
  const floors = numbered.flatMap(({ kpj }): WageFloor[] =>
    (more.floors ?? []).map(([year, amount]) => ({ kpj, year, amount: rupiah(amount) })),
  );
  return {
    account,
    contributions,
    floors,
    today,
    ...(more.wage !== undefined && { said: { wage: rupiah(more.wage) } }),
  };
}

function contributionOf(kpj: Kpj, segment: Segment, paid: Paid): Contribution {
  const wage: Rupiah | null = paid.wage === null ? null : rupiah(paid.wage);
  return {
    month: paid.month,
    kpj,
    employer: null,
    wage,
    amount: wage === null ? rupiah(100_000) : percentOf(wage, segment === 'BPU' ? 2 : 5.7),
    postedOn: paid.postedOn ?? day(`${monthsLater(paid.month, 1)}-20`),
  };
}

/** What a check finds. */
export function found(record: OnRecord): readonly Finding[] {
  return checkContributions(record).findings;
}

/** The kinds of what a check finds, in their order. */
export function kinds(record: OnRecord): readonly Finding['is'][] {
  return found(record).map(({ is }) => is);
}

/** What is on record of a demo member. */
export function demoRecord(
  { name, asOf, memberships, claimInProgress }: DemoMember,
  floors: readonly DemoFloor[],
  today: Day,
): OnRecord {
  const account: Account = {
    name,
    asOf,
    total: rupiah(0),
    claimInProgress,
    lastContribution: null,
    memberships: memberships.map(({ kpj, segment, employer, active, contributions }) => ({
      kpj,
      segment,
      employer,
      active,
      balance: rupiah(0),
      firstContribution: contributions.at(0)?.month ?? null,
      lastContribution: contributions.at(-1)?.month ?? null,
    })),
  };
  return {
    account,
    contributions: memberships.flatMap(({ kpj, employer, contributions }) =>
      contributions.map(
        ({ month, wage, amount, postedOn }): Contribution => ({ month, kpj, employer, wage, amount, postedOn }),
      ),
    ),
    floors: memberships.flatMap(({ kpj, wageRegion }) =>
      floors.flatMap(({ region, year, amount }): WageFloor[] => (region === wageRegion ? [{ kpj, year, amount }] : [])),
    ),
    today,
  };
}
