import { type Day, daySchema, type Month, monthSchema } from '../../core/jamsostek/month.ts';

/** So many months after; before when negative. */
export function monthsAfter(month: Month, count: number): Month {
  const index = Number(month.slice(0, 4)) * 12 + Number(month.slice(5)) - 1 + count;
  return monthSchema.parse(`${Math.floor(index / 12)}-${String((index % 12) + 1).padStart(2, '0')}`);
}

/** The last day of a month. */
export function endOf(month: Month): Day {
  return daySchema.parse(
    new Date(Date.parse(`${monthsAfter(month, 1)}-01T00:00Z`) - 86_400_000).toISOString().slice(0, 10),
  );
}

/** A day of a month, moved to Monday when it falls on a weekend. */
export function workday(month: Month, dayOfMonth: number): Day {
  const date = new Date(`${month}-${String(dayOfMonth).padStart(2, '0')}T00:00Z`);
  const moved = { 0: 1, 6: 2 }[date.getUTCDay()] ?? 0;
  return daySchema.parse(new Date(date.getTime() + moved * 86_400_000).toISOString().slice(0, 10));
}

export function monthOf(day: Day): Month {
  return monthSchema.parse(day.slice(0, 7));
}
