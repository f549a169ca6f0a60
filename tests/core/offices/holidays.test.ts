import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { holidays as made } from '../../../scripts/holidays.ts';
import { provinces } from '../../../src/core/areas/regencies.ts';
import { daySchema } from '../../../src/core/jamsostek/month.ts';
import { calendarOf, holidayOn, holidays } from '../../../src/core/offices/holidays.ts';
import { zoneOf } from '../../../src/core/offices/zones.ts';

const file = new URL('../../../src/core/offices/holidays.json', import.meta.url);
const day = (text: string) => daySchema.parse(text);

describe('the holidays', () => {
  it('are those of the installed data set and the decrees: if not, run `npm run holidays`', () => {
    expect(readFileSync(file, 'utf8')).toBe(made());
  });

  it('are in order, each day once, with a name in both languages', () => {
    const days = holidays.map((holiday) => holiday.day);
    expect(days).toEqual([...new Set(days)].sort());
    for (const { name } of holidays)
      expect([name.id, name.en].every((text) => /^[A-Z][A-Za-z' ,-]+$/.test(text))).toBe(true);
  });

  it('are sure only where the date is fixed, as no decree was read', () => {
    const sure = new Set(holidays.filter((holiday) => holiday.sure).map((holiday) => holiday.day.slice(5)));
    expect([...sure].sort()).toEqual(['01-01', '05-01', '06-01', '08-17', '12-25']);
    for (const year of ['2026', '2027', '2028']) {
      for (const date of sure) expect(holidayOn(day(`${year}-${date}`))).toMatchObject({ kind: 'holiday', sure: true });
    }
  });

  it('of 2026 are the 17 holidays and 8 days of joint leave of the decree', () => {
    const inYear = Map.groupBy(
      holidays.filter((holiday) => holiday.day.startsWith('2026')),
      ({ kind }) => kind,
    );
    expect(inYear.get('holiday')).toHaveLength(17);
    expect(inYear.get('joint leave')).toHaveLength(8);
    expect(holidayOn(day('2026-12-24'))?.name.id).toBe('Cuti bersama Natal');
    expect(holidayOn(day('2026-03-22'))?.name).toEqual({ id: 'Idulfitri', en: 'Eid al-Fitr' });
  });

  it('are known of a year by a decree, by a computed calendar, or not at all', () => {
    expect(
      ['2025-12-31', '2026-01-01', '2027-06-01', '2028-12-31', '2029-01-01'].map((text) => calendarOf(day(text))),
    ).toEqual(['weekends', 'decree', 'computed', 'computed', 'weekends']);
  });
});

describe('the zones', () => {
  it('hold every province', () => {
    for (const code of provinces.keys()) expect(zoneOf(code)).toMatch(/^WI(B|TA|T)$/);
    expect(() => zoneOf('99')).toThrow('no province 99');
  });
});
