import { monthsLater } from '../jamsostek/benefits/calendar.ts';
import { newestExpected } from '../jamsostek/check/deadline.ts';
import { monthsFrom } from '../jamsostek/check/record.ts';
import type { Account, Contribution, Membership } from '../jamsostek/member.ts';
import type { Day } from '../jamsostek/month.ts';
import { monthRanges } from './month-ranges.ts';
import type { Period } from './period.ts';
import type { AskedByMember } from './topic.ts';

/** As many months as are told where none are named. */
const newestMonths = 6;
/** Ranges of missing months that are named. */
const rangesShown = 3;

interface Told {
  /** All that are known of these numbers, newest first. */
  readonly rows: readonly Contribution[];
  /** What was asked for; undefined for the newest. */
  readonly period: Period | undefined;
  readonly memberships: readonly Membership[];
  readonly account: Account;
}

/** Which months are on record and which are not, without an amount or an employer: of a period, else the newest. */
export function shortContributions(told: Told, asked: Pick<AskedByMember, 'speech' | 'today'>): string {
  const { speech, today } = asked;
  const { from, to } = span(told, today);
  const posted = new Set(told.rows.map(({ month }) => month));
  const missing = monthsFrom(from, to).filter((month) => !posted.has(month));
  const [last] = told.rows;
  const values = { months: speech.months(from, to), count: monthsFrom(from, to).length };
  return [
    missing.length === 0
      ? speech.text('short.contributions.all', values)
      : speech.text('short.contributions.some', { ...values, posted: values.count - missing.length }),
    ...(missing.length === 0
      ? []
      : [speech.text('short.contributions.missing', { months: monthRanges(missing, speech, rangesShown) })]),
    ...(last && last.month < to
      ? [speech.text('short.contributions.last', { month: speech.months(last.month, last.month) })]
      : []),
    missing.length === 0
      ? speech.text('short.contributions.next', { year: yearBefore(today) })
      : speech.text('short.contributions.check'),
  ].join(' ');
}

/** Nothing is on record for what was asked for. */
export function shortNone(period: Period | undefined, { speech }: Pick<AskedByMember, 'speech'>): string {
  const said = period
    ? speech.text('short.contributions.none_in', { months: speech.months(period.from, period.to) })
    : speech.text('short.contributions.none_of');
  return `${said} ${speech.text('short.contributions.check')}`;
}

/** Older months than the newest are told elsewhere, or one by one. */
export function shortOlder({ speech, today }: Pick<AskedByMember, 'speech' | 'today'>): string {
  return speech.text('short.contributions.more', { year: yearBefore(today) });
}

/**
 * The months that are told of: what lies of the period between the first that is on record and the last, the newest where
 * there is none. Of a number that is paid for, the last is the one that ought to be there.
 */
function span({ rows, period, memberships, account }: Told, today: Day): Period {
  const [last, first] = [rows[0]?.month, rows.at(-1)?.month];
  const expected = newestExpected(today, account.asOf);
  const paidFor = memberships.some(({ active, lastContribution }) => active && lastContribution !== null);
  const newest = last === undefined || (paidFor && expected > last) ? expected : last;
  const to = period && period.to < newest ? period.to : newest;
  const from = period ? period.from : monthsLater(to, 1 - newestMonths);
  return { from: first !== undefined && first > from ? first : from, to };
}

function yearBefore(today: Day): number {
  return Number(today.slice(0, 4)) - 1;
}
