import { names } from '../../locales/index.ts';
import { timesUsed } from './vocabulary.ts';
import { readWords, type Word } from './words.ts';

/** Stands for a number, in figures or in a word. */
export const numberMask = '#';
/** Stands for a word that may be a name. */
export const wordMask = '•';
/** A masked text is no longer than this. */
export const longestMasked = 256;

/** A word that the assistant's texts use less often may be a name. Common names stood in phrases twice at most when this was chosen. */
const often = 10;
/** A word that is used this often is no name, even where one is expected. */
const veryOften = 40;
/** What a name follows: of a person, or of who employs them. */
const beforeNames = new Set(
  'nama namanya saya atas bapak ibu pak bpk bu mas mbak name is am im mr mrs ms sir pt cv ud'.split(' '),
);
const numerals = new Set(Object.values(names.numerals).flat());

/**
 * A member's text with what could be personal masked: the words that the assistant itself uses often, in lower case, `#`
 * for each number and `•` for every other word. Where a name is expected ("nama saya Made Bagus") a word has to be used
 * very often to be shown. A name that is an everyday word ("cek saldo Bagus") is shown where nothing says that it is one.
 */
export function masked(text: string): string {
  let nameExpected = false;
  const shown = readWords(text).map((word) => {
    const { written } = word;
    if (/\p{N}/u.test(written) || numerals.has(written)) return numberMask;
    const known = knownAs(word, nameExpected ? veryOften : often);
    nameExpected = beforeNames.has(written) || (nameExpected && known === undefined);
    return known ?? wordMask;
  });
  return shown.join(' ').slice(0, longestMasked).trimEnd();
}

/** The word as the phrasebook spells it, else as it was written, if that is used so often. */
function knownAs({ written, mended, standard }: Word, times: number): string | undefined {
  // A word with a slip is not shown as what it may have been meant for: it may be a name that is like it.
  const spelled = mended === written ? standard : [];
  return [spelled, [written]]
    .find((words) => words.length > 0 && words.every((word) => !/\p{N}/u.test(word) && timesUsed(word) >= times))
    ?.join(' ');
}
