import { z } from 'zod';
import { type Brand, branded } from '../brand.ts';
import { hour, type Instant } from '../time.ts';

/** A calendar month, `2026-10`: what a contribution is paid for. */
export type Month = Brand<string, 'Month'>;

/** A calendar day, `2026-10-31`. */
export type Day = Brand<string, 'Day'>;

export const monthSchema = z
  .string()
  .regex(/^\d{4}-(0[1-9]|1[0-2])$/)
  .transform((text) => branded<Month>(text));

export const daySchema = z.iso.date().transform((text) => branded<Day>(text));

/** Western Indonesian Time is seven hours ahead, without summer time. */
const jakarta = 7 * hour;

/** The calendar day in Jakarta. */
export function dayInJakarta(now: Instant): Day {
  return daySchema.parse(new Date(now + jakarta).toISOString().slice(0, 10));
}

/** Day and time in Jakarta as an SMS has them: `22/11 10:05`. */
export function clockInJakarta(now: Instant): string {
  const there = new Date(now + jakarta).toISOString();
  return `${there.slice(8, 10)}/${there.slice(5, 7)} ${there.slice(11, 16)}`;
}
