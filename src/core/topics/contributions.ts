import { answer, personalAnswer } from '../answer.ts';
import { memberTopic } from './topic.ts';

/** As many months as fit one phone screen. */
const shown = 6;

/**
 * member:    iuran bulan kemaren udah masuk blm
 * assistant: Iuran JHT terakhir yang tercatat: • Oktober 2026: Rp285.000 (PT …) …
 */
export const contributions = memberTopic({
  id: 'contributions',
  intents: ['contributions'],
  async answer({ speech, registry, member }) {
    const newest = await registry.contributions(member, shown);
    if (newest.length === 0) return answer(speech.text('contributions.none'), ['balance', 'menu', 'logout']);
    const rows = newest.map(({ month, amount, employer, kpj }) =>
      speech.text('contributions.row', {
        month: speech.month(month),
        amount: speech.rupiah(amount),
        employer: employer ?? kpj,
      }),
    );
    return personalAnswer(
      [[speech.text('contributions.title'), ...rows].join('\n'), speech.text('contributions.next')],
      ['balance', 'menu', 'logout'],
    );
  },
});
