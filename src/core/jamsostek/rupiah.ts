import { z } from 'zod';
import { type Brand, branded } from '../brand.ts';

/** Money: whole rupiah, within what a double holds exactly. */
export type Rupiah = Brand<number, 'Rupiah'>;

export const rupiahSchema = z
  .number()
  .int()
  .transform((amount) => branded<Rupiah>(amount));

/** Throws on anything but a whole number: money that is not whole rupiah is a fault of the program, never of a member. */
export function rupiah(amount: number): Rupiah {
  return rupiahSchema.parse(amount);
}
