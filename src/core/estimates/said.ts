import { plainText, turnsAround } from '../understanding/text.ts';
import { isNothing, readWords } from '../understanding/words.ts';
import cueWords from './cues.json' with { type: 'json' };

/** What a word of a text points to: `gaji` to the wage. */
export type Cue = keyof typeof cueWords;

interface Token {
  readonly written: string;
  /** As written, with slips mended, as the phrasebook spells it, and without "-nya" and "-ku". */
  readonly forms: ReadonlySet<string>;
  /** Where it ends in the text. */
  readonly end: number;
}

const cues = new Map<string, ReadonlySet<string>>(
  Object.entries(cueWords).map(([cue, words]) => [cue, new Set(words)]),
);
const shortestStem = 3;

/** A text of a member's, as words and numbers in a row, to find out what each number counts. */
export class Said {
  /** In lower case with plain digits; empty where it is shown in another order than it is written. */
  readonly plain: string;
  readonly tokens: readonly Token[];
  /** As it was written, and as the phrasebook spells it. */
  readonly #phrases: readonly string[];

  constructor(text: string) {
    this.plain = turnsAround(text) ? '' : plainText(text);
    const found = [...this.plain.matchAll(/\d+(?:[.,]\d+)*|\p{L}+|%/gu)];
    const read = found.map(([written]) => (/^\p{L}/u.test(written) ? readWords(written) : []));
    const standard = found.map(([written], index) => read[index]?.[0]?.standard ?? [written]);
    this.tokens = found.map(({ 0: written, index }, at) => {
      const meant = [written, read[at]?.[0]?.mended ?? written, ...(standard[at] ?? [])];
      return { written, forms: new Set(meant.flatMap((form) => [form, stemOf(form)])), end: index + written.length };
    });
    this.#phrases = [found.map(([written]) => written), standard.flat()].map((words) => ` ${words.join(' ')} `);
  }

  /** The token at a place is one of the cue's words. */
  at(cue: Cue, index: number): boolean {
    return this.isOf(cues.get(cue), index);
  }

  /** The token at a place is one of these words. */
  isOf(words: ReadonlySet<string> | undefined, index: number): boolean {
    const token = this.tokens[index];
    return token !== undefined && words !== undefined && [...token.forms].some((form) => words.has(form));
  }

  /** The token at a place carries nothing: "dong". */
  isNothing(index: number): boolean {
    const token = this.tokens[index];
    return token !== undefined && isNothing(token.written);
  }

  /** One of the cue's words or phrases stands anywhere. */
  has(cue: Cue): boolean {
    return this.hasAny(cues.get(cue));
  }

  /** One of these words or phrases stands anywhere. */
  hasAny(words: ReadonlySet<string> = new Set()): boolean {
    if (this.tokens.some((_, index) => this.isOf(words, index))) return true;
    return [...words].some(
      (word) => word.includes(' ') && this.#phrases.some((phrase) => phrase.includes(` ${word} `)),
    );
  }

  /** The text is nothing but one of the cue's phrases, beside words that carry nothing. */
  isAll(cue: Cue, fillers: ReadonlySet<string>): boolean {
    const words = cues.get(cue) ?? new Set();
    return this.#phrases.some((phrase) => {
      const said = phrase.trim().split(' ');
      const core = said.filter((word) => !fillers.has(word)).join(' ');
      return words.has(said.join(' ')) || words.has(core);
    });
  }

  /** One of the cue's words stands among so many tokens before a place. */
  before(cue: Cue, index: number, tokens: number): boolean {
    for (let at = Math.max(0, index - tokens); at < index; at += 1) if (this.at(cue, at)) return true;
    return false;
  }

  /** One of the cue's words stands among so many tokens after a place. */
  after(cue: Cue, index: number, tokens: number): boolean {
    for (let at = index + 1; at <= index + tokens; at += 1) if (this.at(cue, at)) return true;
    return false;
  }
}

function stemOf(word: string): string {
  const stem = word.replace(/(?:nya|ku|mu)$/, '');
  return stem.length >= shortestStem ? stem : word;
}
