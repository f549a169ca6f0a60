import { names } from '../../locales/index.ts';

const monthWords = new Map(
  Object.entries(names.months).flatMap(([month, words]) => words.map((word) => [word, Number(month)] as const)),
);
/** "You may", "Pak Jan": these are months only beside a year, or after a word that goes before months. */
const unsure = new Set(['may', 'jan', 'mar', 'des', 'sep', 'nov', 'march']);
const beforeMonths = new Set(['bulan', 'bln', 'sejak', 'dari', 'sampai', 'in', 'of', 'for', 'since', 'until', 'last']);
const yearWords = new Set(['tahun', 'thn', 'th', 'taun', 'year']);

/** The first month (1 to 12) and the first year that are named in these words. */
export function dateIn(words: readonly string[]): { month?: number; year?: number } {
  let month: number | undefined;
  let year: number | undefined;
  words.forEach((word, position) => {
    const previous = words[position - 1] ?? '';
    year ??= yearOf(word, previous);
    const named = monthWords.get(word);
    const beside = yearOf(words[position + 1] ?? '', word) !== undefined || beforeMonths.has(previous);
    if (named !== undefined && (!unsure.has(word) || beside)) month ??= named;
    if ((previous === 'bulan' || previous === 'bln') && /^(0?[1-9]|1[0-2])$/.test(word)) month ??= Number(word);
  });
  return { ...(month !== undefined && { month }), ...(year !== undefined && { year }) };
}

/** A year of somebody's working life; two digits only after "tahun". */
function yearOf(word: string, previous: string): number | undefined {
  if (/^(19[5-9]|20[0-9])\d$/.test(word)) return Number(word);
  return yearWords.has(previous) && /^\d{2}$/.test(word) ? 2000 + Number(word) : undefined;
}
