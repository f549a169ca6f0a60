import { monthsBetween, monthsLater } from '../jamsostek/benefits/calendar.ts';
import type { Contribution, Membership } from '../jamsostek/member.ts';
import type { Month } from '../jamsostek/month.ts';
import { rupiah } from '../jamsostek/rupiah.ts';
import type { Speech } from '../speech.ts';
import { employerOf } from './memberships.ts';
import { isWholeYear, type Period } from './period.ts';

/** One line for each month, under a line for each membership number. */
export function listed(
  rows: readonly Contribution[],
  memberships: readonly Membership[],
  speech: Speech,
): readonly string[] {
  return [...Map.groupBy(rows, ({ kpj }) => kpj)].flatMap(([kpj, own]) => {
    const membership = memberships.find((each) => each.kpj === kpj);
    const employer = membership ? employerOf(membership, speech) : (own[0]?.employer ?? '');
    const lines = own.map(({ month, amount }) =>
      speech.text('contributions.row', { month: speech.month(month), amount: speech.rupiah(amount) }),
    );
    return [speech.text('contributions.under', { employer, kpj })].concat(lines);
  });
}

/** What some contributions come to; two for one month are one month. */
export function totalOf(rows: readonly Contribution[], speech: Speech): string {
  const total = speech.rupiah(sumOfContributions(rows));
  return speech.text('contributions.total', { total, count: monthsIn(rows) });
}

/** How much some contributions are together. */
export function sumOfContributions(rows: readonly Contribution[]) {
  return rupiah(rows.reduce((sum, { amount }) => sum + amount, 0));
}

/** How many months some contributions are for. */
export function monthsIn(rows: readonly Contribution[]): number {
  return new Set(rows.map(({ month }) => month)).size;
}

/** Months of a period that nothing is on record for, oldest first: only between the first that there is and the last. */
export function monthsMissing(
  { from, to }: Period,
  all: readonly Contribution[],
  rows: readonly Contribution[],
): readonly Month[] {
  const [last, first] = [all[0]?.month, all.at(-1)?.month];
  if (first === undefined || last === undefined) return [];
  const begin = from > first ? from : first;
  const end = to < last ? to : last;
  const there = new Set(rows.map(({ month }) => month));
  return Array.from({ length: Math.max(0, monthsBetween(begin, end) + 1) }, (_, index) =>
    monthsLater(begin, index),
  ).filter((month) => !there.has(month));
}

/** A period as it stands in a sentence: `Oktober 2026`, `tahun 2024`, `Agustus 2026 sampai Oktober 2026`. */
export function periodName(period: Period, speech: Speech): string {
  const { from, to } = period;
  if (from === to) return speech.month(from);
  if (isWholeYear(period)) return speech.text('contributions.year', { year: from.slice(0, 4) });
  return speech.text('contributions.from_to', { from: speech.month(from), to: speech.month(to) });
}
