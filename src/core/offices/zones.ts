import { type Day, daySchema } from '../jamsostek/month.ts';
import { day as dayLength, hour, type Instant, minute } from '../time.ts';
import table from './zones.json' with { type: 'json' };

/**
 * Western, central and eastern Indonesian time. Source: Keppres 41/1987, for provinces that are younger the one that they
 * were part of. There is no summer time.
 */
export type Zone = keyof typeof table;

const zones = new Map<string, Zone>(
  (
    [
      ['WIB', table.WIB],
      ['WITA', table.WITA],
      ['WIT', table.WIT],
    ] as const
  ).flatMap(([zone, { provinces }]) => provinces.map((code) => [code, zone] as const)),
);

/** The time that a province's clocks show, by its code: `51` (Bali) is WITA. */
export function zoneOf(province: string): Zone {
  const zone = zones.get(province);
  if (!zone) throw new Error(`zones.json has no province ${province}`);
  return zone;
}

/** What a calendar and a clock on the wall show. */
export interface LocalTime {
  /** Days since 1970-01-01, which was a Thursday. */
  readonly dayNumber: number;
  /** Minutes since midnight. */
  readonly minutes: number;
}

export function localTime(zone: Zone, at: Instant): LocalTime {
  const local = at + table[zone].utc * hour;
  const dayNumber = Math.floor(local / dayLength);
  return { dayNumber, minutes: Math.floor((local - dayNumber * dayLength) / minute) };
}

/** The calendar day of a day number. */
export function calendarDay(dayNumber: number): Day {
  return daySchema.parse(new Date(dayNumber * dayLength).toISOString().slice(0, 10));
}

/** The days of the week, Monday first. */
export const weekdays = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'] as const;
export type Weekday = (typeof weekdays)[number];

export function weekdayOf(dayNumber: number): Weekday {
  // 1970-01-01 was a Thursday; the remainder of a negative number is negative.
  return weekdays[(((dayNumber + 3) % 7) + 7) % 7] ?? 'monday';
}
