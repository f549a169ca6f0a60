import { type Day, daySchema, type Month, monthSchema } from '../month.ts';

/** The month that a day is in. */
export function monthOf(day: Day): Month {
  return monthSchema.parse(day.slice(0, 7));
}

/** The first day of a month: the one whose figures hold for a contribution of that month. */
export function firstDay(month: Month): Day {
  return daySchema.parse(`${month}-01`);
}

/** The month that comes so many months after another. */
export function monthsLater(month: Month, months: number): Month {
  const count = countOf(month) + months;
  const year = String(Math.floor(count / 12)).padStart(4, '0');
  return monthSchema.parse(`${year}-${String((count % 12) + 1).padStart(2, '0')}`);
}

/** How many months lie between the beginnings of two months; negative when the second comes first. */
export function monthsBetween(from: Month, until: Month): number {
  return countOf(until) - countOf(from);
}

/** The same day so many months later, or the month's last one where it has no such day: 31 August + 6 is 28 February. */
export function dayMonthsLater(day: Day, months: number): Day {
  const month = monthsLater(monthOf(day), months);
  return daySchema.parse(`${month}-${String(Math.min(Number(day.slice(8)), daysIn(month))).padStart(2, '0')}`);
}

/** The birthday so many years later; who was born on 29 February has theirs on 1 March of a year without one. */
export function anniversary(birthDay: Day, years: number): Day {
  const month = monthsLater(monthOf(birthDay), 12 * years);
  const dayOfMonth = birthDay.slice(8);
  return Number(dayOfMonth) > daysIn(month)
    ? firstDay(monthsLater(month, 1))
    : daySchema.parse(`${month}-${dayOfMonth}`);
}

function countOf(month: Month): number {
  return Number(month.slice(0, 4)) * 12 + Number(month.slice(5)) - 1;
}

function daysIn(month: Month): number {
  return new Date(Date.UTC(Number(month.slice(0, 4)), Number(month.slice(5)), 0)).getUTCDate();
}
