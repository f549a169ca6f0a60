import { answer, type ChoiceId } from '../answer.ts';
import { speeches } from '../speech.ts';
import { type Topic, topicById } from '../topics/index.ts';
import { mainChoices } from '../topics/menu.ts';
import type { Intent } from '../understanding/intents.ts';
import { resendCode } from './code-step.ts';
import { agree, decline } from './consent-step.ts';
import { goalName } from './goal.ts';
import type { Move, Said, TurnAtHand } from './move.ts';
import { askNik } from './nik-step.ts';
import { chosenId } from './offer.ts';
import { cancel, logOut, switchLanguage } from './orders.ts';
import { pursue } from './pursue.ts';
import type { Session } from './session.ts';
import { beside } from './steps.ts';

/** A choice was pressed. One that its step has left behind is explained, never obeyed. */
export async function takePress(pressed: string, session: Session, turn: TurnAtHand): Promise<Move> {
  return takeChoice(chosenId(pressed, session), session, turn);
}

/** A choice, pressed or typed by its number or label; null for one that is none now. */
export async function takeChoice(id: ChoiceId | null, session: Session, turn: TurnAtHand): Promise<Move> {
  const { state } = session;
  switch (id) {
    case 'consent_yes':
      return state.at === 'consent' ? agree(state.goal, session, turn) : leftBehind(session);
    case 'consent_no':
      return state.at === 'consent' ? decline(state.goal, session, turn) : leftBehind(session);
    case 'resend':
      return state.at === 'code' ? resendCode(state, session, turn) : leftBehind(session);
    case 'change_nik':
      return state.at === 'code' ? askNik(state.goal, session, 'change_nik') : leftBehind(session);
    case 'cancel':
      return cancel(session);
    case 'logout':
      return logOut(session);
    case 'language_id':
      return switchLanguage('id', session);
    case 'language_en':
      return switchLanguage('en', session);
    case null:
      return leftBehind(session);
    default: {
      const topic = topicById(id);
      return topic ? openTopic(topic, topic.intents[0] ?? 'menu', session, turn) : leftBehind(session);
    }
  }
}

/** Opens a topic: an open one beside the step at hand, a member's one as the goal of verification. */
export async function openTopic(
  topic: Topic,
  intent: Intent,
  session: Session,
  turn: TurnAtHand,
  said?: Said,
): Promise<Move> {
  const speech = speeches[session.language];
  if (topic.access === 'open') return beside(topic.answer({ speech, intent }), session, intent);
  const { state } = session;
  const open = state.at === 'consent' || state.at === 'nik' || state.at === 'code';
  if (!open || !turn.inbound.private) return pursue(topic.id, session, turn, said);
  const changed: Session = { ...session, state: { ...state, goal: topic.id } };
  const text = speech.text('goal_changed', { goal: goalName(topic.id, speech) });
  // The same goal asked for again is an answer to nothing: the step is only mentioned again.
  return beside(answer(state.goal === topic.id ? [] : text), changed, topic.id);
}

/** The choice that a number or a label stands for among those offered last; null when it stands for none. */
export function chosenByText(text: string, session: Session): ChoiceId | 'out of range' | null {
  const typed = text.trim().toLowerCase();
  const number = /^\d{1,2}[.)]?$/.test(typed) ? Number.parseInt(typed, 10) : null;
  if (number !== null && session.offered.length > 0) return session.offered[number - 1] ?? 'out of range';
  const labels = speeches[session.language];
  return session.offered.find((id) => labels.text(`choices.${id}`).toLowerCase() === typed) ?? null;
}

function leftBehind(session: Session): Move {
  return beside(answer(speeches[session.language].text('old_choice'), mainChoices), session, 'old_choice');
}
