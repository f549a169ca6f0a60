import { answer } from '../answer.ts';
import { wordingOf } from '../jamsostek/figures/figures.ts';
import { openTopic } from './topic.ts';

/**
 * member:    mau ngomong sama orang aja
 * assistant: Untuk bicara dengan petugas: telepon 175, …
 */
export const agent = openTopic({
  id: 'agent',
  intents: ['agent'],
  answer: ({ speech, today }) =>
    answer(speech.text('agent', { phone: wordingOf('contact.phone', today) }), ['call_center', 'office', 'menu']),
});
