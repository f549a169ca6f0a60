import { z } from 'zod';
import { type Day, daySchema } from '../jamsostek/month.ts';
import type { Language } from '../language.ts';
import table from './holidays.json' with { type: 'json' };

/** A day on which offices are closed, or probably so. */
export interface Holiday {
  readonly day: Day;
  readonly name: Readonly<Record<Language, string>>;
  /** A public holiday, or joint leave (cuti bersama), which the government sets beside one. */
  readonly kind: 'holiday' | 'joint leave';
  /** Whether that day is certain: it is for fixed ones, and where somebody has read the year's decree. */
  readonly sure: boolean;
}

/**
 * What is known of a year's holidays: those of the joint decree of three ministers; those that a calendar works out, which
 * has no joint leave, can be a day off, and can lack some; or nothing, so that only weekends are known. The best first.
 */
export const calendars = ['decree', 'computed', 'weekends'] as const;
export type Calendar = (typeof calendars)[number];

const schema = z.object({
  years: z.record(z.string(), z.enum(['decree', 'computed'])),
  days: z.array(
    z.object({
      date: daySchema,
      id: z.string(),
      en: z.string(),
      kind: z.enum(['holiday', 'joint leave']),
      sure: z.boolean(),
    }),
  ),
});
const { years, days } = schema.parse(table);
const byDay = new Map(
  days.map(({ date, id, en, kind, sure }): [Day, Holiday] => [date, { day: date, name: { id, en }, kind, sure }]),
);

/** Every holiday that is known, in order. `holidays.json` is made by `npm run holidays`. */
export const holidays: readonly Holiday[] = [...byDay.values()];

/** The holiday on a day; undefined where none is known. */
export function holidayOn(day: Day): Holiday | undefined {
  return byDay.get(day);
}

/** What is known of the holidays in a day's year. */
export function calendarOf(day: Day): Calendar {
  return years[day.slice(0, 4)] ?? 'weekends';
}
