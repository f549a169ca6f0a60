import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { pensionAge, pensionDate } from '../../../../src/core/jamsostek/benefits/pension-age.ts';
import { figure } from '../../../../src/core/jamsostek/figures/figures.ts';
import { day, today } from './known.ts';

describe('pensionAge', () => {
  // PP 45/2015 art. 15
  it.each([
    ['2015-07-01', 56],
    ['2018-12-31', 56],
    ['2019-01-01', 57],
    ['2021-12-31', 57],
    ['2022-01-01', 58],
    ['2024-12-31', 58],
    ['2025-01-01', 59],
    ['2026-11-22', 59],
    ['2027-12-31', 59],
    ['2028-01-01', 60],
    ['2031-01-01', 61],
    ['2034-01-01', 62],
    ['2037-01-01', 63],
    ['2040-01-01', 64],
    ['2042-12-31', 64],
    ['2043-01-01', 65],
    ['2060-01-01', 65],
  ])('is on %s %i', (on, age) => {
    expect(pensionAge(day(on))).toBe(age);
  });

  it('is not the age of JHT', () => {
    expect([figure('jht.age', today), pensionAge(today)]).toEqual([56, 59]);
  });
});

describe('pensionDate', () => {
  it.each([
    // 58 in the last year that asks for 58
    ['1966-12-31', '2024-12-31'],
    // 58 a day too late: 59 is asked for by then
    ['1967-01-01', '2026-01-01'],
    ['1968-06-15', '2027-06-15'],
    // 59 in 2028, when 60 is asked for
    ['1969-06-15', '2029-06-15'],
    ['1980-05-20', '2045-05-20'],
    ['2000-01-01', '2065-01-01'],
    // There is no 29 February 2027
    ['1968-02-29', '2027-03-01'],
    ['1972-02-29', '2033-03-01'],
  ])('of who was born on %s is %s', (born, date) => {
    expect(pensionDate(day(born))).toBe(date);
  });

  it('is not known of who passed the age before JP began', () => {
    expect(pensionDate(day('1950-01-01'))).toBeUndefined();
  });

  it('is the first birthday that is enough in its year, and the younger never go first', () => {
    const birthDay = fc
      .date({ min: new Date('1959-03-01'), max: new Date('2010-12-31'), noInvalidDate: true })
      .map((date) => day(date.toISOString().slice(0, 10)))
      .filter((born) => !born.endsWith('02-29'));
    fc.assert(
      fc.property(birthDay, birthDay, (one, other) => {
        const [older, younger] = [one, other].sort();
        if (older === undefined || younger === undefined) return;
        const date = pensionDate(older);
        if (date === undefined) throw new Error(`${older} has none`);
        const age = Number(date.slice(0, 4)) - Number(older.slice(0, 4));
        expect(date.slice(5)).toBe(older.slice(5));
        expect(pensionAge(date)).toBe(age);
        expect(date <= (pensionDate(younger) ?? '')).toBe(true);
        // A year earlier they were too young.
        const yearBefore = day(`${Number(date.slice(0, 4)) - 1}${date.slice(4)}`);
        expect(age - 1).toBeLessThan(pensionAge(yearBefore) ?? age);
      }),
    );
  });
});
