import { describe, expect, it } from 'vitest';
import { demoFloors } from '../../../../src/backends/demo/floors.ts';
import { demoMembers } from '../../../../src/backends/demo/members.ts';
import { type Scenario, scenarios } from '../../../../src/backends/demo/person.ts';
import type { Finding } from '../../../../src/core/jamsostek/check/finding.ts';
import { isNote } from '../../../../src/core/jamsostek/check/finding.ts';
import { day, demoRecord, found } from './records.ts';

/** What each scenario plants. Who is in none of these has nothing wrong. */
const planted: Partial<Record<Scenario, Finding['is']>> = {
  'missing months': 'missing',
  arrears: 'arrears',
  'under-reported wage': 'under floor',
  'late months': 'late',
  'wage dropped': 'wage dropped',
  'two employers': 'two employers',
  'still active': 'still active',
};

/** Pays for himself, and did not in three months. */
const ownMonths = 'Daeng Mappaseng Rauf';

const days = ['2026-11-22', '2026-11-01', '2026-12-01', '2026-11-30', '2027-01-01', '2027-02-28', '2027-03-15'].map(
  day,
);

describe.each(days)('the check of the demo members on %s', (today) => {
  const members = demoMembers(today);
  const floors = demoFloors(members);

  it.each(scenarios)('finds what is planted with "%s", and nothing else', (scenario) => {
    const all = members.filter((member) => member.scenario === scenario);
    expect(all.length).toBeGreaterThan(0);
    for (const member of all) {
      const kinds = found(demoRecord(member, floors, today)).filter(
        (each) => !isNote(each) || each.is === 'two employers',
      );
      const expected = planted[scenario] ?? (member.name === ownMonths ? 'own months' : null);
      expect(
        kinds.map(({ is }) => is),
        member.name,
      ).toEqual(expected === null ? [] : [expected]);
    }
  });
});
