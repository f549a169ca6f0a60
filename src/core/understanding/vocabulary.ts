import { phrasebook } from '../../locales/index.ts';
import { areas } from '../areas/areas.ts';
import { type Language, languages } from '../language.ts';
import { mender } from './slips.ts';
import { wordsOf } from './text.ts';

/** How often each word stands in the texts of each language: phrases, orders and what the assistant says. */
export const wordCounts: Record<Language, ReadonlyMap<string, number>> = { id: counted('id'), en: counted('en') };

/** Slips are mended to words that are used as often as this; what is used at all is no slip. */
const oftenEnough = 3;

/** Shorter names of places are too close to other words. */
const shortestPlace = 6;

const common = new Map([
  ...[...areas.values()]
    .map(({ name }) => name.toLowerCase())
    .filter((name) => name.length >= shortestPlace && !name.includes(' '))
    .map((name) => [name, 1] as const),
  ...[...new Set(languages.flatMap((language) => [...wordCounts[language].keys()]))]
    .map((word) => [word, timesUsed(word)] as const)
    .filter(([word, times]) => times >= oftenEnough && !/\d/.test(word)),
]);
const meant = mender(common);
/** Looking one up takes long, and the same come again and again; not more of them than this, whatever people write. */
const mendedBefore = new Map<string, string>();
const mostMended = 10_000;

/** How often a word stands in all of them together. */
export function timesUsed(word: string): number {
  return languages.reduce((sum, language) => sum + (wordCounts[language].get(word) ?? 0), 0);
}

/** The word with slips of the thumb made good; as it was when it is in use, or like no word that is. */
export function mended(word: string): string {
  if (common.has(word) || timesUsed(word) > 0 || /\d/.test(word)) return word;
  const before = mendedBefore.get(word);
  if (before !== undefined) return before;
  if (mendedBefore.size >= mostMended) mendedBefore.clear();
  const right = meant(word) ?? word;
  mendedBefore.set(word, right);
  return right;
}

function counted(language: Language): Map<string, number> {
  const counts = new Map<string, number>();
  for (const text of phrasebook.vocabulary[language]) {
    for (const word of wordsOf(text)) counts.set(word, (counts.get(word) ?? 0) + 1);
  }
  return counts;
}
