import { plainDigits } from './text.ts';

/** Digits that a person wrote as one number: `3175 0112-3456.0001` is one run of four groups. */
export interface DigitRun {
  /** All digits of the run. */
  readonly digits: string;
  /** The digits as they were grouped by spaces, dots, dashes and the like. */
  readonly groups: readonly string[];
}

/** What may stand between the digits of one number. Everything else ends the run. */
const separator = /[\s.,\-_/():‐-―−]/u;

/** The runs of digits in a text, in their order. */
export function digitRuns(text: string): DigitRun[] {
  const runs: string[][] = [];
  let groups: string[] = [];
  let group = '';
  const endGroup = () => {
    if (group !== '') groups.push(group);
    group = '';
  };
  const endRun = () => {
    endGroup();
    if (groups.length > 0) runs.push(groups);
    groups = [];
  };
  for (const char of plainDigits(text)) {
    if (char >= '0' && char <= '9') group += char;
    else if (separator.test(char)) endGroup();
    else endRun();
  }
  endRun();
  return runs.map((run) => ({ digits: run.join(''), groups: run }));
}

/**
 * The different numbers of exactly `length` digits in a text, in their order: a whole run, or one group of a longer one
 * ("3175011234560001 123456" holds one of 16 and one of 6). One that comes twice stands where it came last.
 */
export function numbersOfLength(runs: readonly DigitRun[], length: number): string[] {
  const found = new Set<string>();
  for (const run of runs) {
    for (const number of run.digits.length === length ? [run.digits] : run.groups) {
      if (number.length !== length) continue;
      found.delete(number);
      found.add(number);
    }
  }
  return [...found];
}

/** The longest run's digits; empty when there are none. */
export function longestRun(runs: readonly DigitRun[]): string {
  return runs.reduce((longest, run) => (run.digits.length > longest.length ? run.digits : longest), '');
}

/**
 * The longest word that mixes letters into digits (`3275O1`, `32750l`): somebody took a letter for a digit. Null when
 * there is none with more digits than letters.
 */
export function mixedWord(text: string): string | null {
  let longest: string | null = null;
  for (const word of plainDigits(text).split(/[\s,;:]+/u)) {
    const characters = word.replace(/[^\p{L}\p{N}]/gu, '');
    const letters = characters.replace(/\d/g, '').length;
    if (letters === 0 || letters * 2 >= characters.length) continue;
    if (characters.length > (longest?.length ?? 0)) longest = characters;
  }
  return longest;
}

/** The number that a whole text chooses from a menu: "2", "2.", "(2)", "no 2", "pilih nomor 2"; null when it is none. */
export function menuNumber(text: string): number | null {
  const found =
    /^(?:pilih(?:an)? |choose |option )?(?:(?:no|nomor|nomer|nmr|number)[. ]? ?)?[([]?(\d{1,2})[.)\]]?$/.exec(
      text.trim(),
    );
  return found ? Number(found[1]) : null;
}
