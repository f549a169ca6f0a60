import { type Brand, branded, type Reading, read, unreadable } from '../brand.ts';
import { digitRuns, longestRun, mixedWord, numbersOfLength } from '../understanding/digits.ts';
import { turnsAround } from '../understanding/text.ts';
import { looksLikePhone } from './phone.ts';

/** A resident's identity number (NIK): 16 digits. Not a secret, and never proof of who is writing. */
export type Nik = Brand<string, 'Nik'>;

export const nikLength = 16;

/** Why a text holds no NIK; each has words of its own to answer with. */
export type NikProblem =
  /** No digits that look as if they were meant as a NIK. */
  | { readonly is: 'absent' }
  | { readonly is: 'short'; readonly missing: number }
  | { readonly is: 'long'; readonly extra: number }
  /** Letters among the digits. */
  | { readonly is: 'letters' }
  /** Eleven digits: a membership number (KPJ). */
  | { readonly is: 'kpj' }
  | { readonly is: 'phone' }
  | { readonly is: 'several' }
  /** Controls that turn the reading order around. */
  | { readonly is: 'unclear' };

/** Fewer digits than this are not taken for an attempt at a NIK. */
const fewestMeant = 8;
const mostMeant = 24;

/**
 * Finds the NIK in what a member wrote: inside a sentence, in groups, in digits of any script. Two different ones are
 * `several`, unless the member corrects themselves (`corrected`): then the last counts.
 */
export function readNik(text: string, corrected = false): Reading<Nik, NikProblem> {
  const runs = digitRuns(text);
  const longest = longestRun(runs);
  if (turnsAround(text) && longest.length >= fewestMeant) return unreadable({ is: 'unclear' });
  const found = numbersOfLength(runs, nikLength);
  const last = found.at(-1);
  if (last !== undefined) {
    return found.length > 1 && !corrected ? unreadable({ is: 'several' }) : read(branded<Nik>(last));
  }
  const mixed = mixedWord(text);
  if (mixed !== null && mixed.length >= fewestMeant && mixed.length <= mostMeant) return unreadable({ is: 'letters' });
  if (longest.length < fewestMeant || longest.length > mostMeant) return unreadable({ is: 'absent' });
  if (looksLikePhone(longest)) return unreadable({ is: 'phone' });
  if (longest.length === 11) return unreadable({ is: 'kpj' });
  return unreadable(
    longest.length < nikLength
      ? { is: 'short', missing: nikLength - longest.length }
      : { is: 'long', extra: longest.length - nikLength },
  );
}

/** Digits of a NIK that a paper shows at its beginning: province and regency. */
const shownFirst = 4;
/** Digits that it shows at the end: half of the serial number. */
const shownLast = 2;

/**
 * A NIK as papers show it, enough to tell it from another: `3273••••••••••01`. District, birth date and the rest of the
 * serial number are covered.
 */
export function maskedNik(nik: Nik): string {
  const covered = '•'.repeat(nikLength - shownFirst - shownLast);
  return nik.slice(0, shownFirst) + covered + nik.slice(-shownLast);
}
