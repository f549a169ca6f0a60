import { type Answer, answer } from '../answer.ts';
import { articleAnswer, generalArticle } from './article.ts';
import { type Asked, openTopic } from './topic.ts';

/**
 * member:    (presses Privasi)
 * assistant: NIK hanya dipakai untuk mencari data Anda dan mengirim kode. …
 */
export const privacy = openTopic({ id: 'privacy', intents: [], answer: privacyAnswer });

function privacyAnswer(asked: Asked): Answer {
  const { speech } = asked;
  const article = generalArticle('privacy', null, speech.language);
  const said = (article && articleAnswer(article, asked)) ?? answer(speech.text('knowledge.none'), ['menu']);
  return { ...said, short: speech.text('short.privacy') };
}
