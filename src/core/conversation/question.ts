import { answer, type ChoiceId, choiceIds } from '../answer.ts';
import { speeches } from '../speech.ts';
import { type GoalId, goalIds, topicFor } from '../topics/index.ts';
import { commonChoices } from '../topics/menu.ts';
import type { Intent } from '../understanding/intents.ts';
import {
  type Reading,
  sureEnough,
  sureEnoughForPersonal,
  sureEnoughToEnd,
  type Understanding,
  worthOffering,
} from '../understanding/understand.ts';
import { joined } from './joined.ts';
import type { Move, Said, TurnAtHand } from './move.ts';
import { isAside, openGoals, openTopic, talkedAbout } from './open-topic.ts';
import { goodbye, logOut, otherLanguage } from './orders.ts';
import type { Session } from './session.ts';
import { beside } from './steps.ts';

/** At most so many choices beside "I do not understand": three things and a human. */
const mostOffered = 4;

/** What was asked, answered beside the step at hand; null when nobody could be sure what it is. */
export async function takeQuestion(said: Said, session: Session, turn: TurnAtHand): Promise<Move | null> {
  const { meaning } = said;
  if (!isSure(meaning)) return null;
  const { also } = meaning;
  if (!also || !isSure(also)) return one(meaning.intent, said, session, turn);
  return also.first ? both(also, meaning, said, session, turn) : both(meaning, also, said, session, turn);
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
  if (intent === 'logout') return logOut(session);
  if (intent === 'bye') return goodbye(session);
  if (intent === 'language') return otherLanguage(said, session);
  // "Oke" is no thanks, and nothing else either.
  if (intent === 'thanks' && said.meaning.entities.answer === 'yes') {
    return beside(answer(speeches[session.language].text('acknowledged'), ['menu', 'logout']), session, intent);
  }
  const topic = topicFor(intent);
  return topic ? openTopic(topic, intent, session, turn, said) : null;
}

/** Two questions in one message: what anybody may know is said first, then what leads on, or ends the session. */
async function both(
  first: Reading,
  second: Reading,
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
  const move = await one(main.intent, said, session, turn);
  if (!move) return null;
  const speech = speeches[move.session.language];
  return { ...move, answer: joined([topic.answer({ speech, intent: aside.intent }), move.answer]) };
}

/**
 * It was not understood. What it may have meant is offered, two readings as a question, one among the things that are asked
 * for most; and always a human.
 */
export function notSure({ intent, confidence, runnersUp }: Understanding, session: Session): Move {
  const speech = speeches[session.language];
  const perhaps = [{ intent, confidence }, ...runnersUp]
    .filter((reading) => reading.confidence >= worthOffering)
    .flatMap((reading) => choiceFor(reading.intent) ?? [])
    .slice(0, 2);
  const [one, other] = perhaps;
  if (one !== undefined && other !== undefined) {
    const text = speech.text('which', { one: speech.text(`choices.${one}`), other: speech.text(`choices.${other}`) });
    return beside({ ...answer(text, withAgent(perhaps)), asks: true }, session, 'unsure');
  }
  const step = session.state.at === 'consent' || session.state.at === 'nik' || session.state.at === 'code';
  const offers = withAgent([...perhaps, ...commonChoices]);
  return beside(
    answer(speech.text(step ? 'not_understood_step' : 'not_understood'), offers),
    session,
    'not_understood',
  );
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
