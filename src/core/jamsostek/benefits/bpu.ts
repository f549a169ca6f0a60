import { z } from 'zod';
import { figure } from '../figures/figures.ts';
import { type Day, daySchema, type Month } from '../month.ts';
import { type Rupiah, rupiah, rupiahSchema } from '../rupiah.ts';
import file from './bpu-brackets.json' with { type: 'json' };
import { firstDay, monthOf, monthsLater } from './calendar.ts';
import { percentOf, sum } from './percent.ts';
import { type FigureOf, lack, type Worked, worked } from './worked.ts';

const { tables } = z
  .object({
    tables: z.array(
      z.object({
        from: daySchema,
        until: daySchema.optional(),
        /** Lowest first; each ends where the next begins. */
        brackets: z.array(z.object({ incomeFrom: rupiahSchema, base: rupiahSchema })),
      }),
    ),
  })
  .parse(file);

/** What a member wants who works for themselves (BPU). */
export interface BpuChoice {
  /** With old-age savings. */
  readonly jht: boolean;
  /** Drives for a living (ojol, taxi, truck): their discount has other dates. */
  readonly transport: boolean;
  /** How many months are paid for, the first being that of the day. */
  readonly months: number;
}

/** What is paid for one month. */
export interface BpuMonth {
  readonly month: Month;
  /** After the discount. */
  readonly jkk: Rupiah;
  /** After the discount. */
  readonly jkm: Rupiah;
  readonly jht: Rupiah;
  readonly total: Rupiah;
  /** Percent off JKK and JKM; 0 where there is none. */
  readonly discount: number;
}

/** What is paid for several. */
export interface BpuContribution {
  /** The amount that stands for the income: contributions and benefits are worked out from it. */
  readonly base: Rupiah;
  readonly months: readonly BpuMonth[];
  readonly total: Rupiah;
}

/**
 * The base of the bracket that a monthly income is in; undefined where no table is known for the day.
 *
 * Source: PP 44/2015 annex II, by `bpu-brackets.json`.
 */
export function bpuBase(income: Rupiah, day: Day): Rupiah | undefined {
  const table = tables.find(({ from, until }) => from <= day && (until === undefined || day <= until));
  return table?.brackets.findLast(({ incomeFrom }) => incomeFrom <= income)?.base;
}

/**
 * What a BPU member pays: JKK 1 % of the base, JKM Rp6,800, and JHT 2 % of the base where it is wanted.
 *
 * Each month is worked out by its own figures: the discount goes with the month that is paid *for*, so that paying ahead
 * past its end is never promised at the lower price. It is not for those whom the state pays for.
 *
 * Source: PP 44/2015 annex II; discount: PP 50/2025.
 */
export function bpuContribution(income: Rupiah, day: Day, choice: BpuChoice): Worked<BpuContribution> {
  return worked(day, (of) => {
    const base = bpuBase(income, day) ?? lack('bpu.brackets');
    const first = monthOf(day);
    const months = Array.from({ length: choice.months }, (_, index) =>
      bpuMonth(base, monthsLater(first, index), choice, of),
    );
    return { base, months, total: sum(months.map(({ total }) => total)) };
  });
}

function bpuMonth(base: Rupiah, month: Month, { jht: wanted, transport }: BpuChoice, of: FigureOf): BpuMonth {
  const day = firstDay(month);
  // No discount on a day means that there is none, not that it is unknown: its end is in the regulation.
  const discount = figure(transport ? 'bpu.discount_transport' : 'bpu.discount', day) ?? 0;
  const jkk = percentOf(percentOf(base, of('bpu.jkk_rate', day)), 100 - discount);
  const jkm = percentOf(rupiah(of('bpu.jkm', day)), 100 - discount);
  const jht = wanted ? percentOf(base, of('bpu.jht_rate', day)) : rupiah(0);
  return { month, jkk, jkm, jht, total: sum([jkk, jkm, jht]), discount };
}
