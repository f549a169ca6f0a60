import { type Answer, answer } from '../answer.ts';
import { articleAnswer, generalArticle } from './article.ts';
import { type Asked, openTopic } from './topic.ts';

/**
 * member:    (presses Privasi)
 * assistant: NIK hanya dipakai untuk mencari data Anda dan mengirim kode. …
 */
export const privacy = openTopic({ id: 'privacy', intents: [], answer: privacyAnswer });

function privacyAnswer(asked: Asked): Answer {
  const article = generalArticle('privacy', null, asked.speech.language);
  return (article && articleAnswer(article, asked)) ?? answer(asked.speech.text('knowledge.none'), ['menu']);
}
