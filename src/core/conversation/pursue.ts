import { answer } from '../answer.ts';
import { speeches } from '../speech.ts';
import { askConsent, noticeVersion } from './consent-step.ts';
import { type Goals, reach } from './goal.ts';
import { isCurrent } from './login.ts';
import type { Move, Said, TurnAtHand } from './move.ts';
import { remindOfNik, takeNik } from './nik-step.ts';
import type { Session } from './session.ts';

/**
 * Opens what only a verified member sees: at once when they are, else by way of consent, NIK and code. The goals are kept
 * until they are reached. `said` is what asked for it: a NIK in it need not be typed again. Who has been verified in another
 * chat since is told so, and has to show again who they are.
 */
export async function pursue(goals: Goals, session: Session, turn: TurnAtHand, said?: Said): Promise<Move> {
  const speech = speeches[session.language];
  // Nothing personal is ever said, or asked for, where others read along.
  if (!turn.inbound.private) return { session, answer: answer(speech.text('private_only')), intent: goals[0] };
  const { state } = session;
  if (state.at === 'verified') {
    const { member } = state;
    if (await isCurrent(member, turn)) return reach(goals, member, session, turn);
    const move = await pursue(goals, { ...session, state: { at: 'idle' } }, turn, said);
    const paragraphs = [speech.text('session.elsewhere'), ...move.answer.paragraphs];
    return { ...move, answer: { ...move.answer, paragraphs } };
  }
  if (session.consent !== noticeVersion) return askConsent(goals, session, said);
  const move = said ? await takeNik(said, goals, session, turn) : null;
  return (
    move ?? {
      session: { ...session, state: { at: 'nik', goals } },
      answer: remindOfNik(goals, speech),
      intent: goals[0],
    }
  );
}
