import { type Answer, answer } from '../answer.ts';
import type { EstimateKind } from '../estimates/estimate.ts';
import { dayInJakarta } from '../jamsostek/month.ts';
import { type ArticleId, articleNamed } from '../knowledge/articles.ts';
import { speeches } from '../speech.ts';
import { articleAnswer } from '../topics/article.ts';
import { memberTopicById, type Topic } from '../topics/index.ts';
import { aboutAnswer } from '../topics/knowledge.ts';
import { estimateAnswer } from '../topics/simulate.ts';
import { asks, viewIn } from '../topics/view.ts';
import type { Intent } from '../understanding/intents.ts';
import { askedOf } from './asked.ts';
import { elsewhereAnswer } from './elsewhere.ts';
import { type Goals, goalName, narrowed } from './goal.ts';
import type { Move, Said, TurnAtHand } from './move.ts';
import { pursue } from './pursue.ts';
import type { Session } from './session.ts';
import { beside } from './steps.ts';

/** What comes and goes between questions, and is not what a short question afterwards is about. */
const asides: ReadonlySet<Intent> = new Set(['greet', 'menu', 'thanks', 'bye', 'language', 'out_of_scope']);

export function isAside(intent: Intent): boolean {
  return asides.has(intent);
}

/** The session after this was talked about. */
export function talkedAbout(intent: Intent | null, session: Session): Session {
  return intent === null || isAside(intent) ? session : { ...session, topic: intent };
}

/**
 * Opens a topic: an open one beside the step at hand, a member's one as the goal of verification. `intent`: what was asked
 * of it; null for a topic that is only ever chosen.
 */
export async function openTopic(
  topic: Topic,
  intent: Intent | null,
  session: Session,
  turn: TurnAtHand,
  said?: Said,
): Promise<Move> {
  const after = talkedAbout(intent, session);
  if (topic.access === 'member') {
    const view = said && intent ? viewIn(said.text, said.meaning.entities, topic.id, dayInJakarta(turn.now)) : null;
    if (view !== null) return openGoals([view], after, turn, said);
    // "Kartu digital laku buat klaim?" asks about it, not for it; what it names counts when the thing itself is chosen next.
    const named = narrowed([topic.id], session, turn, said);
    const about = said && intent && aboutAnswer(askedOf(intent, named, turn, said), asks(said.text));
    return about ? told(about, intent, talkedAbout(intent, named)) : openGoals([topic.id], after, turn, said);
  }
  const elsewhere = elsewhereAnswer(topic, speeches[session.language], turn);
  return told(elsewhere ?? (await topic.answer(askedOf(intent, session, turn, said))), intent ?? topic.id, after);
}

/** Opens an article that was chosen; null when it does not hold any more. */
export function openArticle(id: ArticleId, session: Session, turn: TurnAtHand): Move | null {
  const { intent } = articleNamed(id, session.language);
  const said = articleAnswer(id, askedOf(null, session, turn));
  return said && told(said, intent, talkedAbout(intent === 'privacy' ? null : intent, session));
}

/** Begins an estimate that was chosen. */
export async function openEstimate(kind: EstimateKind, session: Session, turn: TurnAtHand): Promise<Move> {
  const said = await estimateAnswer(askedOf('simulate', session, turn), kind);
  return told(said, 'simulate', talkedAbout('simulate', session));
}

/** An answer that anybody may have, beside the step at hand; what it is about is remembered. */
export function told(said: Answer, intent: string, session: Session): Move {
  const { topic = session.topic, subject = session.subject } = said;
  return beside(said, { ...session, topic, subject }, intent);
}

/** Opens what only the member may see, or sets out for it. */
export async function openGoals(goals: Goals, before: Session, turn: TurnAtHand, said?: Said): Promise<Move> {
  const elsewhere = elsewhereAnswer(memberTopicById(goals[0]), speeches[before.language], turn);
  if (elsewhere) return told(elsewhere, goals[0], before);
  const session = narrowed(goals, before, turn, said);
  const { state } = session;
  const open = state.at === 'consent' || state.at === 'nik' || state.at === 'code';
  if (!open || !turn.inbound.private) return pursue(goals, session, turn, said);
  const speech = speeches[session.language];
  const same = goals.join() === state.goals.join();
  const changed: Session = { ...session, state: { ...state, goals } };
  // The same asked for again is an answer to nothing: the step is only mentioned again.
  return beside(answer(same ? [] : speech.text('goal_changed', { goal: goalName(goals, speech) })), changed, goals[0]);
}
