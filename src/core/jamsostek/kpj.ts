import { z } from 'zod';
import { type Brand, branded } from '../brand.ts';
import { digitRuns, numbersOfLength } from '../understanding/digits.ts';
import { plainDigits } from '../understanding/text.ts';

/**
 * A membership number (nomor KPJ): 11 digits; older cards have two digits, a letter and eight digits.
 * No check digit is known, and the digits tell neither office nor year.
 */
export type Kpj = Brand<string, 'Kpj'>;

export const kpjSchema = z
  .string()
  .regex(/^(\d{11}|\d{2}[A-Z]\d{8})$/)
  .transform((text) => branded<Kpj>(text));

/** The membership number in what a member wrote, in groups or not; null where there is none, or more than one. */
export function readKpj(text: string): Kpj | null {
  const older = [...plainDigits(text).matchAll(/(?<![a-z\d])\d{2}[a-z]\d{8}(?![a-z\d])/gi)];
  const found = [...older.map(([number]) => number.toUpperCase()), ...numbersOfLength(digitRuns(text), 11)];
  const [kpj, ...others] = found;
  return kpj === undefined || others.length > 0 ? null : branded<Kpj>(kpj);
}
