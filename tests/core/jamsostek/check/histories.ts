import { monthOf, monthsBetween, monthsLater } from '../../../../src/core/jamsostek/benefits/calendar.ts';
import { lastDayOfDueMonth } from '../../../../src/core/jamsostek/check/deadline.ts';
import { type Day, daySchema, type Month } from '../../../../src/core/jamsostek/month.ts';
import { day, type Job, type Paid } from './records.ts';

/** Draws whole numbers, both ends with them. */
export type Draw = (min: number, max: number) => number;

/** A history in which nothing is wrong, with the day on which it is looked at. */
export interface CleanHistory {
  readonly today: Day;
  /** Up to where the figures go. */
  readonly asOf: Day;
  readonly jobs: readonly Job[];
  readonly floors: readonly (readonly [year: number, amount: number])[];
}

/** Draws the same numbers for the same seed: hundreds for one history are too many for fast-check's own. */
export function drawing(seed: number): Draw {
  let state = seed >>> 0;
  return (min, max) => {
    // The generator of mulberry32.
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return min + (((mixed ^ (mixed >>> 14)) >>> 0) % (max - min + 1));
  };
}

export function daysLater(from: Day, days: number): Day {
  return daySchema.parse(new Date(Date.parse(`${from}T00:00Z`) + days * 86_400_000).toISOString().slice(0, 10));
}

/**
 * One to three jobs one after the other, without gaps and overlaps; some of them on one's own account or abroad. Wages
 * only rise, but for a month of unpaid leave or with a bonus, and are never under the minimum, which rises, too, and is
 * not known for every year. Payments are posted from the 10th of the following month to its end.
 */
export function cleanHistory(
  draw: Draw,
  {
    least = 1,
    oddMonths = true,
    employed = false,
  }: { readonly least?: number; readonly oddMonths?: boolean; readonly employed?: boolean } = {},
): CleanHistory {
  const today = daysLater(day('2019-01-01'), draw(0, 3_200));
  const asOf = draw(0, 1) === 0 ? today : daysLater(today, -draw(0, 40));
  const lengths = Array.from({ length: draw(1, 3) }, () => draw(least, least + 60));
  const ended = draw(0, 3) === 0 ? draw(1, 30) : 0;
  const all = lengths.reduce((sum, each) => sum + each, 0);
  let month = monthsLater(monthOf(today), 1 - all - ended);
  const floors = minimums(draw, Number(month.slice(0, 4)), Number(today.slice(0, 4)));
  const jobs = lengths.map((length, index): Job => {
    const first = month;
    month = monthsLater(month, length);
    const segment = employed ? 'PU' : (['PU', 'PU', 'PU', 'BPU', 'PMI'] as const)[draw(0, 4)];
    const paid = payments(draw, segment ?? 'PU', first, length, floors, oddMonths);
    return {
      segment: segment ?? 'PU',
      active: ended === 0 && index === lengths.length - 1,
      paid: paid.filter(({ postedOn }) => postedOn !== undefined && postedOn <= (asOf < today ? asOf : today)),
    };
  });
  const known = [...floors].filter(() => draw(0, 5) > 0);
  return { today, asOf, jobs, floors: known };
}

function minimums(draw: Draw, from: number, until: number): ReadonlyMap<number, number> {
  const floors = new Map<number, number>();
  let floor = draw(1_000, 3_000) * 1_000;
  for (let year = from; year <= until; year += 1) {
    floors.set(year, floor);
    floor = Math.round(floor * (1 + draw(0, 8) / 100));
  }
  return floors;
}

function payments(
  draw: Draw,
  segment: 'PU' | 'BPU' | 'PMI',
  first: Month,
  length: number,
  floors: ReadonlyMap<number, number>,
  oddMonths: boolean,
): readonly Paid[] {
  const floorOf = (month: Month) => floors.get(Number(month.slice(0, 4))) ?? 0;
  let wage = Math.round(floorOf(first) * (1 + draw(0, 200) / 100));
  let raised = first;
  const odd = oddMonths ? { at: draw(0, 2 * length), share: draw(0, 1) === 0 ? 0.4 : 2 } : null;
  return Array.from({ length }, (_, at): Paid => {
    const month = monthsLater(first, at);
    if (monthsBetween(raised, month) >= 12 && draw(0, 3) === 0) {
      wage = Math.round(wage * (1 + draw(1, 10) / 100));
      raised = month;
    }
    wage = Math.max(wage, floorOf(month));
    const next = monthsLater(month, 1);
    const lastDay = Number(lastDayOfDueMonth(month).slice(8));
    const own = segment !== 'PU' && draw(0, 1) === 0;
    const postedOn = day(`${own ? month : next}-${String(draw(10, own ? 28 : lastDay)).padStart(2, '0')}`);
    if (segment === 'PMI') return { month, wage: null, postedOn };
    return { month, wage: odd?.at === at && segment === 'PU' ? Math.round(wage * odd.share) : wage, postedOn };
  });
}
