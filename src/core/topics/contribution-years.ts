import { personalAnswer } from '../answer.ts';
import type { Contribution } from '../jamsostek/member.ts';
import { goneAnswer } from './balance.ts';
import { monthsIn, sumOfContributions, totalOf } from './contribution-list.ts';
import { allContributions, noneAnswer } from './contributions.ts';
import { employerOf } from './memberships.ts';
import { newestThatFit } from './newest-that-fit.ts';
import { memberTopic } from './topic.ts';

/** Characters for the years themselves: with what stands around them, one phone screen. */
const room = 430;

/** The contributions of one year under one membership number. */
interface YearOfOne {
  readonly year: string;
  readonly rows: readonly Contribution[];
}

/**
 * member:    (presses Iuran per tahun)
 * assistant: Iuran JHT per tahun: • 2026: Rp2.850.000, 9 bulan • 2025: Rp3.420.000, 12 bulan … Jumlah: …
 */
export const contributionYears = memberTopic({
  id: 'contribution_years',
  elsewhere: 'elsewhere.years',
  intents: [],
  async answer({ speech, services: { registry }, member }) {
    const [account, all] = await Promise.all([
      registry.account(member),
      registry.contributions(member, allContributions),
    ]);
    if (!account) return goneAnswer(speech);
    if (all.length === 0) return noneAnswer(account, speech);
    const several = new Set(all.map(({ kpj }) => kpj)).size > 1;
    const years = [...Map.groupBy(all, ({ month, kpj }) => `${month.slice(0, 4)} ${kpj}`)].map(
      ([key, rows]): YearOfOne => ({ year: key.slice(0, 4), rows }),
    );
    const amountsOf = (rows: readonly Contribution[]) => ({
      amount: speech.rupiah(sumOfContributions(rows)),
      count: monthsIn(rows),
    });
    const ofEmployer = ({ rows: [first] }: YearOfOne) => {
      const membership = account.memberships.find(({ kpj }) => kpj === first?.kpj);
      return several && membership ? speech.text('contributions.at', { employer: employerOf(membership, speech) }) : '';
    };
    const lines = newestThatFit(years, room, {
      line: (one) =>
        speech.text('contributions.year_row', { year: one.year, ...amountsOf(one.rows), of: ofEmployer(one) }),
      older: (older) =>
        speech.text('contributions.year_older', {
          count: monthsIn(older.flatMap(({ rows }) => rows)),
          amount: speech.rupiah(sumOfContributions(older.flatMap(({ rows }) => rows))),
        }),
    });
    return personalAnswer(
      [[speech.text('contributions.years'), ...lines].join('\n'), totalOf(all, speech)],
      ['contribution_chart', 'contributions', 'balance_years', 'statement', 'menu', 'logout'],
    );
  },
});
