import { type Answer, personalAnswer } from '../answer.ts';
import { monthOf } from '../jamsostek/benefits/calendar.ts';
import { dueOn, expectedBy } from '../jamsostek/check/deadline.ts';
import type { Account, Contribution, Membership } from '../jamsostek/member.ts';
import type { Day, Month } from '../jamsostek/month.ts';
import type { Speech, Values } from '../speech.ts';
import { employerOf } from './memberships.ts';

interface About {
  readonly account: Account;
  /** Those that were asked for. */
  readonly memberships: readonly Membership[];
  readonly speech: Speech;
  readonly today: Day;
}

/**
 * member:    iuran bulan kemaren udah masuk blm
 * assistant: Iuran Oktober 2026 belum tercatat. Biasanya terlihat beberapa hari setelah 15 November 2026. …
 *
 * Whether a month's contribution is there is said first, then what is normal for that month. `rows`: all there are, newest
 * first.
 */
export function monthAnswer(month: Month, rows: readonly Contribution[], about: About): Answer {
  const { speech, memberships } = about;
  const found = rows.filter((row) => row.month === month);
  const said = { month: speech.month(month) };
  const short = (each: Month) => speech.months(each, each);
  if (found.length === 0) {
    const why = reason(month, rows, about);
    return {
      ...personalAnswer(
        [
          speech.text('contributions.month_no', said),
          speech.text(
            `contributions.${why.is}`,
            written(
              why,
              (day) => speech.day(day),
              (each) => speech.month(each),
            ),
          ),
        ],
        ['contributions', 'contribution_check', 'balance', 'menu', 'logout'],
      ),
      short: [
        speech.text('short.contribution_month.no', { month: short(month) }),
        speech.text(
          `short.contribution_month.${why.is}`,
          written(why, (day) => speech.shortDay(day), short),
        ),
      ].join(' '),
    };
  }
  const lines = found.map(({ kpj, amount, postedOn }) => {
    const membership = memberships.find((each) => each.kpj === kpj);
    return speech.text('contributions.month_row', {
      amount: speech.rupiah(amount),
      employer: membership ? employerOf(membership, speech) : kpj,
      day: speech.day(postedOn),
    });
  });
  const [first] = found.map(({ postedOn }) => postedOn).toSorted();
  return {
    ...personalAnswer(
      [[speech.text('contributions.month_yes', said), ...lines].join('\n')],
      ['contributions', 'contribution_years', 'balance', 'menu', 'logout'],
    ),
    short: speech.text('short.contribution_month.yes', {
      month: short(month),
      day: first ? speech.shortDay(first) : '',
    }),
  };
}

/** Why a month may not be on record, with the days and months that say so. */
interface Reason {
  readonly is: 'to_come' | 'before_first' | 'after_last' | 'as_of' | 'not_yet' | 'late';
  readonly due?: Day;
  readonly asOf?: Day;
  readonly first?: Month;
  readonly last?: Month;
}

/** What is normal for a month that nothing is on record for. */
function reason(month: Month, rows: readonly Contribution[], { account, today, memberships }: About): Reason {
  const [last, first] = [rows[0]?.month, rows.at(-1)?.month];
  const { asOf } = account;
  if (month > monthOf(today)) return { is: 'to_come' };
  if (first !== undefined && month < first) return { is: 'before_first', first };
  if (!memberships.some(({ active }) => active) && last !== undefined && month > last) {
    return { is: 'after_last', last };
  }
  const [due, expected] = [dueOn(month), expectedBy(month)];
  if (due === undefined || expected === undefined) return { is: 'as_of', asOf };
  return { is: expected > asOf ? 'not_yet' : 'late', due, asOf };
}

/** Days and months as they are written in a text. */
function written(
  { due, asOf, first, last }: Reason,
  dayAs: (day: Day) => string,
  monthAs: (month: Month) => string,
): Values {
  return {
    ...(due && { due: dayAs(due) }),
    ...(asOf && { asOf: dayAs(asOf) }),
    ...(first && { first: monthAs(first) }),
    ...(last && { last: monthAs(last) }),
  };
}
