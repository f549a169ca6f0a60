import { answer, preceded } from '../answer.ts';
import type { LinkedChat } from '../services.ts';
import { speeches } from '../speech.ts';
import { afterBlock } from '../topics/not-me.ts';
import { challengeLinked } from './code-sending.ts';
import { askConsent, hasAgreed } from './consent-step.ts';
import { type Goals, reach } from './goal.ts';
import { knownHere } from './known-chat.ts';
import { loginStanding } from './login.ts';
import { tellOwner } from './login-notice.ts';
import type { Move, Said, TurnAtHand } from './move.ts';
import { kpjHere, namedHere, remindOfNik, takeNik } from './nik-step.ts';
import type { Session } from './session.ts';

/**
 * Opens what only a verified member sees: at once when they are, else by way of consent, NIK and code; in a chat that its
 * member wants remembered, by way of a code alone. The goals are kept until they are reached. `said` is what asked for it: a
 * NIK in it need not be typed again. Who has been verified in another chat since is told so, and has to show again who
 * they are.
 */
export async function pursue(goals: Goals, session: Session, turn: TurnAtHand, said?: Said): Promise<Move> {
  const speech = speeches[session.language];
  // Nothing personal is ever said, or asked for, where others read along.
  if (!turn.inbound.private) return { session, answer: answer(speech.text('private_only')), intent: goals[0] };
  const { state } = session;
  if (state.at === 'verified') {
    // Families share a phone: another number means another member, who has to show who they are.
    if (said && kpjHere(said, turn) && (await namesOther(state, turn, said))) {
      return pursue(goals, { ...session, state: { at: 'idle' } }, turn, said);
    }
    const standing = await loginStanding(state, turn);
    if (standing === 'holds') return tellOwner(await reach(goals, state.member, session, turn, said), turn);
    const ended: Session = { ...session, state: { at: 'idle' } };
    if (standing === 'blocked') {
      const said = { ...answer(speech.text('block.ended'), afterBlock), short: speech.text('short.blocked') };
      return { session: ended, answer: said, intent: goals[0] };
    }
    const move = await pursue(goals, ended, turn, said);
    return { ...move, answer: preceded([speech.text('session.elsewhere')], move.answer) };
  }
  const link = await knownHere(turn);
  if (link && !(await namesOther(link, turn, said))) return challengeLinked(link, goals, session, turn);
  if (!hasAgreed(session, turn)) return askConsent(goals, session, turn, said);
  const move = said ? await takeNik(said, goals, session, turn) : null;
  return (
    move ?? {
      session: { ...session, state: { at: 'nik', goals } },
      answer: remindOfNik(goals, speech),
      intent: goals[0],
    }
  );
}

/** What was said names somebody, and not this member. */
async function namesOther({ nik }: Pick<LinkedChat, 'nik'>, turn: TurnAtHand, said?: Said): Promise<boolean> {
  const named = said ? await namedHere(said, turn) : null;
  return named !== null && !turn.services.keys.same(named, nik);
}
