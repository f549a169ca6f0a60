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
  answer({ speech, today }) {
    const contact = { phone: wordingOf('contact.phone', today) };
    return {
      ...answer(speech.text('agent', contact), ['call_center', 'office', 'menu']),
      short: speech.text('short.agent', contact),
    };
  },
});
