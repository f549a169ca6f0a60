import { answer } from '../answer.ts';
import { commonChoices } from './menu.ts';
import { openTopic } from './topic.ts';

/**
 * member:    halo min
 * assistant: Halo, saya asisten Jamsostek Chat. … Apa yang Anda perlukan?
 */
export const greeting = openTopic({
  id: 'greet',
  intents: ['greet'],
  answer: ({ speech }) => ({
    ...answer(speech.text('greet'), commonChoices),
    short: `${speech.text('short.greet')} ${speech.text('short.menu')}`,
  }),
});

/**
 * member:    makasih ya
 * assistant: Sama-sama. Ada lagi yang bisa saya bantu?
 */
export const thanks = openTopic({
  id: 'thanks',
  intents: ['thanks'],
  answer: ({ speech }) => ({
    ...answer(speech.text('thanks'), ['menu', 'logout']),
    short: speech.text('short.thanks'),
  }),
});
