import { answer } from '../answer.ts';
import { openTopic } from './topic.ts';

/**
 * member:    (presses Surat kehilangan)
 * assistant: Ini surat pernyataan kehilangan kartu. Cetak, isi yang masih kosong, lalu tanda tangani. … [document]
 *
 * With the member's name and number in it only when they have shown who they are.
 */
export const lossStatement = openTopic({
  id: 'loss_statement',
  elsewhere: 'elsewhere.loss_statement',
  intents: [],
  async answer({ speech, today, services, ...asked }) {
    const member = await asked.member();
    const account = member && (await services.registry.account(member));
    const holder = account && { name: account.name, kpj: account.memberships[0]?.kpj ?? null };
    const file = await services.documents.lossStatement({ language: speech.language, day: today, holder });
    const text = speech.text(holder ? 'loss_statement.filled' : 'loss_statement.blank');
    return { ...answer(text, ['office', 'digital_card', 'menu']), file, personal: holder !== null };
  },
});
