import { z } from 'zod';
import type { Membership } from '../jamsostek/member.ts';
import type { Speech } from '../speech.ts';
import type { Entities } from '../understanding/entities.ts';
import { timesUsed } from '../understanding/vocabulary.ts';
import { readWords } from '../understanding/words.ts';

/** Words that may name one of a member's employers or membership numbers: whose they are is only known once verified. */
export const namedSchema = z.object({
  words: z.array(z.string()),
  /** True when one of the member's is surely meant: after "PT", or a membership number itself. */
  sure: z.boolean(),
});
export type Named = Readonly<z.infer<typeof namedSchema>>;

/** A membership number of an older card; those of digits alone are found with all other numbers. */
const oldNumber = /^\d{2}[a-z]\d{8}$/;
const companies: ReadonlySet<string> = new Set(['pt', 'cv', 'ud', 'pd', 'fa', 'firma', 'yayasan', 'koperasi']);
const shortestName = 3;
const mostWords = 6;

/** What in a text may name an employer or a membership number; null when nothing does. */
export function namedIn(text: string, { kpj }: Entities): Named | null {
  const words = readWords(text).map(({ written }) => written);
  const numbers = words.filter((word) => oldNumber.test(word));
  if (kpj !== undefined) numbers.push(kpj);
  if (numbers.length > 0) return { words: numbers, sure: true };
  const company = words.findIndex((word) => companies.has(word));
  const after = company < 0 ? [] : words.slice(company + 1, company + 1 + mostWords).filter(isName);
  if (after.length > 0) return { words: after, sure: true };
  const strange = words.filter((word) => isName(word) && timesUsed(word) === 0).slice(0, mostWords);
  return strange.length > 0 ? { words: strange, sure: false } : null;
}

function isName(word: string): boolean {
  return word.length >= shortestName && !/\d/.test(word);
}

/** Those of the memberships that are named most clearly; none where none is. */
export function namedAmong(memberships: readonly Membership[], { words }: Named): readonly Membership[] {
  const rated = memberships.map((membership) => ({ membership, hits: hitsOf(membership, words) }));
  const most = Math.max(0, ...rated.map(({ hits }) => hits));
  return most === 0 ? [] : rated.filter(({ hits }) => hits === most).map(({ membership }) => membership);
}

function hitsOf({ kpj: number, employer }: Membership, words: readonly string[]): number {
  const names = new Set(readWords(employer ?? '').map(({ written }) => written));
  return words.filter((word) => word === number.toLowerCase() || (!companies.has(word) && names.has(word))).length;
}

/** The employer, or in words why there is none. */
export function employerOf({ employer, segment }: Pick<Membership, 'employer' | 'segment'>, speech: Speech): string {
  return employer ?? speech.text(`employer.${segment}`);
}
