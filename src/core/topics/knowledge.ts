import { type Answer, answer } from '../answer.ts';
import type { Program } from '../jamsostek/program.ts';
import { type ArticleId, articleNamed, isArticle } from '../knowledge/articles.ts';
import type { Speech } from '../speech.ts';
import type { Intent } from '../understanding/intents.ts';
import {
  articleAnswer,
  articlesFor,
  enoughAgainst,
  enoughAlone,
  enoughInTopic,
  generalArticle,
  likeliestAnswer,
  worthOffering,
} from './article.ts';
import { type Asked, openTopic } from './topic.ts';

/** What is answered out of the articles: by the one that is asked for, else by the topic's general one. */
const ofArticles = [
  'card_lost',
  'card_tips',
  'channels',
  'profile_update',
  'reminders',
  'program_info',
  'claim_howto',
  'claim_submit',
  'claim_status',
  'register',
  'office_visit',
  'bpjs_kesehatan',
] as const satisfies readonly Intent[];

/** A question of so many words says nothing but what it is about. */
const shortQuestion = 5;
/** And one of so few names what it is about, and no more. */
const shortestQuestion = 3;

/**
 * member:    resign brp lama baru bs cair
 * assistant: JHT bisa dicairkan 1 bulan setelah tanggal di surat pengunduran diri … Sumber: Permenaker 4/2022 …
 */
export const knowledge = openTopic({
  id: 'knowledge',
  intents: ofArticles,
  answer: (asked) => (followsUp(asked) ? followingAnswer(asked) : exactAnswer(asked, null)) ?? generalAnswer(asked),
});

/** A short question on what was talked about: "berapa lama?" is about the claim, not about whatever else takes long. */
function followsUp({ said, topic, intent }: Asked): boolean {
  return topic === intent && wordsIn(said) <= shortQuestion;
}

/**
 * The answer to a short question on what was talked about. "Yang JP?" asks the same of another program. Else the words
 * are read with the program that was talked about, and then with what the last article was about; that very article has
 * been read.
 */
function followingAnswer(asked: Asked): Answer | null {
  const { said, intent, subject, speech } = asked;
  if (!said) return null;
  const { programs } = said.meaning.entities;
  if (programs?.length === 1 && wordsIn(said) <= shortestQuestion) return null;
  const withProgram = programs || subject.program === undefined ? said : said.part(`${said.text} ${subject.program}`);
  const exact = answerFrom(enoughInTopic, { ...asked, said: withProgram }, ofTopic(intent, speech));
  const { article } = subject;
  if (exact || programs || article === undefined || !isArticle(article)) return exact;
  const withLabel = said.part(`${said.text} ${articleNamed(article, speech.language).label}`);
  const another = (id: ArticleId) => id !== article && ofTopic(intent, speech)(id);
  return answerFrom(enoughInTopic, { ...asked, said: withLabel }, another);
}

function wordsIn(said: Asked['said']): number {
  return said?.text.split(/\s+/).length ?? 0;
}

function ofTopic(intent: Intent | null, { language }: Speech): (id: ArticleId) => boolean {
  return (id) => articleNamed(id, language).intent === intent;
}

/**
 * The article that answers exactly what was asked within a topic; null when none is sure enough. `of`: articles of these
 * topics alone; of any, when null.
 */
export function exactAnswer(asked: Asked, of: readonly Intent[] | null, enough: number = enoughInTopic): Answer | null {
  const { speech } = asked;
  return answerFrom(enough, asked, (id) => of === null || of.some((intent) => ofTopic(intent, speech)(id)));
}

/**
 * The article that a question about something of the member's own asks for: "kartu digital laku buat klaim?". Null where
 * the thing itself may be wanted, which the topic's general article speaks of, too. `asks`: it is put as a question, so
 * that an article of another topic may be meant as well: "nik saya buat apa?".
 */
export function aboutAnswer(asked: Asked, asks: boolean): Answer | null {
  const { intent, speech } = asked;
  if (intent === null || generalArticle(intent, null, speech.language) === null) return null;
  const own = ofTopic(intent, speech);
  const isGeneral = (id: ArticleId) => own(id) && articleNamed(id, speech.language).general;
  return answerFrom(enoughAlone, asked, asks ? undefined : own, (id) => !isGeneral(id));
}

/** The article that answers a question although no topic was sure to be meant by it; null when none does. */
export function freeAnswer(asked: Asked): Answer | null {
  return answerFrom(enoughAlone, asked);
}

/** The article that answers a question although another topic was understood; null when not enough speaks for one. */
export function answerAgainst(asked: Asked): Answer | null {
  return answerFrom(enoughAgainst, asked);
}

/** The articles that a question may be about, when it is not sure enough that it is about any of them. */
export function likelyArticles(asked: Asked): ArticleId[] {
  if (!asked.said) return [];
  return articlesFor(asked.said, programOf(asked), asked)
    .filter(({ confidence }) => confidence >= worthOffering)
    .map(({ id }) => id);
}

/** How surely the likeliest article is meant: 0 to 1. */
export function surenessIn(asked: Asked): number {
  return asked.said ? (articlesFor(asked.said, programOf(asked), asked)[0]?.confidence ?? 0) : 0;
}

function answerFrom(
  enough: number,
  asked: Asked,
  wanted: (id: ArticleId) => boolean = () => true,
  answers: (id: ArticleId) => boolean = () => true,
): Answer | null {
  if (!asked.said) return null;
  const likely = articlesFor(asked.said, programOf(asked), asked).filter(({ id }) => wanted(id));
  const [best] = likely;
  return best && best.confidence >= enough && answers(best.id) ? likeliestAnswer(likely, asked) : null;
}

/** What the topic has to say in general. */
export function generalAnswer(asked: Asked): Answer {
  const { intent, speech } = asked;
  const general = intent && generalArticle(intent, programOf(asked), speech.language);
  return (
    (general && articleAnswer(general, asked)) ?? {
      ...answer(speech.text('knowledge.none'), ['call_center', 'menu']),
      short: speech.text('short.knowledge_none'),
    }
  );
}

/** The program that is named; in a short question on what was talked about, else the one that was about. */
function programOf(asked: Asked): Program | null {
  const { said, subject } = asked;
  const [named] = said?.meaning.entities.programs ?? [];
  return named ?? (followsUp(asked) ? (subject.program ?? null) : null);
}
