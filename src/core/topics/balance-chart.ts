import { answer, personalAnswer } from '../answer.ts';
import { goneAnswer } from './balance.ts';
import { yearsTogether } from './savings-years.ts';
import { memberTopic } from './topic.ts';

/**
 * member:    (presses Grafik saldo)
 * assistant: Grafik saldo JHT Anda, akhir tiap tahun sampai 31 Oktober 2026. [image]
 */
export const balanceChart = memberTopic({
  id: 'balance_chart',
  elsewhere: 'elsewhere.charts',
  intents: [],
  async answer({ speech, services: { registry, documents }, member }) {
    const [account, years] = await Promise.all([registry.account(member), registry.years(member)]);
    if (!account) return goneAnswer(speech);
    const points = yearsTogether(years).map(({ year, balance }) => ({ at: year, amount: balance }));
    const [only, ...others] = points;
    if (!only) return answer(speech.text('balance.no_years'), ['balance', 'contributions', 'menu', 'logout']);
    const asOf = speech.day(account.asOf);
    if (others.length === 0) {
      // One point is no chart.
      const text = speech.text('balance.single_year', { year: only.at, amount: speech.rupiah(only.amount), asOf });
      return personalAnswer([text], ['balance', 'contributions', 'menu', 'logout']);
    }
    const file = await documents.balanceChart({ language: speech.language, asOf: account.asOf, points });
    return {
      ...personalAnswer(
        [speech.text('balance.chart', { from: only.at, asOf })],
        ['balance_years', 'contribution_chart', 'balance', 'menu', 'logout'],
      ),
      file,
    };
  },
});
