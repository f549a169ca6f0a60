import { z } from 'zod';
import { type Day, daySchema } from '../month.ts';
import { type Rupiah, rupiah, rupiahSchema } from '../rupiah.ts';
import file from './income-tax.json' with { type: 'json' };
import { percentOf, sum } from './percent.ts';
import { lack, type Worked, worked } from './worked.ts';

const { tables } = z
  .object({
    tables: z.array(
      z.object({
        from: daySchema,
        until: daySchema.optional(),
        /** Percent on top of the tax for who has no tax number (NPWP). */
        withoutNpwp: z.number(),
        /** Lowest first. */
        brackets: z.array(z.object({ above: rupiahSchema, percent: z.number() })),
      }),
    ),
  })
  .parse(file);

/**
 * The progressive tax on a JHT payment in the third year or later, in whole rupiah: each bracket's percent of the part in
 * it, and 20 % more without NPWP. Half a rupiah goes up.
 *
 * Source: income tax law art. 17, by `income-tax.json`.
 */
export function incomeTax(amount: Rupiah, day: Day, { npwp }: { readonly npwp: boolean }): Worked<Rupiah> {
  return worked(day, () => {
    const table = tables.find(({ from, until }) => from <= day && (until === undefined || day <= until));
    if (!table) return lack('tax.article_17');
    const { brackets, withoutNpwp } = table;
    const tax = sum(
      brackets.map(({ above, percent }, index) => {
        const top = Math.min(amount, brackets[index + 1]?.above ?? amount);
        return percentOf(rupiah(Math.max(0, top - above)), percent);
      }),
    );
    return npwp ? tax : percentOf(tax, 100 + withoutNpwp);
  });
}
