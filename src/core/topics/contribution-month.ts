import { type Answer, personalAnswer } from '../answer.ts';
import { monthOf } from '../jamsostek/benefits/calendar.ts';
import { dueOn, expectedBy } from '../jamsostek/check/deadline.ts';
import type { Account, Contribution, Membership } from '../jamsostek/member.ts';
import type { Day, Month } from '../jamsostek/month.ts';
import type { Speech } from '../speech.ts';
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
  if (found.length === 0) {
    return personalAnswer(
      [speech.text('contributions.month_no', said), reason(month, rows, about)],
      ['contributions', 'contribution_check', 'balance', 'menu', 'logout'],
    );
  }
  const lines = found.map(({ kpj, amount, postedOn }) => {
    const membership = memberships.find((each) => each.kpj === kpj);
    return speech.text('contributions.month_row', {
      amount: speech.rupiah(amount),
      employer: membership ? employerOf(membership, speech) : kpj,
      day: speech.day(postedOn),
    });
  });
  return personalAnswer(
    [[speech.text('contributions.month_yes', said), ...lines].join('\n')],
    ['contributions', 'contribution_years', 'balance', 'menu', 'logout'],
  );
}

/** What is normal for a month that nothing is on record for. */
function reason(month: Month, rows: readonly Contribution[], { account, speech, today, memberships }: About): string {
  const [last, first] = [rows[0]?.month, rows.at(-1)?.month];
  const asOf = speech.day(account.asOf);
  if (month > monthOf(today)) return speech.text('contributions.to_come');
  if (first !== undefined && month < first)
    return speech.text('contributions.before_first', { first: speech.month(first) });
  if (!memberships.some(({ active }) => active) && last !== undefined && month > last) {
    return speech.text('contributions.after_last', { last: speech.month(last) });
  }
  const [due, expected] = [dueOn(month), expectedBy(month)];
  if (due === undefined || expected === undefined) return speech.text('contributions.as_of', { asOf });
  if (expected > account.asOf) return speech.text('contributions.not_yet', { due: speech.day(due), asOf });
  return speech.text('contributions.late', { due: speech.day(due), asOf });
}
