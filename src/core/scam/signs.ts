import { plainDigits } from '../understanding/text.ts';
import { type Sign, signs } from './judgement.ts';
import { skeleton } from './look-alikes.ts';
import lists from './signs.json' with { type: 'json' };

/** Words between a verb and the thing that it is about. */
const reach = 5;

const wordsOf = (text: string): string[] => text.split(/[^\p{L}\p{N}]+/u).filter((word) => word !== '');
/** Figures in a word are letters ("k0de"); figures alone stay what they are. */
const seen = (word: string): string => (/^\d+$/.test(word) ? word : skeleton(word));
const phrase = (text: string): readonly string[] => wordsOf(text).map(seen);
const negators = new Set(lists.negators.map(seen));
const between = new Set(lists.between.map(seen));
const rules = signs.map((sign) => ({
  sign,
  phrases: lists.signs[sign].phrases.map(phrase),
  near: lists.signs[sign].near.map(({ verbs, things }) => ({
    verbs: new Set(verbs.map(seen)),
    things: things.map(phrase),
  })),
}));

/**
 * What a text does with its words, the worst first. A verb that is said not to be done ("jangan kirim kode", "tidak pernah
 * meminta PIN") is no sign.
 */
export function signsIn(text: string): Sign[] {
  const words = wordsOf(plainDigits(text).toLowerCase().replace(/['’`]/g, '')).map(seen);
  return rules
    .filter(
      ({ phrases, near }) =>
        phrases.some((each) => placesOf(each, words).some((at) => !isNegated(words, at))) ||
        near.some(({ verbs, things }) => isNear(words, verbs, things)),
    )
    .map(({ sign }) => sign);
}

function isNear(words: readonly string[], verbs: ReadonlySet<string>, things: readonly (readonly string[])[]): boolean {
  const said = words.flatMap((word, at) => (verbs.has(word) && !isNegated(words, at) ? [at] : []));
  if (said.length === 0) return false;
  return things.some((thing) => {
    // The nearest verbs are looked at by position, so that a long text takes no longer for each of its words.
    const places = new Set(placesOf(thing, words));
    return said.some((at) => {
      for (let step = 1; step <= reach; step += 1) if (places.has(at + step) || places.has(at - step)) return true;
      return false;
    });
  });
}

function placesOf(phrase: readonly string[], words: readonly string[]): number[] {
  return words.flatMap((_, at) => (phrase.every((word, index) => words[at + index] === word) ? [at] : []));
}

/** Whether the words right before say that it is not so; "jangan lupa kirim" does not. */
function isNegated(words: readonly string[], at: number): boolean {
  let before = at - 1;
  while (before >= 0 && at - before <= 3 && between.has(words[before] ?? '')) before -= 1;
  return negators.has(words[before] ?? '');
}
