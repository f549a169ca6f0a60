import { answer } from '../answer.ts';
import { contacts } from '../jamsostek/contacts.ts';
import { openTopic } from './topic.ts';

/**
 * member:    mau ngomong sama orang aja
 * assistant: Untuk bicara dengan petugas: telepon 175, …
 */
export const agent = openTopic({
  id: 'agent',
  intents: ['agent'],
  answer: ({ speech }) => answer(speech.text('agent', { phone: contacts.callCenter }), ['balance', 'menu']),
});
