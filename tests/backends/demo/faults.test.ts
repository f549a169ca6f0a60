import { describe, expect, it } from 'vitest';
import { type DemoFloor, demoFloors } from '../../../src/backends/demo/floors.ts';
import { type DemoMember, demoMembers } from '../../../src/backends/demo/members.ts';
import { endOf, monthOf, monthsAfter } from '../../../src/backends/demo/months.ts';
import type { Scenario } from '../../../src/backends/demo/person.ts';
import { daySchema, type Month, monthSchema } from '../../../src/core/jamsostek/month.ts';

type Membership = DemoMember['memberships'][number];

/** Every month of two years: what is planted moves along with them. */
const everybody = Array.from({ length: 24 }, (_, index) => {
  const day = daySchema.parse(`${monthsAfter(monthSchema.parse('2026-11'), index)}-22`);
  const members = demoMembers(day);
  return { day, members, floors: demoFloors(members) };
});

const of = (scenario: Scenario) =>
  everybody.flatMap(({ members }) => members.filter((member) => member.scenario === scenario));
const employed = ({ memberships }: DemoMember) => memberships.filter(({ segment }) => segment === 'PU');
const active = (member: DemoMember) => employed(member).filter((membership) => membership.active);
const contributions = (member: DemoMember) => employed(member).flatMap((membership) => membership.contributions);
const floorIn = (floors: readonly DemoFloor[], wanted: string | null, month: Month) =>
  floors.find(({ region, year }) => region === wanted && year === Number(month.slice(0, 4)))?.amount ?? Infinity;
/** Nothing was paid for since that many months ago. */
const unpaidFor = (months: number, { asOf }: DemoMember, membership: Membership) =>
  (membership.contributions.at(-1)?.month ?? '') <= monthsAfter(monthOf(asOf), -months);

/** Months that were posted after the end of the month that they were due in. */
function late(member: DemoMember) {
  return contributions(member).filter(({ month, postedOn }) => postedOn > endOf(monthsAfter(month, 1)));
}

/** Months whose wage is lower than the one before, with the share that is left. */
function falls(member: DemoMember) {
  return employed(member).flatMap((membership) =>
    membership.contributions.flatMap(({ month, wage }, index) => {
      const left = (wage ?? 0) / (membership.contributions[index - 1]?.wage ?? 1);
      return left < 1 ? [{ month, left }] : [];
    }),
  );
}

/** Months that more than one employer paid for. */
function paidTwice(member: DemoMember) {
  return [...Map.groupBy(contributions(member), ({ month }) => month).values()].filter(({ length }) => length > 1);
}

/** Whether a member has what the scenario is there to show. */
const faults: readonly [Scenario, (member: DemoMember, floors: readonly DemoFloor[]) => boolean][] = [
  [
    'under-reported wage',
    (member, floors) =>
      employed(member).some((membership) =>
        membership.contributions.some(({ month, wage }) => (wage ?? 0) < floorIn(floors, membership.wageRegion, month)),
      ),
  ],
  [
    'missing months',
    (member) =>
      employed(member).some((membership) =>
        membership.contributions.slice(1).some(({ month }, index) => {
          return membership.contributions[index]?.month !== monthsAfter(month, -1);
        }),
      ),
  ],
  [
    'arrears',
    (member) => active(member).length > 0 && active(member).every((membership) => unpaidFor(6, member, membership)),
  ],
  ['late months', (member) => late(member).length > 0],
  ['wage dropped', (member) => falls(member).length > 0],
  ['two employers', (member) => paidTwice(member).length > 0],
  [
    'still active',
    (member) => {
      const former = active(member).filter((membership) => unpaidFor(13, member, membership));
      return former.length > 0 && former.length < active(member).length;
    },
  ],
];

describe('what is wrong with contributions', () => {
  it.each(faults)('is there in the two demo members with "%s", and in nobody else', (scenario, has) => {
    for (const { day, members, floors } of everybody) {
      const found = members.filter((member) => has(member, floors));
      expect(
        found.map((member) => `${member.scenario}: ${member.name}`),
        day,
      ).toEqual(members.filter((member) => member.scenario === scenario).map(({ name }) => `${scenario}: ${name}`));
      expect(found, day).toHaveLength(2);
    }
  });

  it('is months paid for on one day, some 40 days late and more', () => {
    for (const member of of('late months')) {
      expect(late(member).length).toBeGreaterThan(1);
      expect(new Set(late(member).map(({ postedOn }) => postedOn)).size).toBe(1);
      for (const { month, postedOn } of late(member)) {
        expect(Date.parse(postedOn) - Date.parse(`${monthsAfter(month, 1)}-15`)).toBeGreaterThan(37 * 86_400_000);
      }
    }
  });

  it('is a wage that fell by some 40 % eight months ago, and has stayed so', () => {
    for (const member of of('wage dropped')) {
      const [fall, ...more] = falls(member);
      expect(more).toEqual([]);
      expect(fall?.month).toBe(monthsAfter(monthOf(member.asOf), -8));
      // The yearly raise is in it when it fell in January.
      expect(fall?.left).toBeGreaterThan(0.59);
      expect(fall?.left).toBeLessThan(0.65);
      const before = contributions(member).find(({ month }) => month === monthsAfter(monthOf(member.asOf), -9));
      for (const { month, wage } of contributions(member)) {
        if (month > (before?.month ?? '')) expect(wage).toBeLessThan((before?.wage ?? 0) * 0.65);
      }
    }
  });

  it('is a second employer of the last ten months', () => {
    for (const member of of('two employers')) {
      expect(paidTwice(member)).toHaveLength(10);
      expect(active(member)).toHaveLength(2);
    }
  });
});
