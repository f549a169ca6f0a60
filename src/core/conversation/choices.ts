import { answer, type ChoiceId } from '../answer.ts';
import { estimateKinds } from '../estimates/estimate.ts';
import { isArticle } from '../knowledge/articles.ts';
import { labelOf } from '../label.ts';
import { speeches } from '../speech.ts';
import { topicById, topicFor } from '../topics/index.ts';
import { mainChoices } from '../topics/menu.ts';
import { menuNumber } from '../understanding/digits.ts';
import { intents } from '../understanding/intents.ts';
import { pressedAnswer } from './aside-question.ts';
import { askToErase, tellChatData, withdrawConsent } from './chat-data.ts';
import { resendCode } from './code-sending.ts';
import { agree, decline, otherNik } from './consent-step.ts';
import type { Move, TurnAtHand } from './move.ts';
import { chosenId } from './offer.ts';
import { openArticle, openEstimate, openTopic } from './open-topic.ts';
import { cancel, logOut, switchLanguage } from './orders.ts';
import { askToRemember, forgetChat } from './remember.ts';
import type { Session } from './session.ts';
import { beside } from './steps.ts';

/** A choice was pressed. One that its step has left behind is explained, never obeyed. */
export async function takePress(pressed: string, session: Session, turn: TurnAtHand): Promise<Move> {
  return takeChoice(chosenId(pressed, session), session, turn);
}

/** A choice, pressed or typed by its number or label; null for one that is none now. */
export async function takeChoice(id: ChoiceId | null, session: Session, turn: TurnAtHand): Promise<Move> {
  const { state } = session;
  const answered = id && (await pressedAnswer(id, session, turn));
  if (answered) return answered;
  switch (id) {
    case 'consent_yes':
      return state.at === 'consent' ? agree(state, session, turn) : leftBehind(session);
    case 'consent_no':
      return state.at === 'consent' ? decline(state.goals, session, turn) : leftBehind(session);
    case 'resend':
      return state.at === 'code' ? resendCode(state, session, turn) : leftBehind(session);
    case 'change_nik':
      return state.at === 'code' ? otherNik(state.goals, session, turn) : leftBehind(session);
    case 'cancel':
      return cancel(session);
    case 'logout':
      return logOut(session, turn);
    case 'language_id':
      return switchLanguage('id', session);
    case 'language_en':
      return switchLanguage('en', session);
    case 'remember_chat':
      return askToRemember(session, turn);
    case 'forget_chat':
      return forgetChat(session, turn);
    case 'chat_data':
      return tellChatData(session, turn);
    case 'erase_chat':
      return askToErase(session, turn);
    case 'erase_yes':
      return leftBehind(session);
    case 'withdraw':
      return withdrawConsent(session, turn);
    case null:
      return leftBehind(session);
    default: {
      if (isArticle(id)) return openArticle(id, session, turn) ?? leftBehind(session);
      const kind = estimateKinds.find((each) => id === `estimate_${each}`);
      if (kind) return openEstimate(kind, session, turn);
      const intent = intents.find((known) => known === id);
      const topic = intent === undefined ? topicById(id) : topicFor(intent);
      return topic ? openTopic(topic, intent ?? null, session, turn) : leftBehind(session);
    }
  }
}

/** The choice that a number or a label stands for among those offered last; null when it stands for none. */
export function chosenByText(text: string, session: Session): ChoiceId | 'out of range' | null {
  const typed = text.trim().toLowerCase();
  const number = menuNumber(typed);
  if (number !== null && session.offered.length > 0) return session.offered[number - 1] ?? 'out of range';
  const labels = speeches[session.language];
  return session.offered.find((id) => labelOf(id, labels).toLowerCase() === typed) ?? null;
}

function leftBehind(session: Session): Move {
  const speech = speeches[session.language];
  const said = { ...answer(speech.text('old_choice'), mainChoices), short: speech.text('short.old_choice') };
  return beside(said, session, 'old_choice');
}
