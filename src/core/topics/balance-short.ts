import type { Account, SavingsYear } from '../jamsostek/member.ts';
import type { Speech } from '../speech.ts';

/**
 * The balance in one text message: the total and the last month, and where somebody may wonder why. `years`: of who has
 * nothing there any more.
 */
export function shortBalance(account: Account, years: readonly SavingsYear[], speech: Speech): string {
  const wonder = standing(account, years, speech);
  return [
    total(account, speech.rupiah(account.total), speech),
    ...last(account, speech),
    ...wonder,
    // What one may wonder about takes the room of a second thing to do.
    speech.text(wonder.length > 0 ? 'short.balance.end' : 'short.balance.next'),
  ].join(' ');
}

/** The same without the amount. */
export function shortMasked(account: Account, _: readonly SavingsYear[], speech: Speech): string {
  return [
    total(account, speech.text('short.balance.hidden'), speech),
    ...last(account, speech),
    speech.text('short.balance.show'),
  ].join(' ');
}

function total({ memberships, asOf }: Account, amount: string, speech: Speech): string {
  const values = { asOf: speech.shortDay(asOf), total: amount };
  const count = memberships.length;
  return count > 1
    ? speech.text('short.balance.several', { ...values, count })
    : speech.text('short.balance.total', values);
}

function last({ lastContribution: month }: Account, speech: Speech): readonly string[] {
  return month === null ? [] : [speech.text('short.balance.last', { month: speech.months(month, month) })];
}

function standing(account: Account, years: readonly SavingsYear[], speech: Speech): readonly string[] {
  const { claimInProgress, lastContribution } = account;
  const [paidOut] = years
    .filter((each) => each.paidOut > 0)
    .map(({ year }) => year)
    .toSorted((a, b) => b - a);
  return [
    ...(paidOut === undefined ? [] : [speech.text('short.balance.paid_out', { year: paidOut })]),
    ...(lastContribution === null ? [neverPaid(account, speech)] : []),
    ...(claimInProgress ? [speech.text('short.balance.claim')] : []),
  ];
}

function neverPaid({ memberships }: Account, speech: Speech): string {
  const segments = new Set(memberships.map(({ segment }) => segment));
  if (segments.has('PU') || segments.size === 0) return speech.text('short.balance.never');
  return speech.text(segments.has('JAKON') ? 'short.balance.no_jht' : 'short.balance.optional');
}
