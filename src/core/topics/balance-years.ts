import { answer, personalAnswer } from '../answer.ts';
import type { Speech } from '../speech.ts';
import { goneAnswer } from './balance.ts';
import { employerOf, namedAmong, namedIn } from './memberships.ts';
import { newestThatFit } from './newest-that-fit.ts';
import { sumOf, type YearOfSavings, yearsTogether } from './savings-years.ts';
import { memberTopic } from './topic.ts';

/** Characters for the years themselves: with what stands around them, one phone screen. */
const room = 460;

/**
 * member:    saldo per tahun dong
 * assistant: Saldo JHT per tahun: • 2026: Rp12.345.678 (iuran Rp3.420.000, hasil Rp512.000) … • Sebelum 2021: …
 */
export const balanceYears = memberTopic({
  id: 'balance_years',
  elsewhere: 'elsewhere.years',
  intents: [],
  narrowed: ({ said, subject }) => ({
    ...subject,
    membership: (said && namedIn(said.text, said.meaning.entities)) ?? undefined,
  }),
  async answer({ speech, services: { registry }, member, subject: { membership: named } }) {
    const [account, years] = await Promise.all([registry.account(member), registry.years(member)]);
    if (!account) return goneAnswer(speech);
    const [only, ...more] = named ? namedAmong(account.memberships, named) : [];
    const one = more.length === 0 ? only : undefined;
    const rows = yearsTogether(one ? years.filter(({ kpj }) => kpj === one.kpj) : years).toReversed();
    if (rows.length === 0)
      return answer(speech.text('balance.no_years'), ['balance', 'contributions', 'menu', 'logout']);
    const title = one
      ? speech.text('balance.years_of', { kpj: one.kpj, employer: employerOf(one, speech) })
      : speech.text('balance.years');
    const lines = newestThatFit(rows, room, {
      line: (row) => speech.text('balance.year', { year: row.year, ...amountsOf(row, speech) }),
      older: (older) =>
        speech.text('balance.years_before', { year: (older[0]?.year ?? 0) + 1, ...amountsOfAll(older, speech) }),
    });
    const several = !one && account.memberships.length > 1;
    return personalAnswer(
      [
        [title, ...lines].join('\n'),
        [
          speech.text('balance.years_as_of', { asOf: speech.day(account.asOf) }),
          ...(several ? [speech.text('balance.years_several')] : []),
        ].join(' '),
      ],
      ['balance_chart', 'statement', 'contribution_years', 'balance', 'menu', 'logout'],
    );
  },
});

function amountsOf({ balance, contributed, growth, paidOut }: YearOfSavings, speech: Speech) {
  const out = paidOut > 0 ? speech.text('balance.year_out', { amount: speech.rupiah(paidOut) }) : '';
  return {
    balance: speech.rupiah(balance),
    contributed: speech.rupiah(contributed),
    growth: speech.rupiah(growth),
    out,
  };
}

/** What the older years brought together, and what was there after the newest of them, which comes first. */
function amountsOfAll(older: readonly YearOfSavings[], speech: Speech) {
  const [newest] = older;
  return newest && amountsOf({ ...newest, ...sumOf(older) }, speech);
}
