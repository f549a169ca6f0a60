import { answer } from '../answer.ts';
import type { MemberRef } from '../jamsostek/member.ts';
import { Unavailable } from '../services.ts';
import { type Speech, speeches } from '../speech.ts';
import { type GoalId, memberTopicById } from '../topics/index.ts';
import { joined } from './joined.ts';
import type { Move, TurnAtHand } from './move.ts';
import type { Session } from './session.ts';

/** What a member is on the way to: what they asked for, in one message. */
export type Goals = readonly [GoalId, ...GoalId[]];

/** Goals as they stand in a sentence: "saldo JHT dan riwayat iuran". */
export function goalName(goals: Goals, speech: Speech): string {
  return speech.list(goals.map((goal) => speech.text(`goal.${goal}`)));
}

/**
 * Opens what a verified member asked for. When the registry gives no answer they stay verified, and nothing is guessed:
 * the same question is offered again.
 */
export async function reach(goals: Goals, member: MemberRef, session: Session, turn: TurnAtHand): Promise<Move> {
  const speech = speeches[session.language];
  const [intent] = goals;
  try {
    const { registry } = turn.services;
    const open = (goal: GoalId) => memberTopicById(goal).answer({ speech, registry, member });
    const [first, others] = await Promise.all([open(intent), Promise.all(goals.slice(1).map(open))]);
    return { session, answer: joined([first, ...others]), intent };
  } catch (error) {
    if (!(error instanceof Unavailable)) throw error;
    return { session, answer: answer(speech.text('fault.unavailable'), [intent, 'logout']), intent };
  }
}
