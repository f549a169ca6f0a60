import { type Day, monthSchema } from '../month.ts';
import { type Rupiah, rupiah } from '../rupiah.ts';
import { monthOf, monthsBetween } from './calendar.ts';
import { type Grown, grown } from './growth.ts';
import { atMost, percentOf } from './percent.ts';
import { type Worked, worked } from './worked.ts';

/** JP began then, so nobody has contributions for an earlier month. Source: PP 45/2015. */
const firstMonth = monthSchema.parse('2015-07');

/** What a pension is worked out from. */
export interface JpPlan {
  /** Months of contributions when it is paid. */
  readonly months: number;
  /** The average monthly wage over those, indexed: in the money of the day that is asked for. */
  readonly averageWage: Rupiah;
  readonly retiresOn: Day;
  /** Percent of growth a year for a lump sum; the last published one where there is none. */
  readonly rate?: number;
}

interface JpCounted {
  /** Months that count: no more than JP is old on the day of retirement. */
  readonly months: number;
  /** The average wage, up to the ceiling of the day. */
  readonly wage: Rupiah;
}

/** The old-age benefit of JP: a pension every month, or all at once where there are too few months. */
export type JpBenefit = JpCounted &
  (
    | { readonly paid: 'monthly'; readonly monthly: Rupiah; readonly heldBy: 'floor' | 'ceiling' | null }
    | ({ readonly paid: 'at_once'; readonly rate: number } & Grown)
  );

/**
 * The old-age benefit of JP in the money of `day`: an estimate ("perkiraan"), as wages and floors rise until then.
 *
 * From 180 months on, monthly: 1 % × months / 12 × average wage, between the floor and the ceiling of the day. Under that,
 * at once: the 3 % contributions with growth. Half a rupiah goes up.
 *
 * Source: PP 45/2015 art. 17; `jp.pension_min`, `jp.pension_max`, `jp.ceiling` and `jp.lump_growth`, which end.
 */
export function jpBenefit({ months, averageWage, retiresOn, rate }: JpPlan, day: Day): Worked<JpBenefit> {
  return worked(day, (of): JpBenefit => {
    const counted = {
      months: Math.max(0, Math.min(months, monthsBetween(firstMonth, monthOf(retiresOn)))),
      wage: atMost(of('jp.ceiling'), averageWage),
    };
    if (counted.months < of('jp.months')) {
      const assumed = rate ?? of('jp.lump_growth');
      const contribution = percentOf(counted.wage, of('jp.rate'));
      const saved = grown(rupiah(0), Array<Rupiah>(counted.months).fill(contribution), assumed);
      return { ...counted, paid: 'at_once', rate: assumed, ...saved };
    }
    const earned = Math.round((counted.wage * counted.months * of('jp.accrual')) / 1200);
    const [floor, ceiling] = [of('jp.pension_min'), of('jp.pension_max')];
    return {
      ...counted,
      paid: 'monthly',
      monthly: rupiah(Math.min(ceiling, Math.max(floor, earned))),
      heldBy: earned < floor ? 'floor' : earned > ceiling ? 'ceiling' : null,
    };
  });
}
