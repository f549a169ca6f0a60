import { type Answer, answer } from '../answer.ts';
import type { Speech } from '../speech.ts';
import { openTopic } from './topic.ts';

/**
 * member:    ganti bahasa
 * assistant: Bahasa mana yang Anda inginkan? / Which language would you like? 1. Bahasa Indonesia 2. English
 */
export const language = openTopic({
  id: 'language',
  intents: ['language'],
  answer: ({ speech }) => askLanguage(speech),
});

export function askLanguage(speech: Speech): Answer {
  const said = answer(speech.text('language.ask'), ['language_id', 'language_en']);
  return { ...said, short: speech.text('short.language'), asks: true };
}
