import { answer } from '../answer.ts';
import type { MemberRef } from '../jamsostek/member.ts';
import { Unavailable } from '../services.ts';
import { type Speech, speeches } from '../speech.ts';
import { type GoalId, memberTopicById } from '../topics/index.ts';
import type { Move, TurnAtHand } from './move.ts';
import type { Session } from './session.ts';

/** A goal as it stands in a sentence: "saldo JHT". */
export function goalName(goal: GoalId, speech: Speech): string {
  return speech.text(`goal.${goal}`);
}

/**
 * Opens what a verified member asked for. When the registry gives no answer they stay verified, and nothing is guessed:
 * the same question is offered again.
 */
export async function reach(goal: GoalId, member: MemberRef, session: Session, turn: TurnAtHand): Promise<Move> {
  const speech = speeches[session.language];
  try {
    const found = await memberTopicById(goal).answer({ speech, registry: turn.services.registry, member });
    return { session, answer: found, intent: goal };
  } catch (error) {
    if (!(error instanceof Unavailable)) throw error;
    return { session, answer: answer(speech.text('fault.unavailable'), [goal, 'logout']), intent: goal };
  }
}
