import { describe, expect, it } from 'vitest';
import { demoFloors } from '../../../src/backends/demo/floors.ts';
import { type DemoMember, demoMembers } from '../../../src/backends/demo/members.ts';
import { scenarios } from '../../../src/backends/demo/person.ts';
import { daySchema } from '../../../src/core/jamsostek/month.ts';
import { phoneSchema } from '../../../src/core/jamsostek/phone.ts';

const today = daySchema.parse('2026-11-22');
const members = demoMembers(today);
const memberships = members.flatMap((member) => member.memberships.map((membership) => ({ member, ...membership })));
const of = (...wanted: readonly string[]) => members.filter(({ scenario }) => wanted.includes(scenario));

const sum = (entries: readonly { readonly amount: number }[]) => entries.reduce((all, { amount }) => all + amount, 0);
const balance = ({ memberships }: DemoMember) =>
  memberships.reduce((all, each) => all + sum(each.contributions) + sum(each.growth) - sum(each.payouts), 0);
const months = ({ memberships }: DemoMember) =>
  memberships.flatMap((each) => each.contributions.map(({ month }) => month));
const monthNumber = (month: string) => Number(month.slice(0, 4)) * 12 + Number(month.slice(5, 7));
const yearOfBirth = ({ nik }: DemoMember) => {
  const year = Number(nik.slice(10, 12));
  return year < 30 ? 2000 + year : 1900 + year;
};

describe('demo members', () => {
  it('are 50 or more, the plainest first, and show every scenario', () => {
    expect(members.length).toBeGreaterThanOrEqual(50);
    expect(new Set(members.map(({ scenario }) => scenario))).toEqual(new Set(scenarios));
    const [first, second] = members;
    expect(first).toMatchObject({ scenario: 'one KPJ', memberships: [{ active: true }] });
    expect(first?.phone).toMatch(/^\+628/);
    expect(second?.scenario).toBe('several KPJ');
    expect(second?.memberships.length).toBeGreaterThan(1);
  });

  it('share no NIK, name, reference, phone or KPJ', () => {
    for (const all of [
      members.map(({ nik }) => nik),
      members.map(({ name }) => name),
      members.map(({ ref }) => ref),
      members.flatMap(({ phone }) => phone ?? []),
      memberships.map(({ kpj }) => kpj),
    ]) {
      expect(new Set(all).size).toBe(all.length);
    }
  });

  it('have NIKs, phones and numbers in the right form that belong to nobody', () => {
    for (const { nik, phone, ref } of members) {
      // Province 11–97, district, day (a woman's is 40 more), month, year, and a serial that is not reached anywhere.
      expect(nik).toMatch(/^(1[1-9]|[2-8]\d|9[0-7])\d{4}([04][1-9]|[1256]\d|[37][01])(0[1-9]|1[0-2])\d{2}9\d{3}$/);
      expect(ref).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-a[0-9a-f]{3}-[0-9a-f]{12}$/);
      expect(phone ?? '+6284000001000').toMatch(/^\+62840\d{8}$/);
      expect(phoneSchema.nullable().safeParse(phone).success).toBe(true);
    }
    for (const { kpj } of memberships) expect(kpj).toMatch(/^(\d{11}|02D\d{8})$/);
    expect(memberships.filter(({ kpj }) => kpj.includes('D')).length).toBeGreaterThan(2);
  });

  it('stay the same people on every day, and the same figures within a month', () => {
    const who = (member: DemoMember) => {
      const { nik, name, phone, ref, scenario } = member;
      return { nik, name, phone, ref, scenario, kpj: member.memberships.map(({ kpj }) => kpj) };
    };
    for (const day of ['2025-03-01', '2026-11-01', '2027-12-31', '2031-07-15']) {
      expect(demoMembers(daySchema.parse(day)).map(who)).toEqual(members.map(who));
    }
    expect(demoMembers(daySchema.parse('2026-11-30'))).toEqual(members);
    expect(members[0]).toMatchObject({ nik: '3273065703949275', phone: '+6284000001000' });
  });

  it('are reckoned up to the end of the month before', () => {
    expect(new Set(members.map(({ asOf }) => asOf))).toEqual(new Set(['2026-10-31']));
    expect(demoMembers(daySchema.parse('2028-03-01'))[0]?.asOf).toBe('2028-02-29');
    for (const { contributions, payouts } of memberships) {
      for (const { postedOn } of contributions) expect(postedOn <= '2026-10-31').toBe(true);
      for (const { paidOn } of payouts) expect(paidOn <= '2026-10-31').toBe(true);
    }
  });

  it('pay 5.7 % of a plausible wage, once a month, some days after the 15th of the next', () => {
    for (const { member, contributions } of memberships.filter(({ segment }) => segment === 'PU')) {
      // What is planted otherwise is in faults.test.ts.
      const plain = !['late months', 'wage dropped'].includes(member.scenario);
      expect(new Set(contributions.map(({ month }) => month)).size).toBe(contributions.length);
      let before = 0;
      for (const { month, wage, amount, postedOn } of contributions) {
        expect(amount * 1_000).toBe((wage ?? 0) * 57);
        expect(wage).toBeGreaterThanOrEqual(200_000);
        expect(wage).toBeLessThan(30_000_000);
        expect([0, 6]).not.toContain(new Date(postedOn).getUTCDay());
        if (!plain) continue;
        expect(wage).toBeGreaterThanOrEqual(before);
        before = wage ?? 0;
        expect(monthNumber(postedOn)).toBe(monthNumber(month) + 1);
        expect(Number(postedOn.slice(8))).toBeGreaterThanOrEqual(15);
        expect(Number(postedOn.slice(8))).toBeLessThanOrEqual(22);
      }
    }
  });

  it('work where a minimum wage is known for every year that was paid for, if they are employed', () => {
    const floors = demoFloors(members);
    for (const { segment, wageRegion, contributions } of memberships) {
      expect(wageRegion === null).toBe(segment !== 'PU');
      if (wageRegion === null) continue;
      const known = floors.filter(({ region }) => region === wageRegion).map(({ year }) => year);
      expect(new Set(known).size).toBe(known.length);
      for (const { month } of contributions) expect(known).toContain(Number(month.slice(0, 4)));
    }
    for (const { region, amount } of floors) {
      expect(region).toMatch(/^demo /);
      expect(amount % 1_000).toBe(0);
      expect(amount).toBeGreaterThan(0);
    }
  });

  it('pay 2 % of a bracket as BPU, a chosen amount abroad, and nothing in construction', () => {
    const paidIn = (wanted: string) =>
      memberships.filter(({ segment }) => segment === wanted).flatMap(({ contributions }) => contributions);
    for (const { wage, amount } of paidIn('BPU')) {
      expect(amount * 50).toBe(wage);
      expect(amount).toBeGreaterThanOrEqual(20_000);
    }
    for (const { wage, amount } of paidIn('PMI')) {
      expect(wage).toBeNull();
      expect(amount).toBeGreaterThanOrEqual(50_000);
    }
    const themselves = [...paidIn('BPU'), ...paidIn('PMI')];
    expect(themselves.length).toBeGreaterThan(100);
    for (const { month, postedOn } of themselves) expect(postedOn.startsWith(month)).toBe(true);
    expect(paidIn('JAKON')).toEqual([]);
  });

  it('grow by a plausible rate in whole rupiah, and are never below zero', () => {
    for (const member of members) {
      expect(balance(member)).toBeGreaterThanOrEqual(0);
      for (const { contributions, growth, payouts } of member.memberships) {
        for (const { amount } of [...contributions, ...growth, ...payouts]) {
          expect(Number.isSafeInteger(amount)).toBe(true);
          expect(amount).toBeGreaterThan(0);
        }
        let saved = 0;
        for (const { year, amount } of growth) {
          const paidIn = contributions.filter(({ postedOn }) => Number(postedOn.slice(0, 4)) === year);
          expect(amount).toBeLessThanOrEqual((saved + sum(paidIn)) * 0.072);
          saved += sum(paidIn) + amount;
        }
      }
    }
  });

  it('were grown up when they began, and are not past pension age unless they died', () => {
    for (const member of members.filter((member) => months(member).length > 0)) {
      const first = Math.min(...months(member).map(monthNumber));
      expect(first / 12 - yearOfBirth(member)).toBeGreaterThan(18);
      expect(2026 - yearOfBirth(member)).toBeLessThan(member.deceased ? 65 : 56);
    }
  });

  it('show what their scenario says', () => {
    const activeMonths = (member: DemoMember) => monthNumber('2026-10') - Math.max(...months(member).map(monthNumber));
    for (const member of of('one KPJ', 'new member', 'changed phone')) expect(member.memberships).toHaveLength(1);
    for (const member of of('several KPJ')) expect(member.memberships.length).toBeGreaterThan(1);
    for (const { memberships } of of('several employers')) {
      expect(new Set(memberships.map(({ employer }) => employer)).size).toBeGreaterThan(1);
    }
    for (const member of of('missing months')) {
      const all = months(member).map(monthNumber);
      expect(Math.max(...all) - Math.min(...all) + 1 - all.length).toBeGreaterThan(2);
    }
    for (const { memberships } of of('under-reported wage')) {
      expect(memberships[0]?.contributions.at(-1)?.wage).toBeLessThan(2_400_000);
    }
    for (const member of of('arrears')) {
      expect(member.memberships[0]?.active).toBe(true);
      expect(activeMonths(member)).toBeGreaterThan(5);
    }
    for (const { memberships } of of('two employers', 'still active')) {
      expect(memberships.map(({ active }) => active)).toEqual([true, true]);
    }
    for (const { memberships } of of('BPU')) expect(memberships[0]?.segment).toBe('BPU');
    for (const { memberships } of of('migrant')) expect(memberships[0]?.segment).toBe('PMI');
    for (const { memberships } of of('construction')) expect(memberships[0]?.segment).toBe('JAKON');
    for (const member of of('near pension')) expect(yearOfBirth(member)).toBe(1971);
    for (const member of of('balance 0')) {
      expect(balance(member)).toBe(0);
      expect(member.memberships[0]?.payouts).toHaveLength(1);
    }
    for (const member of of('balance over Rp50 million')) expect(balance(member)).toBeGreaterThan(50_000_000);
    expect(members.filter(({ phone }) => phone === null)).toEqual(of('no phone on file'));
    expect(members.filter(({ claimInProgress }) => claimInProgress)).toEqual(of('claim in progress'));
    expect(members.filter(({ deceased }) => deceased)).toEqual(of('deceased'));
    for (const member of of('inactive', 'deceased', 'claim in progress', 'balance 0')) {
      expect(member.memberships.some(({ active }) => active)).toBe(false);
    }
    for (const member of of('inactive')) expect(activeMonths(member)).toBeGreaterThan(35);
    for (const member of of('25 years of history')) expect(months(member)).toHaveLength(300);
    for (const member of of('new member')) expect(months(member).length).toBeLessThan(3);
  });
});
