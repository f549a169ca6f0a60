import { monthsBetween, monthsLater } from '../benefits/calendar.ts';
import type { Account, Contribution, Membership, WageFloor } from '../member.ts';
import type { Day, Month } from '../month.ts';
import type { Rupiah } from '../rupiah.ts';

/** All that a check looks at. */
export interface OnRecord {
  readonly account: Account;
  /** All of them, in any order. */
  readonly contributions: readonly Contribution[];
  readonly floors: readonly WageFloor[];
  /** The day in Jakarta. */
  readonly today: Day;
  /** What the member says of themselves. */
  readonly said?: { readonly wage?: Rupiah };
}

/** A membership number with what was paid for it, oldest month first. */
export interface Held {
  readonly membership: Membership;
  readonly paid: readonly Contribution[];
}

/** The numbers of an account in its order, each with its own contributions. */
export function heldIn({ account, contributions }: Pick<OnRecord, 'account' | 'contributions'>): readonly Held[] {
  const byNumber = Map.groupBy(contributions, ({ kpj }) => kpj);
  return account.memberships.map((membership) => ({
    membership,
    paid: (byNumber.get(membership.kpj) ?? []).toSorted((a, b) => (a.month < b.month ? -1 : 1)),
  }));
}

/** Pays for themselves: there is no employer to ask. */
export function paysAlone({ membership: { segment } }: Held): boolean {
  return segment === 'BPU' || segment === 'PMI';
}

/** From one month up to another, both with it; none where the second comes first. */
export function monthsFrom(first: Month, last: Month): readonly Month[] {
  return Array.from({ length: Math.max(0, monthsBetween(first, last) + 1) }, (_, index) => monthsLater(first, index));
}

/** Months in a row, oldest first, as runs of such that follow each other. */
export function runsOf(months: readonly Month[]): readonly (readonly [Month, ...Month[]])[] {
  const runs: [Month, ...Month[]][] = [];
  for (const month of months) {
    const run = runs.at(-1);
    const before = run?.at(-1);
    if (run && before !== undefined && monthsLater(before, 1) === month) run.push(month);
    else runs.push([month]);
  }
  return runs;
}

/** The months between the first and the last on record that are not, as far as they have to be. */
export function gapsIn({ paid }: Held, newest: Month): readonly Month[] {
  const [first, last] = [paid.at(0)?.month, paid.at(-1)?.month];
  if (first === undefined || last === undefined) return [];
  const known = new Set(paid.map(({ month }) => month));
  return monthsFrom(first, last).filter((month) => !known.has(month) && month <= newest);
}

/** The months after the last on record, as far as they have to be on record. */
export function newestMissing({ paid }: Held, newest: Month): readonly Month[] {
  const last = paid.at(-1)?.month;
  return last === undefined ? [] : monthsFrom(monthsLater(last, 1), newest);
}
