import { type Answer, answer, type ChoiceId, personalAnswer } from '../answer.ts';
import type { Account, Membership, SavingsYear } from '../jamsostek/member.ts';
import { type Rupiah, rupiah } from '../jamsostek/rupiah.ts';
import type { Speech } from '../speech.ts';
import { shortBalance, shortMasked } from './balance-short.ts';
import { employerOf } from './memberships.ts';
import { type AskedByMember, memberTopic } from './topic.ts';

/** As many membership numbers as fit one phone screen; the others are summed up. */
const shown = 5;

/**
 * member:    cek saldo dong
 * assistant: Saldo JHT Anda per 31 Oktober 2026: Rp12.345.678 … 1. Saldo per tahun 2. Grafik saldo …
 */
export const balance = memberTopic({
  id: 'balance',
  intents: ['balance'],
  answer: (asked) =>
    balanceAnswer(asked, {
      money: (amount) => asked.speech.rupiah(amount),
      next: ['balance_years', 'balance_chart', 'contributions', 'balance_masked', 'statement'],
      short: shortBalance,
    }),
});

/**
 * member:    sensor saldo
 * assistant: Saldo JHT Anda per 31 Oktober 2026: Rp••••• … 1. Cek saldo JHT …
 *
 * For who has somebody looking over their shoulder: everything but the amounts.
 */
export const balanceMasked = memberTopic({
  id: 'balance_masked',
  intents: [],
  answer: (asked) =>
    balanceAnswer(asked, {
      money: () => asked.speech.text('balance.covered'),
      next: ['balance', 'contributions'],
      short: shortMasked,
    }),
});

/** What somebody is told whose membership is gone since they were verified. */
export function goneAnswer(speech: Speech): Answer {
  return { ...answer(speech.text('balance.gone'), ['call_center', 'menu']), short: speech.text('short.gone') };
}

type Money = (amount: Rupiah) => string;

/** What the two ways of showing a balance differ in. */
interface Shown {
  readonly money: Money;
  readonly next: readonly ChoiceId[];
  readonly short: (account: Account, years: readonly SavingsYear[], speech: Speech) => string;
}

async function balanceAnswer(
  { speech, services: { registry }, member }: AskedByMember,
  { money, next, short }: Shown,
): Promise<Answer> {
  const account = await registry.account(member);
  if (!account) return goneAnswer(speech);
  // Only who has nothing there is asked about: for all others it is one question to the registry.
  const years = account.total === 0 && account.lastContribution ? await registry.years(member) : [];
  const saved = account.lastContribution !== null;
  const said = personalAnswer(
    [
      speech.text('balance.summary', { asOf: speech.day(account.asOf), total: money(account.total) }),
      numbers(account, speech, money),
      ...standing(account, years, speech, money),
      speech.text('balance.next'),
    ],
    [...(saved ? next : (['contributions', 'member_number'] as const)), 'menu', 'logout'],
  );
  return { ...said, short: short(account, years, speech) };
}

/** Many members have a number for each employer they have had: each is shown with its share. */
function numbers({ memberships, lastContribution }: Account, speech: Speech, money: Money): string {
  const [only, ...others] = memberships;
  if (!only) return speech.text('balance.never');
  if (others.length > 0) {
    const rest = memberships.slice(shown);
    const sum = rupiah(rest.reduce((total, each) => total + each.balance, 0));
    return [
      speech.text('balance.many'),
      ...memberships.slice(0, shown).map((membership) => row(membership, speech, money)),
      ...(rest.length > 0 ? [speech.text('balance.others', { count: rest.length, amount: money(sum) })] : []),
    ].join('\n');
  }
  const line = speech.text('balance.one', { kpj: only.kpj, employer: employerOf(only, speech) });
  if (!lastContribution) return line;
  return `${line}\n${speech.text('balance.last', { month: speech.month(lastContribution) })}`;
}

function row(membership: Membership, speech: Speech, money: Money): string {
  const values = {
    kpj: membership.kpj,
    employer: employerOf(membership, speech),
    amount: money(membership.balance),
  };
  return membership.lastContribution
    ? speech.text('balance.row', { ...values, month: speech.month(membership.lastContribution) })
    : speech.text('balance.row_never', values);
}

/** Why the balance is what it is, where one may wonder. */
function standing(account: Account, years: readonly SavingsYear[], speech: Speech, money: Money): string[] {
  const paidOut = years.filter((year) => year.paidOut > 0);
  const [newest] = paidOut.map(({ year }) => year).toSorted((a, b) => b - a);
  const amount = rupiah(paidOut.reduce((sum, year) => sum + year.paidOut, 0));
  const segments = new Set(
    account.memberships.filter(({ lastContribution }) => !lastContribution).map(({ segment }) => segment),
  );
  return [
    ...(newest === undefined ? [] : [speech.text('balance.paid_out', { year: newest, amount: money(amount) })]),
    ...(segments.has('JAKON') ? [speech.text('balance.no_jht')] : []),
    ...(segments.has('BPU') || segments.has('PMI') ? [speech.text('balance.optional')] : []),
    ...(segments.has('PU') ? [speech.text('balance.never_yet')] : []),
    ...(account.claimInProgress ? [speech.text('balance.claim')] : []),
  ];
}
