import type { Worked } from '../jamsostek/benefits/worked.ts';
import type { FigureKey } from '../jamsostek/figures/figures.ts';
import { figure, figureNamed } from '../jamsostek/figures/figures.ts';
import type { Day } from '../jamsostek/month.ts';
import { type Rupiah, rupiah } from '../jamsostek/rupiah.ts';
import type { Speech } from '../speech.ts';
import type { Given, NumberField } from './fields.ts';
import type { EstimateKind } from './kind.ts';
import type { Meanings } from './values.ts';

/** One kind of estimate: how a text is read for it, what it cannot do without, and what it comes to. */
export interface Calculator {
  readonly meanings: Meanings;
  /** The one thing that has to be asked; null when it can be worked out. */
  missing(given: Given, today: Day): NumberField | null;
  /** Paragraphs, the result first; or what is not known for the day. */
  result(given: Given, speech: Speech, today: Day): Worked<readonly string[]>;
  /** What one may want to know next. */
  readonly related: readonly EstimateKind[];
}

/** No length of time is heard. */
export const noLength = { plain: null, past: null, ahead: null } as const;

/** A length of time in words: `10 tahun`, `18 bulan`, `2 tahun 6 bulan`. */
export function lengthOf(months: number, speech: Speech): string {
  const [years, rest] = [Math.floor(months / 12), months % 12];
  const parts = [
    ...(years > 0 ? [speech.text('estimates.years', { count: years })] : []),
    ...(rest > 0 || years === 0 ? [speech.text('estimates.months', { count: rest })] : []),
  ];
  return parts.join(' ');
}

/** A figure of the domain as it is written in a sentence; empty when it is not known, which the calculator says first. */
export function written(key: FigureKey, speech: Speech, today: Day): string {
  const found = figureNamed(key, today);
  if (typeof found?.value !== 'number') return found?.value ?? '';
  return found.unit === 'rupiah' ? speech.rupiah(rupiah(found.value)) : speech.number(found.value);
}

/** The year that a growth figure is of: it is published in the one that follows. */
export function growthYear(key: 'jht.growth' | 'jp.lump_growth', today: Day): number {
  return Number((figureNamed(key, today)?.from ?? today).slice(0, 4)) - 1;
}

/** An amount up to a ceiling says that it was cut. */
export function isAbove(amount: Rupiah, key: FigureKey, today: Day): boolean {
  return amount > (figure(key, today) ?? Number.POSITIVE_INFINITY);
}

/** What was taken because it was not said, as a paragraph; none when all was. */
export function assumed(items: readonly (string | false)[], speech: Speech): string[] {
  const list = items.filter((item) => item !== false);
  return list.length > 0 ? [speech.text('estimates.assumed', { list: speech.list(list) })] : [];
}
