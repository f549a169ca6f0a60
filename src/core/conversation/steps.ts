import { type Answer, shortOf } from '../answer.ts';
import { type Speech, speeches } from '../speech.ts';
import { remindOfCode } from './code-step.ts';
import { remindOfConsent } from './consent-step.ts';
import type { Move } from './move.ts';
import { remindOfNik } from './nik-step.ts';
import type { Session, State } from './session.ts';

/** What the open step is waiting for, said again; null when nothing is open. */
export function remind(state: State, speech: Speech): Answer | null {
  switch (state.at) {
    case 'consent':
      return remindOfConsent(state.goals, speech);
    case 'nik':
      return remindOfNik(state.goals, speech);
    case 'code':
      return remindOfCode(state, speech);
    case 'idle':
    case 'verified':
      return null;
  }
}

/** Says something without losing the step that is open: it is mentioned again, with its choices. */
export function beside(said: Answer, session: Session, intent: string): Move {
  const reminder = remind(session.state, speeches[session.language]);
  if (!reminder) return { session, answer: said, intent };
  const offers = said.asks ? [...said.offers, ...reminder.offers] : reminder.offers;
  return {
    session,
    answer: {
      ...said,
      paragraphs: [...said.paragraphs, ...reminder.paragraphs],
      ...shortOf([said, reminder]),
      offers,
    },
    intent,
  };
}
