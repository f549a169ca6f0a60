import fc from 'fast-check';
import { limits } from '../../../../src/core/jamsostek/benefits/limits.ts';
import type { Worked } from '../../../../src/core/jamsostek/benefits/worked.ts';
import { type Day, daySchema, type Month, monthSchema } from '../../../../src/core/jamsostek/month.ts';
import { rupiah } from '../../../../src/core/jamsostek/rupiah.ts';

/** What was worked out, in a test that holds only if everything is known. */
export function known<Value>(result: Worked<Value>): Value {
  if (!result.known) throw new Error(`${result.lacking} is not known`);
  return result.value;
}

export const day = (text: string): Day => daySchema.parse(text);
export const month = (text: string): Month => monthSchema.parse(text);

/** The day that the facts were written for. */
export const today = day('2026-11-22');

/** Every day from one to another. */
export function daysFrom(first: string, last: string): Day[] {
  const days: Day[] = [];
  for (let at = Date.parse(first); at <= Date.parse(last); at += 86_400_000) {
    days.push(day(new Date(at).toISOString().slice(0, 10)));
  }
  return days;
}

export const wage = fc.integer({ min: 0, max: limits.wage }).map(rupiah);
/** As people earn: around the ceilings of JP and JKP. */
export const usualWage = fc.integer({ min: 0, max: 25_000_000 }).map(rupiah);
export const balance = fc.integer({ min: 0, max: limits.balance }).map(rupiah);
