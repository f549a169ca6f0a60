import { answer } from '../answer.ts';
import { commonChoices } from './menu.ts';
import { openTopic } from './topic.ts';

/**
 * member:    cuaca hari ini gimana
 * assistant: Maaf, itu di luar yang bisa saya bantu. …
 */
export const outOfScope = openTopic({
  id: 'out_of_scope',
  intents: ['out_of_scope'],
  answer: ({ speech }) => ({
    ...answer(speech.text('out_of_scope'), commonChoices),
    short: speech.text('short.out_of_scope'),
  }),
});
