import { describe, expect, it } from 'vitest';
import { demoMembers } from '../../../src/backends/demo/members.ts';
import { membersTable } from '../../../src/bots/terminal/members.ts';
import { words } from '../../../src/bots/terminal/words.ts';
import { shownMembers } from '../../../src/commands/demo.ts';
import { daySchema } from '../../../src/core/jamsostek/month.ts';

const now = Date.parse('2026-11-22T00:00:00Z');
const member = { nik: '3372050208899585', kpj: ['99083687870'], phone: null, name: 'Bagus', scenario: 'one KPJ' };

describe('the table of members', () => {
  it.each(['id', 'en'] as const)('holds every demo member with all numbers, in 100 columns (%s)', (language) => {
    const members = shownMembers(now);
    const table = membersTable(members, words[language]);
    const text = table.join('\n');
    expect(Math.max(...table.map((line) => line.length))).toBeLessThanOrEqual(100);
    expect(members).toHaveLength(demoMembers(daySchema.parse('2026-11-22')).length);
    for (const { nik, kpj, phone, name, scenario } of members) {
      const row = table.find((line) => line.startsWith(nik));
      for (const cell of [kpj[0], phone ?? words[language].no_phone, name, scenario]) expect(row).toContain(cell);
      for (const number of kpj) expect(text).toContain(number);
    }
  });

  it('cuts what does not fit', () => {
    const [, row] = membersTable([{ ...member, scenario: 'long '.repeat(40) }], words.en);
    expect(row).toHaveLength(100);
    expect(row?.endsWith('…')).toBe(true);
  });

  it('says where there is no phone', () => {
    expect(membersTable([member], words.en)[1]).toBe('3372050208899585  99083687870  none   Bagus  one KPJ');
  });
});
