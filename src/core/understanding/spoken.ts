import { phrasebook } from '../../locales/index.ts';
import { type Language, languages } from '../language.ts';
import { wordCounts } from './vocabulary.ts';
import type { Word } from './words.ts';

/** What a text is written in: one of the languages, or really in both at once ("min mau check balance dong"). */
export type Spoken = Language | 'mixed';

/** A word that is this much likelier in one language than in the other belongs to it (logarithm); the rest are both's. */
const tells = 1;
/** Indonesian takes in English words: from two on, and from this share on, a text is mixed. */
const fewestEnglish = 2;
const leastEnglish = 0.08;
const mostEnglish = 0.75;
/** A word seen less often is judged by its pieces. */
const seenEnough = 2;

/**
 * Tells the language of a text by its words: how often each stands in one language's phrases and in the other's, and for
 * a word that is in none, its pieces. Null when there is nothing to go by.
 */
export function languageTeller(): (words: readonly Word[]) => Spoken | null {
  const leanOf = leanings();
  return (words) => {
    let indonesian = 0;
    let english = 0;
    let sum = 0;
    let read = 0;
    for (const word of words) {
      if (/\d/.test(word.written)) continue;
      const leaning = leanOf(word);
      if (leaning > tells) indonesian += 1;
      if (leaning < -tells) english += 1;
      sum += leaning;
      read += 1;
    }
    if (read === 0) return null;
    const share = english / (indonesian + english || 1);
    if (english >= fewestEnglish && share > leastEnglish && share < mostEnglish) return 'mixed';
    if (indonesian === english) return sum > 0 ? 'id' : 'en';
    return indonesian > english ? 'id' : 'en';
  };
}

/** How much likelier a word is in Indonesian than in English, as a logarithm. */
function leanings(): (word: Word) => number {
  const words: Record<Language, Map<string, number>> = { id: new Map(wordCounts.id), en: new Map(wordCounts.en) };
  for (const spelling of Object.keys(phrasebook.slang))
    if (!words.en.has(spelling)) add(words.id, spelling, seenEnough);
  const pieces: Record<Language, Map<string, number>> = { id: new Map(), en: new Map() };
  for (const language of languages) {
    for (const [word, count] of words[language]) {
      for (const piece of piecesOf(word)) add(pieces[language], piece, Math.log(1 + count));
    }
  }
  const used = (word: string) => (words.id.get(word) ?? 0) + (words.en.get(word) ?? 0);
  const ofWords = ratios(words, 0.3);
  const ofPieces = ratios(pieces, 0.5);
  return ({ written, mended }) => {
    const word = used(written) >= seenEnough ? written : mended;
    if (used(word) >= seenEnough) return ofWords.get(word) ?? 0;
    const all = piecesOf(word);
    return all.reduce((sum, piece) => sum + (ofPieces.get(piece) ?? 0), 0) / Math.sqrt(all.length) / 2;
  };
}

/** For each item the logarithm of its share in Indonesian over its share in English; `floor` stands for never seen. */
function ratios(counts: Record<Language, ReadonlyMap<string, number>>, floor: number): Map<string, number> {
  const total = (language: Language) => [...counts[language].values()].reduce((sum, count) => sum + count, 0);
  const [allIndonesian, allEnglish] = [total('id'), total('en')];
  const share = (count: number | undefined, all: number) => Math.log(((count ?? 0) + floor) / all);
  const items = new Set([...counts.id.keys(), ...counts.en.keys()]);
  return new Map(
    [...items].map((item) => [
      item,
      share(counts.id.get(item), allIndonesian) - share(counts.en.get(item), allEnglish),
    ]),
  );
}

function add(counts: Map<string, number>, item: string, count: number): void {
  counts.set(item, (counts.get(item) ?? 0) + count);
}

function piecesOf(word: string): string[] {
  const edged = `<${word}>`;
  const pieces: string[] = [];
  for (let length = 2; length <= 4; length += 1) {
    for (let start = 0; start + length <= edged.length; start += 1) pieces.push(edged.slice(start, start + length));
  }
  return pieces;
}
