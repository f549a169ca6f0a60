import { type FigureKey, figureNamed } from '../jamsostek/figures/figures.ts';
import type { Day } from '../jamsostek/month.ts';
import type { Instant } from '../time.ts';
import { type Calendar, calendarOf, calendars, type Holiday, holidayOn } from './holidays.ts';
import { calendarDay, localTime, type Weekday, weekdayOf, type Zone } from './zones.ts';

/** When somebody opens next, by the clocks there. */
export interface Opens {
  readonly day: Day;
  readonly weekday: Weekday;
  /** `08.00` */
  readonly time: string;
}

/** Whether the call center answers. */
export type CallCenterOpening =
  | { readonly is: 'open'; readonly until: string }
  | { readonly is: 'closed'; readonly opens: Opens };

/** Whether an office is open. What the hours and the days are known from is not certain: members are told to ask 175. */
export type OfficeOpening =
  | {
      readonly is: 'open';
      /** `15.00`, by the clocks there. */
      readonly until: string;
      /** What is known of holidays today: if not the decree's, it could be one all the same. */
      readonly calendar: Calendar;
    }
  | {
      readonly is: 'closed';
      readonly opens: Opens;
      /** The first working day from today on that is a holiday, when there is one before it opens: its day says which. */
      readonly holiday: Holiday | null;
      /** False where one of the holidays that keep it closed is only probable: it could open before. */
      readonly holidaySure: boolean;
      /** The least that is known of holidays on a day from today to the one that it opens on. */
      readonly calendar: Calendar;
    };

/** Days that are looked through for the next one that it opens on. No run of holidays comes near. */
const horizon = 30;

/**
 * Whether an office in a zone is open: on working days, by its own clocks. Undefined on days that no hours are known for.
 *
 * Source: figures `office.open_from` and `office.open_until`; `holidays.json`.
 */
export function openingAt(zone: Zone, at: Instant): OfficeOpening | undefined {
  const holidays: Holiday[] = [];
  const seen = new Set<Calendar>();
  const found = openingOf(['office.open_from', 'office.open_until'], zone, at, (day, weekday) => {
    seen.add(calendarOf(day));
    if (weekday === 'saturday' || weekday === 'sunday') return false;
    const holiday = holidayOn(day);
    if (holiday) holidays.push(holiday);
    return holiday === undefined;
  });
  if (!found) return undefined;
  const calendar = calendars.findLast((each) => seen.has(each)) ?? 'weekends';
  if (found.is === 'open') return { is: 'open', until: found.until, calendar };
  const [holiday = null] = holidays;
  return { is: 'closed', opens: found.opens, holiday, holidaySure: holidays.every(({ sure }) => sure), calendar };
}

/**
 * Whether the call center answers: every day, by western Indonesian time. Undefined on days that no hours are known for.
 *
 * Source: figures `contact.open_from` and `contact.open_until`.
 */
export function callCenterOpeningAt(at: Instant): CallCenterOpening | undefined {
  return openingOf(['contact.open_from', 'contact.open_until'], 'WIB', at, () => true);
}

/** Open from the one time on, closed from the other on, on the days that `opensOn` says: it is asked from today on. */
function openingOf(
  keys: readonly [from: FigureKey, until: FigureKey],
  zone: Zone,
  at: Instant,
  opensOn: (day: Day, weekday: Weekday) => boolean,
): CallCenterOpening | undefined {
  const { dayNumber: today, minutes: now } = localTime(zone, at);
  for (let dayNumber = today; dayNumber < today + horizon; dayNumber += 1) {
    const day = calendarDay(dayNumber);
    const weekday = weekdayOf(dayNumber);
    const [from, until] = keys.map((key) => figureNamed(key, day)?.value);
    if (typeof from !== 'string' || typeof until !== 'string') return undefined;
    if (!opensOn(day, weekday)) continue;
    if (dayNumber > today || now < minutesOf(from)) return { is: 'closed', opens: { day, weekday, time: from } };
    if (now < minutesOf(until)) return { is: 'open', until };
  }
  return undefined;
}

/** Minutes since midnight of a time as it is written here: `08.00`. */
function minutesOf(time: string): number {
  const [hours = 0, minutes = 0] = time.split('.').map(Number);
  return hours * 60 + minutes;
}
