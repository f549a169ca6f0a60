import { names } from '../../locales/index.ts';
import { type Area, areas } from '../areas/areas.ts';
import { wordsOf } from './text.ts';
import type { Word } from './words.ts';

const ambiguous = new Set(names.placesThatAreWords);
const before = new Set(names.beforePlaces);
const spellings = spelledNames();
const longestByFirstWord = longestNames();

/** The areas that are named in these words, in their order: by full name, short name or with a slip of the thumb. */
export function placesIn(words: readonly Word[]): Area[] {
  const found: Area[] = [];
  let next = 0;
  const nameAt = (start: number, length: number) =>
    words
      .slice(start, start + length)
      .map(({ written }) => written)
      .join(' ');
  for (const [start, word] of words.entries()) {
    if (start < next) continue;
    let length = Math.min(longestByFirstWord.get(word.written) ?? 0, words.length - start);
    while (length > 1 && !spellings.has(nameAt(start, length))) length -= 1;
    const area =
      length > 1 ? spellings.get(nameAt(start, length)) : areaOf(word, words[start - 1]?.written, words.length === 1);
    if (area) found.push(area);
    next = start + Math.max(length, 1);
  }
  return found;
}

function areaOf({ written, mended }: Word, previous: string | undefined, alone: boolean): Area | undefined {
  // "Batu" is a city and a stone: it takes a word before it that says which.
  if (ambiguous.has(written) && !alone && (previous === undefined || !before.has(previous))) return undefined;
  const area = spellings.get(written);
  return area ?? (ambiguous.has(mended) ? undefined : spellings.get(mended));
}

function spelledNames(): Map<string, Area> {
  const found = new Map<string, Area>();
  const add = (spelling: string, area: Area) => {
    const words = wordsOf(spelling).join(' ');
    if (!found.has(words)) found.set(words, area);
  };
  for (const area of areas.values()) {
    add(area.name, area);
    if (area.name.startsWith('Kepulauan ')) add(area.name.slice('Kepulauan '.length), area);
  }
  for (const [name, others] of Object.entries({ ...names.places, ...names.provinces })) {
    const area = areas.get(name);
    if (!area) throw new Error(`names.json has a place that is none: ${name}`);
    for (const other of others) add(other, area);
  }
  return found;
}

/** How many words the longest name has that begins with a word. */
function longestNames(): Map<string, number> {
  const longest = new Map<string, number>();
  for (const name of spellings.keys()) {
    const [first = '', ...others] = name.split(' ');
    longest.set(first, Math.max(longest.get(first) ?? 0, others.length + 1));
  }
  return longest;
}
