import { z } from 'zod';
import { type Day, daySchema } from '../month.ts';
import table from './figures.json' with { type: 'json' };

/** The name of a figure in `figures.json`: `jp.ceiling`. */
export type FigureKey = keyof typeof table;

/** How sure a source is: `medium` is one source, or several that are not quite sure. What is less certain is not kept. */
export const confidences = ['high', 'medium'] as const;
export type Confidence = (typeof confidences)[number];

const dated = <Value extends z.ZodType<number | string>>(value: Value) =>
  z.array(z.object({ value, from: daySchema, until: daySchema.optional() })).min(1);
const origin = { source: z.string().min(1), confidence: z.enum(confidences) };
const rowSchema = z.discriminatedUnion('unit', [
  z.object({ unit: z.literal('rupiah'), ...origin, values: dated(z.number().int().positive()) }),
  z.object({ unit: z.enum(['percent', 'number']), ...origin, values: dated(z.number().positive()) }),
  z.object({ unit: z.literal('text'), ...origin, values: dated(z.string().min(1)) }),
]);

/**
 * A number, name or address of the domain over the years, oldest first; between two there may be a time that nothing is
 * known of. `unit` says how it is written: `Rp11.086.300`, `5,7%`, `59`, or as it stands.
 */
export type FigureRow = z.infer<typeof rowSchema>;

/** A figure as it holds on one day. */
export interface Figure {
  readonly unit: FigureRow['unit'];
  readonly value: number | string;
  readonly from: Day;
  /** The last day that it is known to hold on; null where nothing says that it ends. */
  readonly until: Day | null;
  readonly source: string;
  readonly confidence: Confidence;
}

const rows = new Map(Object.entries(z.record(z.string(), rowSchema).parse(table)));

/** Every figure's name. */
export const figureKeys: readonly string[] = [...rows.keys()];

/** The row of a figure, for whoever checks the table; undefined where there is none of that name. */
export function figureRow(key: string): FigureRow | undefined {
  return rows.get(key);
}

/** A figure by any name, as it holds on a day; undefined where there is none, or none is known for that day. */
export function figureNamed(key: string, day: Day): Figure | undefined {
  const row = rows.get(key);
  if (!row) return undefined;
  const found = [...row.values].find(({ from, until }) => from <= day && (until === undefined || day <= until));
  if (!found) return undefined;
  const { value, from, until = null } = found;
  return { unit: row.unit, value, from, until, source: row.source, confidence: row.confidence };
}

/** A name or an address on a day. Throws where there is none: those that the program itself needs never end. */
export function wordingOf(key: FigureKey, day: Day): string {
  const found = figureNamed(key, day);
  if (typeof found?.value !== 'string') throw new Error(`no wording of ${key} on ${day}`);
  return found.value;
}

/** A number on a day; undefined where none is known for that day: then nothing may be worked out with it. */
export function figure(key: FigureKey, day: Day): number | undefined {
  const found = figureNamed(key, day);
  return typeof found?.value === 'number' ? found.value : undefined;
}
