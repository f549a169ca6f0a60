import { personalAnswer } from '../answer.ts';
import { monthOf, monthsBetween, monthsLater } from '../jamsostek/benefits/calendar.ts';
import { rupiah } from '../jamsostek/rupiah.ts';
import { goneAnswer } from './balance.ts';
import { sumOfContributions } from './contribution-list.ts';
import { noneAnswer } from './contributions.ts';
import { memberTopic } from './topic.ts';

/** As many as a small phone shows apart. */
const mostMonths = 24;
/** Several employers can pay for one month. */
const mostRows = 10 * mostMonths;

/**
 * member:    (presses Grafik iuran)
 * assistant: Grafik iuran JHT Anda, Oktober 2024 sampai September 2026. Bulan tanpa iuran kosong. [image]
 */
export const contributionChart = memberTopic({
  id: 'contribution_chart',
  elsewhere: 'elsewhere.charts',
  intents: [],
  async answer({ speech, services: { registry, documents }, member }) {
    const [account, rows] = await Promise.all([registry.account(member), registry.contributions(member, mostRows)]);
    if (!account) return goneAnswer(speech);
    const [last, first] = [rows[0]?.month, rows.at(-1)?.month];
    if (last === undefined || first === undefined) return noneAnswer(account, speech);
    // For who is still a member, months that nobody has paid for show; the last one is hardly ever on record yet.
    const expected = monthsLater(monthOf(account.asOf), -1);
    const end = account.memberships.some(({ active }) => active) && expected > last ? expected : last;
    const begin = monthsBetween(first, end) < mostMonths ? first : monthsLater(end, 1 - mostMonths);
    const paid = Map.groupBy(rows, ({ month }) => month);
    const points = Array.from({ length: monthsBetween(begin, end) + 1 }, (_, index) => {
      const at = monthsLater(begin, index);
      return { at, amount: rupiah(sumOfContributions(paid.get(at) ?? [])) };
    });
    if (points.length === 1) {
      // One point is no chart.
      const text = speech.text('contributions.single_month', {
        month: speech.month(last),
        amount: speech.rupiah(sumOfContributions(rows)),
      });
      return personalAnswer([text], ['contributions', 'balance', 'menu', 'logout']);
    }
    const file = await documents.contributionChart({ language: speech.language, points });
    return {
      ...personalAnswer(
        [speech.text('contributions.chart', { from: speech.month(begin), to: speech.month(end) })],
        ['contributions', 'contribution_years', 'contribution_check', 'balance_chart', 'menu', 'logout'],
      ),
      file,
    };
  },
});
