import { describe, expect, it } from 'vitest';
import { dueOn, expectedBy, lastDayOfDueMonth, newestExpected } from '../../../../src/core/jamsostek/check/deadline.ts';
import { day, month, monthsOf } from './records.ts';

describe('the deadline of a month', () => {
  it.each([
    ['2026-09', '2026-10-15', 'a Thursday'],
    ['2026-10', '2026-11-16', 'the 15th is a Sunday'],
    ['2026-07', '2026-08-18', 'the 15th is a Saturday, and the 17th a holiday'],
    ['2026-12', '2027-01-15', 'in the next year'],
  ])('of %s is %s: %s', (of, due) => {
    expect(dueOn(month(of))).toBe(due);
  });

  it('is not known before the rule', () => {
    expect(dueOn(month('2015-05'))).toBeUndefined();
    expect(dueOn(month('2015-06'))).toBe('2015-07-15');
  });
});

describe('a month that is not on record', () => {
  it.each([
    ['2026-09', '2026-10-31'],
    ['2026-10', '2026-12-02'],
  ])('of %s is normal up to %s', (of, by) => {
    expect(expectedBy(month(of))).toBe(by);
  });

  it('is never missing while it could still be posted in the month that it is due in', () => {
    for (const each of monthsOf('2015-06', 200)) {
      expect(expectedBy(each) ?? '').toMatch(/./);
      expect((expectedBy(each) ?? '') >= lastDayOfDueMonth(each), each).toBe(true);
    }
  });

  it.each([
    ['2026-11-22', '2026-11-22', '2026-09', 'October may still come'],
    ['2026-12-02', '2026-12-02', '2026-09', 'the last day on which it may'],
    ['2026-12-03', '2026-12-03', '2026-10', 'the day after'],
    ['2026-12-03', '2026-11-30', '2026-10', 'figures that end with the month that it was due in'],
    ['2026-12-03', '2026-11-29', '2026-09', 'figures that end before it'],
    ['2027-03-31', '2026-08-31', '2026-07', 'figures that are old'],
  ])('on %s with figures up to %s is missing up to %s: %s', (today, asOf, newest) => {
    expect(newestExpected(day(today), day(asOf))).toBe(newest);
  });
});

describe('the last day of the month that a month is due in', () => {
  it.each([
    ['2026-12', '2027-01-31'],
    ['2027-01', '2027-02-28'],
    ['2028-01', '2028-02-29'],
  ])('of %s is %s', (of, last) => {
    expect(lastDayOfDueMonth(month(of))).toBe(last);
  });
});
