import { z } from 'zod';
import { branded } from '../../core/brand.ts';
import { kpjSchema } from '../../core/jamsostek/kpj.ts';
import {
  type Account,
  type Contribution,
  type Holder,
  type MemberOnFile,
  type MemberRef,
  type Membership,
  nobody,
  type SavingsYear,
  segments,
  type WageFloor,
} from '../../core/jamsostek/member.ts';
import { daySchema, type Month, monthSchema } from '../../core/jamsostek/month.ts';
import { type Nik, nikLength } from '../../core/jamsostek/nik.ts';
import { phoneSchema } from '../../core/jamsostek/phone.ts';
import { rupiah, rupiahSchema } from '../../core/jamsostek/rupiah.ts';
import type { Registry } from '../../core/services.ts';
import { asking } from './asking.ts';
import type { Database } from './database.ts';

/** Members and what they have, out of the database. One round trip for each call. */
export function postgresRegistry({ pool }: Database): Registry {
  const ask = asking(pool, 'registry');
  return {
    memberByNik: (nik) => ask('select * from bot.member_by_nik($1)', [nik], memberRows, true),
    memberByKpj: (kpj) => ask('select * from bot.member_by_kpj($1)', [kpj], memberByKpjRows, true),
    memberByRef: (ref) => ask('select * from bot.member_by_ref($1)', [ref], memberRows, true),
    account: (ref) => ask('select * from bot.account($1)', [ref], atMostOne(accountRow), true),
    contributions: (ref, most) =>
      ask('select * from bot.contributions($1, $2)', [ref, most], z.array(contributionRow), true),
    years: (ref) => ask('select * from bot.years($1)', [ref], z.array(yearRow), true),
    floors: (ref) => ask('select * from bot.floors($1)', [ref], z.array(floorRow), true),
    holder: (ref) => ask('select * from bot.holder($1)', [ref], atMostOne(holderRow), true),
  };
}

/** The one row there is, or null. */
function atMostOne<Row>(row: z.ZodType<Row>) {
  return z
    .array(row)
    .max(1)
    .transform(([first]) => first ?? null);
}

const memberRow = z.object({
  ref: z.string().transform((ref) => branded<MemberRef>(ref)),
  phone: phoneSchema.nullable(),
  deceased: z.boolean(),
});

const nik = z
  .string()
  .length(nikLength)
  .transform((digits) => branded<Nik>(digits));

/** One row in any case; nobody's where there is no such member. */
function knownRow<Row extends MemberOnFile>(row: z.ZodType<Row>) {
  return z.tuple([row]).transform(([first]): Row | null => (first.ref === nobody ? null : first));
}

const memberRows = knownRow(memberRow);
const memberByKpjRows = knownRow(memberRow.extend({ nik }));

const membershipRow = z.object({
  kpj: kpjSchema,
  segment: z.enum(segments),
  employer: z.string().nullable(),
  active: z.boolean(),
  balance: rupiahSchema,
  lastContribution: monthSchema.nullable(),
  firstContribution: monthSchema.nullable(),
}) satisfies z.ZodType<Membership>;

const accountRow = z
  .object({ name: z.string(), as_of: daySchema, claim_in_progress: z.boolean(), memberships: z.array(membershipRow) })
  .transform(
    ({ name, as_of, claim_in_progress, memberships }): Account => ({
      name,
      total: rupiah(memberships.reduce((sum, { balance }) => sum + balance, 0)),
      asOf: as_of,
      lastContribution: latest(memberships.map(({ lastContribution }) => lastContribution)),
      memberships,
      claimInProgress: claim_in_progress,
    }),
  );

/** Whole rupiah in a `bigint`, which the driver gives as text. */
const money = z
  .string()
  .regex(/^-?\d+$/)
  .transform(Number)
  .pipe(rupiahSchema);

const contributionRow = z
  .object({
    month: monthSchema,
    kpj: kpjSchema,
    employer: z.string().nullable(),
    wage: money.nullable(),
    amount: money,
    posted_on: daySchema,
  })
  .transform(({ posted_on, ...row }): Contribution => ({ ...row, postedOn: posted_on }));

const yearRow = z
  .object({ kpj: kpjSchema, year: z.int(), contributed: money, growth: money, paid_out: money })
  .transform(({ paid_out, ...row }): SavingsYear => ({ ...row, paidOut: paid_out }));

const floorRow = z.object({ kpj: kpjSchema, year: z.int(), amount: money }) satisfies z.ZodType<WageFloor>;

const holderRow = z.object({ name: z.string(), nik }) satisfies z.ZodType<Holder>;

function latest(months: readonly (Month | null)[]): Month | null {
  return months.reduce((last, month) => (month !== null && (last === null || month > last) ? month : last), null);
}
