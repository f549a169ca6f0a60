import { phrasebook } from '../../locales/index.ts';
import { plainText, splitWords, wordsOf } from './text.ts';
import { mended } from './vocabulary.ts';

/** One word of a text, read once for everything that looks at it. */
export interface Word {
  /** As it was written, in lower case. */
  readonly written: string;
  /** With slips of the thumb made good. */
  readonly mended: string;
  /** As the phrasebook spells it: "sy" is "saya", and "dong" is nothing. */
  readonly standard: readonly string[];
  /** It begins a clause: punctuation stands before it. */
  readonly begins: boolean;
}

const slang = new Map(
  Object.entries(phrasebook.slang).map(([spelling, words]) => [
    spelling,
    words.split(' ').filter((word) => word !== ''),
  ]),
);
const clauseEnd = /[.?!,;:&+/\n]/;

/** A word that carries nothing beside others: "dong", "kak". */
export function isNothing(word: string): boolean {
  return slang.get(word)?.length === 0;
}

/** The words of a text. */
export function readWords(text: string): Word[] {
  return plainText(text)
    .split(clauseEnd)
    .flatMap((clause) =>
      splitWords(clause).map((written, position) => {
        const meant = slang.has(written) ? written : mended(written);
        return { written, mended: meant, standard: slang.get(meant) ?? [meant], begins: position === 0 };
      }),
    );
}

/** Words as the phrasebook spells them. What is nothing beside other words ("dong") is itself when it stands alone. */
export function standardOf(words: readonly Word[]): string[] {
  const standard = words.flatMap((word) => word.standard);
  return standard.length > 0 ? standard : words.map(({ written }) => written);
}

/** The words of a text as the phrasebook spells them, slips left as they are: for orders, which are taken by the letter. */
export function standardWords(text: string): string[] {
  const words = wordsOf(text);
  const standard = words.flatMap((word) => slang.get(word) ?? [word]);
  return standard.length > 0 ? standard : words;
}
