import type { ChoiceId } from '../answer.ts';
import { erase, keepChat } from './chat-data.ts';
import type { Move, Said, TurnAtHand } from './move.ts';
import { refuseToRemember, remember } from './remember.ts';
import type { Session } from './session.ts';

/** An answer, pressed, to the question that stands beside the step; null when it is none. */
export async function pressedAnswer(id: ChoiceId, session: Session, turn: TurnAtHand): Promise<Move | null> {
  if (turn.asked === 'remember') {
    if (id === 'consent_yes') return remember(session, turn);
    if (id === 'consent_no' || id === 'cancel') return refuseToRemember(session, turn);
  }
  if (turn.asked === 'erase') {
    if (id === 'erase_yes') return erase(session, turn);
    if (id === 'cancel') return keepChat(session);
  }
  return null;
}

/** The same in words. Yes has to be clear: words that say so and nothing else. */
export async function saidAnswer({ heard }: Said, session: Session, turn: TurnAtHand): Promise<Move | null> {
  const { asked } = turn;
  if (asked !== 'remember' && asked !== 'erase') return null;
  const no = heard.is('no') || heard.isAll('no') || heard.is('cancel');
  if (no) return pressedAnswer('cancel', session, turn);
  const yes = heard.is('yes') || heard.isAll('yes') || (asked === 'erase' && heard.is('erase_yes'));
  return yes ? pressedAnswer(asked === 'erase' ? 'erase_yes' : 'consent_yes', session, turn) : null;
}
