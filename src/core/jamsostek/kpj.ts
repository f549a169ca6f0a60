import { z } from 'zod';
import { type Brand, branded } from '../brand.ts';

/**
 * A membership number (nomor KPJ): 11 digits; older cards have two digits, a letter and eight digits.
 * No check digit is known, and the digits tell neither office nor year.
 */
export type Kpj = Brand<string, 'Kpj'>;

export const kpjSchema = z
  .string()
  .regex(/^(\d{11}|\d{2}[A-Z]\d{8})$/)
  .transform((text) => branded<Kpj>(text));
