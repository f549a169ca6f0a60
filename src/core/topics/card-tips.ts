import { answer } from '../answer.ts';
import { openTopic } from './topic.ts';

/**
 * member:    biar ga ilang lagi gmn
 * assistant: Enam kebiasaan supaya kartu tidak hilang: …
 */
export const cardTips = openTopic({
  id: 'card_tips',
  intents: ['card_tips'],
  answer: ({ speech }) => answer(speech.text('card_tips'), ['balance', 'card_lost', 'menu']),
});
