import { type Rupiah, rupiah } from '../rupiah.ts';

/** Percents are exact to four decimals: 0.0001 % is one of these in a whole. */
const decimals = 10_000;
const whole = BigInt(100 * decimals);

/**
 * So many percent of an amount that is not negative, in whole rupiah: half a rupiah and more goes up, unless all is to be
 * rounded `down` (for what is "at most"). Exact for every amount, as money may not pass through binary fractions.
 */
export function percentOf(amount: Rupiah, percent: number, rounding: 'half up' | 'down' = 'half up'): Rupiah {
  const product = BigInt(amount) * BigInt(Math.round(percent * decimals));
  return rupiah(Number((product + (rounding === 'down' ? 0n : whole / 2n)) / whole));
}

/** The sum of amounts. */
export function sum(amounts: Iterable<Rupiah>): Rupiah {
  let total = 0;
  for (const amount of amounts) total += amount;
  return rupiah(total);
}

/** The smaller of two amounts: what a ceiling leaves of one. */
export function atMost(ceiling: number, amount: Rupiah): Rupiah {
  return amount > ceiling ? rupiah(ceiling) : amount;
}
