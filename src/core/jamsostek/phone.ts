import { z } from 'zod';
import { type Brand, branded } from '../brand.ts';

/** An Indonesian mobile number in international form: `+62` and 8 to 12 more digits, the first of them 8. */
export type Phone = Brand<string, 'Phone'>;

/** Reads a number that is already in international form, as the registry holds it. */
export const phoneSchema = z
  .string()
  .regex(/^\+628\d{7,11}$/)
  .transform((digits) => branded<Phone>(digits));

/** Whether digits that somebody typed look like an Indonesian mobile number, with or without the country code. */
export function looksLikePhone(digits: string): boolean {
  return /^(08|628)\d{8,11}$/.test(digits);
}
