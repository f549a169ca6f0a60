import type { Kpj } from '../kpj.ts';
import type { Segment } from '../member.ts';
import type { Month } from '../month.ts';
import type { Rupiah } from '../rupiah.ts';

/** Months of one membership number, oldest first. */
interface OfMonths {
  readonly kpj: Kpj;
  readonly months: readonly Month[];
}

/**
 * Something in a member's contributions that is worth asking about. It says what is on record and what is not, never why:
 * a month that is not on record can have many causes.
 */
export type Finding =
  /** Months of an employed number that are not on record, between two that are. */
  | ({ readonly is: 'missing'; readonly savings: Rupiah | null } & OfMonths)
  /** The newest months of an active employed number are not on record. */
  | ({ readonly is: 'arrears'; readonly savings: Rupiah | null } & OfMonths)
  /** Months that were posted after the month that they were due in. */
  | ({ readonly is: 'late' } & OfMonths)
  /** The reported wage fell, and stayed so. */
  | {
      readonly is: 'wage dropped';
      readonly kpj: Kpj;
      /** The first month of the lower wage. */
      readonly from: Month;
      readonly before: Rupiah;
      readonly after: Rupiah;
    }
  /** The reported wage lies under the minimum wage of its year. */
  | ({
      readonly is: 'under floor';
      /** Of the newest of these months. */
      readonly reported: Rupiah;
      readonly floor: Rupiah;
      /** How much too low a month's wage is, in that month. */
      readonly shortfall: Rupiah;
    } & OfMonths)
  /** The reported wage is lower than what the member says they earn. */
  | {
      readonly is: 'under said';
      /** The number with the highest wage; the wages of all numbers that are paid for now are counted together. */
      readonly kpj: Kpj;
      readonly said: Rupiah;
      readonly reported: Rupiah;
      readonly shortfall: Rupiah;
      /** The JHT that a month's shortfall comes to; null where the rate is not known. */
      readonly savings: Rupiah | null;
    }
  /** Two employers pay for the same months: normal for who has two jobs. */
  | ({ readonly is: 'two employers'; readonly other: Kpj } & OfMonths)
  /** A number is still active although nothing has come for months and another job has begun since. */
  | {
      readonly is: 'still active';
      readonly kpj: Kpj;
      readonly last: Month;
      /** When contributions under another number began. */
      readonly since: Month;
    }
  /** Months that somebody who pays for themselves has not paid for. */
  | ({
      readonly is: 'own months';
      /** How many of them are the newest ones, in a row; 0 where the newest month is paid. */
      readonly newest: number;
      /** So many in a row that the number is not covered any more. */
      readonly lapsed: boolean;
    } & OfMonths)
  /** Nothing was ever paid in under a number: construction has no JHT, for BPU and PMI it is a choice. */
  | { readonly is: 'no contributions'; readonly kpj: Kpj; readonly segment: Segment };

/** What is worth a letter: a note that is normal, or what the member pays for themselves, is not. */
const forLetters: ReadonlySet<Finding['is']> = new Set([
  'missing',
  'arrears',
  'wage dropped',
  'under floor',
  'under said',
  'still active',
]);

export function isForLetter({ is }: Finding): boolean {
  return forLetters.has(is);
}

/** What says that all is well, or may well be: no reason to do anything. */
const notes: ReadonlySet<Finding['is']> = new Set(['two employers', 'no contributions']);

export function isNote({ is }: Finding): boolean {
  return notes.has(is);
}
