import { answer } from '../answer.ts';
import { contacts } from '../jamsostek/contacts.ts';
import { openTopic } from './topic.ts';

/**
 * member:    kartu saya hilang
 * assistant: Tenang, saldo Anda tidak ikut hilang. 1) Buka aplikasi JMO, lalu Kartu Digital …
 */
export const cardLost = openTopic({
  id: 'card_lost',
  intents: ['card_lost'],
  answer: ({ speech }) =>
    answer(speech.text('card_lost', { phone: contacts.callCenter }), ['card_tips', 'balance', 'call_center']),
});
