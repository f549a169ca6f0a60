import { type Rupiah, rupiah } from '../rupiah.ts';
import { sum } from './percent.ts';

/** What a balance and the contributions to it come to. */
export interface Grown {
  readonly total: Rupiah;
  /** What was paid in on top of the balance. */
  readonly contributed: Rupiah;
  /** What the total holds that nobody paid in. */
  readonly growth: Rupiah;
}

/**
 * A balance after a contribution at the end of each month, growing by a twelfth of the yearly rate (percent) every month.
 * Contributions are whole rupiah; growth is carried on in full and the total rounded once, at the end.
 */
export function grown(balance: Rupiah, contributions: readonly Rupiah[], rate: number): Grown {
  const factor = 1 + rate / 1200;
  let amount: number = balance;
  for (const contribution of contributions) amount = amount * factor + contribution;
  const total = rupiah(Math.round(amount));
  const contributed = sum(contributions);
  return { total, contributed, growth: rupiah(total - balance - contributed) };
}
