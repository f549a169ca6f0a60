import { holidayOn } from '../../offices/holidays.ts';
import { firstDay, monthOf, monthsLater } from '../benefits/calendar.ts';
import { figure } from '../figures/figures.ts';
import { type Day, daySchema, type Month } from '../month.ts';

/**
 * Days from the deadline until a month that is still not on record is said to be missing. The sources say no more than
 * "some days"; with these, nothing that is posted within the month that it is due in is ever called missing.
 */
const showsWithin = 16;

const dayLength = 24 * 60 * 60 * 1_000;
/** The figures are never older than this; a registry that is has nothing to say about missing months. */
const farthestBack = 24;

/**
 * The day by which a month of a wage earner has to be paid: the 15th of the next one, or the working day after it;
 * undefined before the rule.
 *
 * BPU are to pay within the month itself by one source and a month later by others: they are given as long as employers.
 *
 * Source: PP 44, 45 and 46/2015, by `pay.day`; holidays by `holidays.json`.
 */
export function dueOn(month: Month): Day | undefined {
  const next = monthsLater(month, 1);
  const dayOfMonth = figure('pay.day', firstDay(next));
  if (dayOfMonth === undefined) return undefined;
  let day = daysLater(firstDay(next), dayOfMonth - 1);
  while (isDayOff(day)) day = daysLater(day, 1);
  return day;
}

/** The last day on which it is normal that a month is not on record yet; undefined before the rule. */
export function expectedBy(month: Month): Day | undefined {
  const due = dueOn(month);
  return due && daysLater(due, showsWithin);
}

/** The last day of the month that a month is due in: what is posted after it is late. */
export function lastDayOfDueMonth(month: Month): Day {
  return daysLater(firstDay(monthsLater(month, 2)), -1);
}

/**
 * The newest month that has to be on record. Figures that only go up to some day can say nothing about a month that may
 * have been posted since.
 */
export function newestExpected(today: Day, asOf: Day): Month {
  let month = monthsLater(monthOf(today), -1);
  for (let back = 0; back < farthestBack; back += 1) {
    const by = expectedBy(month);
    if (by !== undefined && by < today && lastDayOfDueMonth(month) <= asOf) return month;
    month = monthsLater(month, -1);
  }
  return month;
}

function isDayOff(day: Day): boolean {
  const weekday = new Date(`${day}T00:00Z`).getUTCDay();
  return weekday === 0 || weekday === 6 || holidayOn(day) !== undefined;
}

function daysLater(day: Day, days: number): Day {
  return daySchema.parse(new Date(Date.parse(`${day}T00:00Z`) + days * dayLength).toISOString().slice(0, 10));
}
