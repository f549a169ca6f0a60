import { type Brand, branded, type Reading, read, unreadable } from '../brand.ts';
import { looksLikePhone } from '../jamsostek/phone.ts';
import { digitRuns, longestRun, mixedWord, numbersOfLength } from '../understanding/digits.ts';
import { turnsAround, wordsOf } from '../understanding/text.ts';
import { codeLength } from './limits.ts';

/** A one-time code as somebody typed it: the right number of digits, nothing more is known of it. */
export type TypedCode = Brand<string, 'TypedCode'>;

/** Why a text holds no code. None of these is ever counted as a try. */
export type CodeProblem =
  | { readonly is: 'absent' }
  | { readonly is: 'short'; readonly missing: number }
  | { readonly is: 'long'; readonly extra: number }
  | { readonly is: 'letters' }
  /** A phone number: codes go to the phone on file, never to one typed here. */
  | { readonly is: 'phone' }
  | { readonly is: 'several' }
  | { readonly is: 'unclear' };

/** Other digits than a code's stand in questions too ("tahun 2025"): beside this many words they are not meant as one. */
const fewWords = 3;

/** Finds the code in what a member wrote, as `readNik` finds a NIK. `corrected`: of two, the last counts. */
export function readCode(text: string, corrected = false): Reading<TypedCode, CodeProblem> {
  const allRuns = digitRuns(text);
  const runs = allRuns.filter((run) => !looksLikePhone(run.digits));
  const longest = longestRun(runs);
  if (turnsAround(text) && longest.length >= codeLength - 2) return unreadable({ is: 'unclear' });
  const found = numbersOfLength(runs, codeLength);
  const last = found.at(-1);
  if (last !== undefined) {
    return found.length > 1 && !corrected ? unreadable({ is: 'several' }) : read(branded<TypedCode>(last));
  }
  if (runs.length < allRuns.length) return unreadable({ is: 'phone' });
  const words = wordsOf(text).filter((word) => !/\d/.test(word));
  if (words.length > fewWords && !words.some((word) => /^(kode|code|otp)/.test(word))) {
    return unreadable({ is: 'absent' });
  }
  const mixed = mixedWord(text);
  if (mixed?.length === codeLength) return unreadable({ is: 'letters' });
  if (longest.length < codeLength - 2 || longest.length > codeLength + 2) return unreadable({ is: 'absent' });
  return unreadable(
    longest.length < codeLength
      ? { is: 'short', missing: codeLength - longest.length }
      : { is: 'long', extra: longest.length - codeLength },
  );
}
