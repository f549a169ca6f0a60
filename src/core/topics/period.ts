import { z } from 'zod';
import { names } from '../../locales/index.ts';
import { monthOf, monthsLater } from '../jamsostek/benefits/calendar.ts';
import { type Day, type Month, monthSchema } from '../jamsostek/month.ts';
import type { Entities } from '../understanding/entities.ts';
import { readWords } from '../understanding/words.ts';
import words from './period.json' with { type: 'json' };

/** Some months in a row, the first and the last of them included: a single month has the same twice. */
export const periodSchema = z.object({ from: monthSchema, to: monthSchema });
export type Period = Readonly<z.infer<typeof periodSchema>>;

/** Nobody has contributions further back than this; a larger number counts something else. */
const farthest = { month: 120, year: 40 } as const;
type Unit = keyof typeof farthest;

const sets = new Map<string, ReadonlySet<string>>(
  Object.entries(words).flatMap(([name, list]) => (Array.isArray(list) ? [[name, new Set(list)] as const] : [])),
);
const ones = new Map<string, string>(Object.entries(words.one));
const numerals = new Map(
  Object.entries(names.numerals).flatMap(([value, list]) => list.map((word) => [word, Number(value)] as const)),
);

/**
 * The months that a text names: a month or a year by name ("Oktober 2026", "tahun 2024"), or as it is seen from today
 * ("bulan kemarin", "last year", "3 bulan terakhir"); null when it names none. "The last three months" are those that
 * ended before this one; a year goes to its end, whatever of it has gone by.
 */
export function periodIn(text: string, { month, year }: Entities, today: Day): Period | null {
  const now = monthOf(today);
  const thisYear = Number(today.slice(0, 4));
  if (month !== undefined) return single(monthOfYear(month, year ?? yearOf(text, month, today)));
  if (year !== undefined) return wholeYear(year);
  const read = readWords(text).map((word) => new Set([word.written, word.mended, ...word.standard]));
  const is = (at: number, name: Exclude<keyof typeof words, 'one'>) =>
    [...(read[at] ?? [])].some((form) => sets.get(name)?.has(form));
  for (const at of read.keys()) {
    const one = [...(read[at] ?? [])].map((form) => ones.get(form)).find((unit) => unit !== undefined);
    const unit: Unit | null =
      is(at, 'month') || one === 'month' ? 'month' : is(at, 'year') || one === 'year' ? 'year' : null;
    if (unit === null) continue;
    const count = one === undefined ? countIn(read[at - 1]) : 1;
    // "3 bulan yang lalu": "yang" stands between.
    const isAfter = (name: 'latest' | 'ago') => is(at + 1, name) || is(at + 2, name);
    if (count !== null && count <= farthest[unit]) {
      if (isAfter('latest') || is(at - 2, 'latest_in_front')) return newest(unit, count, now);
      if (isAfter('ago')) return ago(unit, count, now, thisYear);
    }
    if (count !== null) continue;
    if (is(at + 1, 'before') || is(at - 1, 'before_in_front')) return ago(unit, 1, now, thisYear);
    if (is(at + 1, 'this') || is(at - 1, 'this_in_front')) return ago(unit, 0, now, thisYear);
  }
  return null;
}

/** A month without a year is the one that came last, or is now; "tahun lalu" says otherwise. */
function yearOf(text: string, month: number, today: Day): number {
  const relative = periodIn(text, {}, today);
  if (relative !== null && isWholeYear(relative)) return Number(relative.from.slice(0, 4));
  const year = Number(today.slice(0, 4));
  return month > Number(today.slice(5, 7)) ? year - 1 : year;
}

function monthOfYear(month: number, year: number): Month {
  return monthSchema.parse(`${year}-${String(month).padStart(2, '0')}`);
}

function single(month: Month): Period {
  return { from: month, to: month };
}

/** A calendar year, as a period. */
export function wholeYear(year: number): Period {
  return { from: monthSchema.parse(`${year}-01`), to: monthSchema.parse(`${year}-12`) };
}

/** Whether it is a calendar year, from its first month to its last. */
export function isWholeYear({ from, to }: Period): boolean {
  return from.endsWith('-01') && to.endsWith('-12') && from.slice(0, 4) === to.slice(0, 4);
}

function newest(unit: Unit, count: number, now: Month): Period {
  const months = unit === 'month' ? count : 12 * count;
  return { from: monthsLater(now, -months), to: monthsLater(now, -1) };
}

function ago(unit: Unit, count: number, now: Month, thisYear: number): Period {
  return unit === 'month' ? single(monthsLater(now, -count)) : wholeYear(thisYear - count);
}

function countIn(forms: ReadonlySet<string> | undefined): number | null {
  for (const form of forms ?? []) {
    const count = /^\d{1,3}$/.test(form) ? Number(form) : numerals.get(form);
    if (count !== undefined && count > 0) return count;
  }
  return null;
}
