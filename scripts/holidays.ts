/**
 * Writes `src/core/offices/holidays.json`: `npm run holidays`. A year's days are those of its joint decree where
 * `decrees.json` beside it has one, else they are worked out by date-holidays. To be run when that package is raised, a
 * decree is known, or a year is to be added here; a test says when it is due.
 */
import { writeFileSync } from 'node:fs';
import Holidays from 'date-holidays';
import { z } from 'zod';
import decreeTable from '../src/core/offices/decrees.json' with { type: 'json' };
import nameTable from '../src/core/offices/holiday-names.json' with { type: 'json' };

const years = [2026, 2027, 2028];

const datesSchema = z.record(z.string().regex(/^\d\d-\d\d$/), z.string());
const decrees = new Map(
  Object.entries(
    z
      .record(
        z.string(),
        z.object({
          source: z.string(),
          /** Whether somebody has read the decree itself: only then are its days certain. */
          read: z.boolean(),
          holidays: datesSchema,
          'joint leave': datesSchema,
        }),
      )
      .parse(decreeTable),
  ),
);
const names = new Map(
  Object.entries(
    z.record(z.string(), z.object({ id: z.string(), en: z.string(), date: z.string().optional() })).parse(nameTable),
  ),
);

interface Row {
  readonly date: string;
  readonly id: string;
  readonly en: string;
  readonly kind: 'holiday' | 'joint leave';
  readonly sure: boolean;
}

/** The file's text, as it should be. */
export function holidays(): string {
  const rows = years.flatMap((year) => (decrees.has(String(year)) ? decreed(year) : computed(year)));
  const origins = Object.fromEntries(years.map((year) => [year, decrees.has(String(year)) ? 'decree' : 'computed']));
  return `${JSON.stringify({ years: origins, days: rows }, null, 2)}\n`;
}

function decreed(year: number): Row[] {
  const decree = decrees.get(String(year));
  if (!decree) return [];
  const rows = (dates: Readonly<Record<string, string>>, kind: Row['kind']) =>
    Object.entries(dates).map(([date, name]) => rowOf(`${year}-${date}`, name, kind, decree.read));
  return inOrder([...rows(decree.holidays, 'holiday'), ...rows(decree['joint leave'], 'joint leave')]);
}

function computed(year: number): Row[] {
  const found = new Holidays('ID', { languages: ['en'], types: ['public'] }).getHolidays(year);
  return inOrder(found.map(({ date, name }) => rowOf(date.slice(0, 10), name, 'holiday', false)));
}

/** A day that is fixed by the calendar is sure; of two on one day the sure one counts, else the first. */
function inOrder(rows: readonly Row[]): Row[] {
  const sorted = rows.toSorted((one, other) => Number(other.sure) - Number(one.sure));
  const first = Map.groupBy(sorted, ({ date }) => date);
  return [...first.values()].flatMap(([row]) => row ?? []).sort((one, other) => (one.date < other.date ? -1 : 1));
}

function rowOf(date: string, name: string, kind: Row['kind'], certain: boolean): Row {
  const known = names.get(name);
  if (!known) throw new Error(`holiday-names.json has no ${name}, which falls on ${date}`);
  const sure = certain || (kind === 'holiday' && known.date === date.slice(5));
  const [id, en] = kind === 'holiday' ? [known.id, known.en] : [`Cuti bersama ${known.id}`, `Joint leave, ${known.en}`];
  return { date, id, en, kind, sure };
}

if (import.meta.main) {
  writeFileSync(new URL('../src/core/offices/holidays.json', import.meta.url), holidays());
  process.stdout.write('Wrote src/core/offices/holidays.json\n');
}
