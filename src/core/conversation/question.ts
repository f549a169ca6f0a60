import { type Answer, answer, type ChoiceId, choiceIds } from '../answer.ts';
import { readNik } from '../jamsostek/nik.ts';
import { labelOf } from '../label.ts';
import { type Speech, speeches, type Values } from '../speech.ts';
import { certain, enoughAlone } from '../topics/article.ts';
import { type GoalId, goalIds, topicFor } from '../topics/index.ts';
import { answerAgainst, freeAnswer, knowledge, likelyArticles, surenessIn } from '../topics/knowledge.ts';
import { commonChoices } from '../topics/menu.ts';
import { office } from '../topics/office.ts';
import type { Asked } from '../topics/topic.ts';
import type { Intent } from '../understanding/intents.ts';
import {
  type Reading,
  type SecondQuestion,
  sureEnough,
  sureEnoughForPersonal,
  sureEnoughToEnd,
  type Understanding,
  worthOffering,
} from '../understanding/understand.ts';
import { askedOf } from './asked.ts';
import { joined } from './joined.ts';
import type { Move, Said, TurnAtHand } from './move.ts';
import { isAside, openGoals, openTopic, talkedAbout, told } from './open-topic.ts';
import { goodbye, logOut, otherLanguage } from './orders.ts';
import type { Session } from './session.ts';
import { beside } from './steps.ts';

/** "Kota bandung", "bandung dong kak". */
const mostWordsOfPlace = 3;
const mostWordsAboutHours = 6;

/** What is as surely none of ours as this takes more to be answered all the same. */
const surelyNotOurs = 0.9;

/** An article as likely as this keeps a question from being sent away. */
const perhapsOurs = 0.12;

/** At most so many choices beside "I do not understand": three things and a human. */
const mostOffered = 4;

/** What was asked, answered beside the step at hand; null when nobody could be sure what it is. */
export async function takeQuestion(said: Said, session: Session, turn: TurnAtHand): Promise<Move | null> {
  const { meaning } = said;
  if (asksForOffice(said, session)) return openTopic(office, 'office', session, turn, said);
  const asked = askedOf(meaning.intent, session, turn, said);
  const article = readNik(said.text).ok ? null : isSure(meaning) ? againstTopic(meaning, asked) : freeAnswer(asked);
  if (article) return told(article, 'knowledge', session);
  if (!isSure(meaning) || mayBeOurs(meaning, asked)) return null;
  const { also } = meaning;
  if (!also || !isSure(also) || isOneQuestion(also, said, asked)) return one(meaning.intent, said, session, turn);
  const parts = [
    { ...meaning, said: said.part(also.besides) },
    { ...also, said: said.part(also.text) },
  ] as const;
  return both(also.first ? [parts[1], parts[0]] : parts, said, session, turn);
}

/** A place and nothing else ("depok"); or, after offices were shown, a short question about hours: those of these offices. */
function asksForOffice({ text, meaning }: Said, { topic, subject }: Session): boolean {
  const words = text.split(/\s+/).length;
  const { city, province } = meaning.entities;
  if ((city !== undefined || province !== undefined) && words <= mostWordsOfPlace) return true;
  if (topic !== 'office' || (subject.city ?? subject.province) === undefined || words > mostWordsAboutHours)
    return false;
  const hours = [meaning, ...meaning.runnersUp].filter(
    ({ intent }) => intent === 'office' || intent === 'office_visit',
  );
  return !isSure(meaning) && hours.reduce((sum, { confidence }) => sum + confidence, 0) >= sureEnough;
}

/** Topics that answer out of no articles, and are easily understood where an article was asked for. */
const withoutArticles: ReadonlySet<Intent> = new Set([
  'simulate',
  'out_of_scope',
  'greet',
  'language',
  'logout',
  'bye',
  'menu',
]);

/** An article that answers although a topic without articles was understood; null when nearly all speaks for the topic. */
function againstTopic({ intent, confidence, also }: Understanding, asked: Asked): Answer | null {
  if (also || !withoutArticles.has(intent)) return null;
  // To be sent away is the worst answer to a question that there is one for.
  return intent === 'out_of_scope' && confidence < surelyNotOurs ? freeAnswer(asked) : answerAgainst(asked);
}

/** It was taken for none of ours, but names a program, or may ask for an article: then it is asked back, not sent away. */
function mayBeOurs({ intent, confidence, entities }: Understanding, asked: Asked): boolean {
  if (intent !== 'out_of_scope') return false;
  return entities.programs !== undefined || (confidence < surelyNotOurs && surenessIn(asked) >= perhapsOurs);
}

/** Nothing personal is opened on a guess, and no session ended: it takes more to be sure of these. */
function isSure({ intent, confidence }: Reading): boolean {
  if (intent === 'logout') return confidence >= sureEnoughToEnd;
  return confidence >= (goalOf(intent) === null ? sureEnough : sureEnoughForPersonal);
}

/** Something that the assistant does is surely asked for: not a greeting, not noise. */
export function asksForSomething(meaning: Understanding): boolean {
  return isSure(meaning) && !isAside(meaning.intent);
}

async function one(intent: Intent, said: Said, session: Session, turn: TurnAtHand): Promise<Move | null> {
  if (intent === 'logout') return logOut(session, turn);
  if (intent === 'bye') return goodbye(session);
  if (intent === 'language') return otherLanguage(said, session);
  // "Oke" is no thanks, and nothing else either.
  if (intent === 'thanks' && said.meaning.entities.answer === 'yes') {
    const speech = speeches[session.language];
    const said = answer(speech.text('acknowledged'), ['menu', 'logout']);
    return beside({ ...said, short: speech.text('short.acknowledged') }, session, intent);
  }
  const topic = topicFor(intent);
  return topic ? openTopic(topic, intent, session, turn, said) : null;
}

/** One of two questions, and the words that ask it. */
interface Part extends Reading {
  readonly said: Said;
}

/** What looks like two questions is one, where one article surely answers the whole of it, and none so surely a part. */
function isOneQuestion({ intent, text, besides }: SecondQuestion, said: Said, asked: Asked): boolean {
  const whole = surenessIn(asked);
  const ofPart = (part: string) => surenessIn({ ...asked, said: said.part(part) });
  const answered = [intent, said.meaning.intent].every((each) => topicFor(each) === knowledge);
  return answered && whole >= certain && Math.min(ofPart(text), ofPart(besides)) < enoughAlone;
}

/** Two questions in one message: what anybody may know is said first, then what leads on, or ends the session. */
async function both(
  [first, second]: readonly [Part, Part],
  said: Said,
  session: Session,
  turn: TurnAtHand,
): Promise<Move | null> {
  const [goal, otherGoal] = [goalOf(first.intent), goalOf(second.intent)];
  if (goal !== null && otherGoal !== null) {
    return openGoals([goal, otherGoal], talkedAbout(first.intent, session), turn, said);
  }
  const [aside, main] = topicFor(first.intent)?.access === 'open' ? [first, second] : [second, first];
  const topic = topicFor(aside.intent);
  if (topic?.access !== 'open') return one(said.meaning.intent, said, session, turn);
  // A NIK can stand anywhere in the text.
  const move = await one(main.intent, goalOf(main.intent) === null ? main.said : said, session, turn);
  if (!move) return null;
  const besides = await topic.answer(askedOf(aside.intent, move.session, turn, aside.said));
  // Both parts can come to the same answer, or share a part of it.
  const paragraphs = (besides.brief ?? besides.paragraphs).filter((each) => !move.answer.paragraphs.includes(each));
  if (paragraphs.length === 0) return move;
  return {
    ...move,
    answer: joined([{ ...besides, paragraphs }, move.answer]),
    session: besides.subject ? { ...move.session, subject: besides.subject } : move.session,
  };
}

/**
 * It was not understood. What it may have meant is offered, two readings as a question, one among the things that are asked
 * for most; and always a human.
 */
export function notSure(said: Said, session: Session, turn: TurnAtHand): Move {
  const { intent, confidence, runnersUp } = said.meaning;
  const speech = speeches[session.language];
  const topics = [{ intent, confidence }, ...runnersUp]
    .filter((reading) => reading.confidence >= worthOffering)
    .flatMap((reading) => choiceFor(reading.intent) ?? []);
  const articles = likelyArticles(askedOf(null, session, turn, said));
  const perhaps = [...new Set([...articles, ...topics])].slice(0, 2);
  const [one, other] = perhaps;
  if (one !== undefined && other !== undefined) {
    const text = speech.text('which', { one: labelOf(one, speech), other: labelOf(other, speech) });
    const choices = withAgent(perhaps);
    const short = speech.text('short.which', named(choices, speech));
    return beside({ ...answer(text, choices), short, asks: true }, session, 'unsure');
  }
  const step = session.state.at === 'consent' || session.state.at === 'nik' || session.state.at === 'code';
  const offers = withAgent([...perhaps, ...commonChoices]);
  const text = speech.text(step ? 'not_understood_step' : 'not_understood');
  const short = step
    ? text
    : one === undefined
      ? speech.text('short.not_understood')
      : speech.text('short.perhaps', named(offers, speech));
  return beside({ ...answer(text, offers), short }, session, 'not_understood');
}

/** What the first two choices are called, for a text that names them by their numbers. */
function named(choices: readonly ChoiceId[], speech: Speech): Values {
  const [one, other] = choices.map((id) => labelOf(id, speech));
  return { one: one ?? '', other: other ?? '' };
}

/** The first few of these, each once, and a human at the end. */
function withAgent(choices: readonly ChoiceId[]): ChoiceId[] {
  const others = [...new Set(choices)].filter((choice) => choice !== 'agent');
  return [...others.slice(0, mostOffered - 1), 'agent'];
}

/** The choice that stands for an intent; undefined for what is said rather than chosen (a greeting, noise). */
function choiceFor(intent: Intent): ChoiceId | undefined {
  return choiceIds.find((id) => id === intent && id !== 'menu');
}

function goalOf(intent: Intent): GoalId | null {
  return goalIds.find((id) => id === intent) ?? null;
}
