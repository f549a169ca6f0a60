import { z } from 'zod';
import { limits } from '../jamsostek/benefits/limits.ts';
import { monthSchema } from '../jamsostek/month.ts';
import { rupiahSchema } from '../jamsostek/rupiah.ts';

/** What a number of an estimate counts, and between which values it is believed; all are whole but percents. */
export const numberFields = {
  /** Rupiah a month. 0 where nothing is paid in any more. */
  wage: { unit: 'money', least: 100_000, most: limits.wage },
  /** Rupiah. */
  balance: { unit: 'money', least: 1_000, most: limits.balance },
  /** Rupiah of JHT a month, for who names that instead of a wage. */
  contribution: { unit: 'money', least: 1_000, most: 50_000_000 },
  /** Rupiah off a month's wage. */
  deducted: { unit: 'money', least: 1_000, most: 100_000_000 },
  /** Percent a year. */
  raise: { unit: 'percent', least: 0, most: limits.raise },
  /** Percent of growth a year. */
  rate: { unit: 'percent', least: 0, most: limits.rate },
  /** How long JHT goes on; how long JP is paid in all. */
  months: { unit: 'months', least: 1, most: limits.months },
  /** JP paid until now. */
  paid: { unit: 'months', least: 1, most: limits.months },
  /** JP still to be paid. */
  more: { unit: 'months', least: 1, most: limits.months },
  /** Not able to work after an accident. */
  sick: { unit: 'months', least: 1, most: limits.months },
  /** A member of JKM until now. */
  member: { unit: 'months', least: 0, most: limits.months },
  /** Months that BPU is paid for. */
  ahead: { unit: 'months', least: 1, most: 36 },
  age: { unit: 'age', least: 15, most: 90 },
  untilAge: { unit: 'age', least: 16, most: 90 },
  children: { unit: 'children', least: 0, most: 20 },
} as const;

export type NumberField = keyof typeof numberFields;

/** Parts of a work accident's benefit. */
export const accidents = ['death', 'disability', 'off_work'] as const;

function money(field: NumberField) {
  return rupiahSchema.pipe(z.custom<z.infer<typeof rupiahSchema>>((value) => within(field, value))).optional();
}

function number(field: NumberField) {
  return z
    .number()
    .refine((value) => within(field, value))
    .optional();
}

/** What a member has said. A number is here only when it can be believed, so that no calculator is ever given another. */
export const givenSchema = z.object({
  wage: money('wage'),
  balance: money('balance'),
  contribution: money('contribution'),
  deducted: money('deducted'),
  raise: number('raise'),
  rate: number('rate'),
  months: number('months'),
  paid: number('paid'),
  more: number('more'),
  sick: number('sick'),
  member: number('member'),
  ahead: number('ahead'),
  age: number('age'),
  untilAge: number('untilAge'),
  children: number('children'),
  /** Drives for a living. */
  transport: z.boolean().optional(),
  /** BPU with old-age savings; not said: both ways are shown. */
  withJht: z.boolean().optional(),
  /** Works for themselves. */
  bpu: z.boolean().optional(),
  /** The one that is asked for; not said: an overview. */
  accident: z.enum(accidents).optional(),
  /** The month of a pay slip; not said: that of the day. */
  month: monthSchema.optional(),
  /** What a number without "juta" was probably meant as: waits for a yes. Rupiah. */
  meant: rupiahSchema.optional(),
});

export type Given = Readonly<z.infer<typeof givenSchema>>;

/** Whether a number can be believed. Nothing at all is a wage, a balance, too. */
export function within(field: NumberField, value: unknown): boolean {
  if (typeof value !== 'number') return false;
  const { unit, least, most } = numberFields[field];
  const none = value === 0 && (field === 'wage' || field === 'balance');
  return none || (value >= least && value <= most && (unit === 'percent' || Number.isInteger(value)));
}

/** The fields by name, for what goes through them all. */
export const numberFieldNames = [
  'wage',
  'balance',
  'contribution',
  'deducted',
  'raise',
  'rate',
  'months',
  'paid',
  'more',
  'sick',
  'member',
  'ahead',
  'age',
  'untilAge',
  'children',
] as const satisfies readonly NumberField[];
