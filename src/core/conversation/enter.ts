import type { Answer } from '../answer.ts';
import { speeches } from '../speech.ts';
import { countedCode } from './breaker.ts';
import { type Goals, reach } from './goal.ts';
import { logIn } from './login.ts';
import { tellOwner } from './login-notice.ts';
import type { Move, TurnAtHand } from './move.ts';
import type { Challenge, Session } from './session.ts';

/** The most that can be chosen after one reply. */
const mostOffers = 10;

/** The code was right: the member is verified here, and what they came for is opened. */
export async function enter(challenge: Challenge, goals: Goals, session: Session, turn: TurnAtHand): Promise<Move> {
  const { services, now, inbound, id } = turn;
  const { conversation } = inbound;
  const { member, nik } = challenge;
  const [{ first }, link] = await Promise.all([
    services.chats.noteLogin({ conversation, member, turn: id, at: now }),
    services.chats.linked(conversation, now),
    services.failures.clear(nik),
    services.breaker.count('right', countedCode(challenge), now),
    logIn(member, turn),
  ]);
  turn.deeds.add('code right', { member });
  const verified: Session = { ...session, state: { at: 'verified', member, nik, since: now, untold: first } };
  const reached = await tellOwner(await reach(goals, member, verified, turn), turn);
  const paragraphs = [speeches[session.language].text('verified'), ...reached.answer.paragraphs];
  const told: Answer = { ...reached.answer, paragraphs };
  const answer = link?.member === member || session.rememberRefused ? told : offeringToRemember(told);
  return { ...reached, answer, intent: 'code', code: 'right' };
}

/** Beside the first figures, and only there, a member is offered not to type the NIK again. */
function offeringToRemember(said: Answer): Answer {
  if (!said.personal || said.offers.length >= mostOffers) return said;
  return { ...said, offers: [...said.offers, 'remember_chat'] };
}
