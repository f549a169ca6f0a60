import { answer } from '../answer.ts';
import type { MemberRef } from '../jamsostek/member.ts';
import { dayInJakarta } from '../jamsostek/month.ts';
import { Unavailable } from '../services.ts';
import { type Speech, speeches } from '../speech.ts';
import { type GoalId, memberTopicById } from '../topics/index.ts';
import { askedBy } from './asked.ts';
import { joined } from './joined.ts';
import type { Move, Said, TurnAtHand } from './move.ts';
import type { Session, State } from './session.ts';

/** What a member is on the way to: what they asked for, in one message. */
export type Goals = readonly [GoalId, ...GoalId[]];

/** The session with what these words narrow the goals to, so that it is not forgotten on the way there. */
export function narrowed(goals: Goals, session: Session, { now }: TurnAtHand, said?: Said): Session {
  const today = dayInJakarta(now);
  const subject = goals.reduce(
    (before, goal) => memberTopicById(goal).narrowed?.({ said: said ?? null, subject: before, today }) ?? before,
    session.subject,
  );
  return { ...session, subject };
}

/** Goals as they stand in a sentence: "saldo JHT dan riwayat iuran". */
export function goalName(goals: Goals, speech: Speech): string {
  return speech.list(goals.map((goal) => speech.text(`goal.${goal}`)));
}

/**
 * Opens what a verified member asked for. When the registry gives no answer they stay verified, and nothing is guessed:
 * the same question is offered again.
 */
export async function reach(
  goals: Goals,
  member: MemberRef,
  session: Session,
  turn: TurnAtHand,
  said?: Said,
): Promise<Move> {
  const speech = speeches[session.language];
  const [intent] = goals;
  try {
    const open = (goal: GoalId) => memberTopicById(goal).answer(askedBy(member, null, session, turn, said));
    const [first, others] = await Promise.all([open(intent), Promise.all(goals.slice(1).map(open))]);
    for (const goal of goals) turn.deeds.add(memberTopicById(goal).act ?? 'viewed', { detail: goal, member });
    const told = joined([first, ...others]);
    const { topic = session.topic, subject = session.subject } = told;
    const state: State = told.ends ? { at: 'idle' } : session.state;
    return { session: { ...session, state, topic, subject }, answer: told, intent };
  } catch (error) {
    if (!(error instanceof Unavailable)) throw error;
    return { session, answer: answer(speech.text('fault.unavailable'), [intent, 'logout']), intent };
  }
}
