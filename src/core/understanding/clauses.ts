import { names } from '../../locales/index.ts';
import type { Word } from './words.ts';

const joints = new Set(names.joints);
const negations = new Set(names.negations);
const contrasts = new Set(names.contrasts);
const courtesies = new Set(names.courtesies);
/** A negation stands among the first words of what it denies, and is of so many words itself. */
const negationWithin = 4;
const longestNegation = 3;
/** What is denied is named in a few words: "bukan iuran"; a longer clause with a "bukan" in it is a story. */
const longestDenied = 6;

/** The clauses of a text: parted by punctuation, and where a word joins two ("sama", "terus", "and also"). */
export function clausesOf(words: readonly Word[]): Word[][] {
  return partedAt(words, (word) => word.begins || joints.has(word.written))
    .map((clause) => clause.filter(({ written }) => !joints.has(written)))
    .filter((clause) => clause.length > 0);
}

/**
 * The words without what they say is not meant: of "bukan iuran, saldonya aja" what is left is "saldonya aja". Where
 * nothing would be left, or nothing is denied, the same words.
 */
export function withoutDenied(words: readonly Word[]): readonly Word[] {
  const parts = partedAt(words, (word) => word.begins || contrasts.has(word.written));
  const kept = parts.filter((part) => !isDenial(part));
  return kept.length === 0 || kept.length === parts.length ? words : kept.flat();
}

/** The words without greetings, thanks and apologies, wherever they stand: what is left when somebody also wants something. */
export function withoutCourtesies(words: readonly Word[]): Word[] {
  const kept: Word[] = [];
  for (let at = 0; at < words.length; at += 1) {
    const [word, next] = words.slice(at, at + 2);
    if (!word) continue;
    if (next && courtesies.has(`${word.written} ${next.written}`)) at += 1;
    else if (!courtesies.has(word.written)) kept.push(word);
  }
  return kept;
}

function partedAt(words: readonly Word[], begins: (word: Word) => boolean): Word[][] {
  const parts: Word[][] = [];
  for (const word of words) {
    const last = parts.at(-1);
    if (!last || begins(word)) parts.push([word]);
    else last.push(word);
  }
  return parts;
}

function isDenial(part: readonly Word[]): boolean {
  const words = part.flatMap(({ standard }) => standard);
  for (let start = 0; start < Math.min(words.length, negationWithin); start += 1) {
    for (let length = 1; length <= longestNegation; length += 1) {
      if (!negations.has(words.slice(start, start + length).join(' '))) continue;
      const denied = words.length - start - length;
      return denied > 0 && denied <= longestDenied;
    }
  }
  return false;
}
