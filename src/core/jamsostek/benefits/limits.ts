/**
 * How far the calculators can be trusted to stay within whole numbers that a double holds exactly; far beyond what a
 * member earns or saves. What asks a member for a number holds it against these; past them a calculator may throw.
 */
export const limits = {
  /** Rupiah a month. */
  wage: 1_000_000_000,
  /** Rupiah. */
  balance: 100_000_000_000,
  months: 600,
  /** Percent a year. */
  raise: 20,
  /** Percent a year. */
  rate: 15,
} as const;
