import { answer, type ChoiceId } from '../answer.ts';
import { dayInJakarta } from '../jamsostek/month.ts';
import { speeches } from '../speech.ts';
import { day } from '../time.ts';
import { recordConsent } from './consent-record.ts';
import { linkLifetime } from './limits.ts';
import { loginStanding } from './login.ts';
import type { Move, TurnAtHand } from './move.ts';
import type { Session } from './session.ts';
import { beside } from './steps.ts';

/** Changes whenever the notice's text does. */
const rememberNotice = 'remember-2026-11';

const offers: readonly ChoiceId[] = ['consent_yes', 'consent_no'];
const days = linkLifetime / day;

/** "Ingat chat ini": says what that means, and asks. Only a verified member is asked. */
export async function askToRemember(session: Session, turn: TurnAtHand): Promise<Move> {
  const speech = speeches[session.language];
  const { state } = session;
  const intent = 'remember_chat';
  if (!turn.inbound.private) return { session, answer: answer(speech.text('private_only')), intent };
  const link = await turn.services.chats.linked(turn.inbound.conversation, turn.now);
  if (link) {
    const until = speech.day(dayInJakarta(link.until));
    return beside(answer(speech.text('remember.known', { until }), ['forget_chat', 'menu']), session, intent);
  }
  if (state.at !== 'verified' || (await loginStanding(state, turn)) !== 'holds') {
    return beside(answer(speech.text('remember.first'), ['balance', 'menu']), session, intent);
  }
  const notice = speech.text('remember.notice', { days });
  return { session: { ...session, asking: 'remember' }, answer: answer(notice, offers), intent };
}

/** The member agrees: from now on a code alone opens their data here. */
export async function remember(session: Session, turn: TurnAtHand): Promise<Move> {
  const speech = speeches[session.language];
  const { state } = session;
  const { services, inbound, now } = turn;
  if (state.at !== 'verified' || (await loginStanding(state, turn)) !== 'holds') return askToRemember(session, turn);
  const text = speech.text('remember.notice', { days });
  await recordConsent({ notice: rememberNotice, text, given: true }, session, turn);
  const until = now + linkLifetime;
  await services.chats.link({
    conversation: inbound.conversation,
    member: state.member,
    nik: state.nik,
    at: now,
    until,
  });
  turn.deeds.add('chat linked', { member: state.member });
  const said = speech.text('remember.done', { until: speech.day(dayInJakarta(until)) });
  return {
    session,
    answer: answer(said, ['balance', 'forget_chat', 'logout']),
    intent: 'remember_chat',
  };
}

export async function refuseToRemember(session: Session, turn: TurnAtHand): Promise<Move> {
  const speech = speeches[session.language];
  const text = speech.text('remember.notice', { days });
  await recordConsent({ notice: rememberNotice, text, given: false }, session, turn);
  return {
    session: { ...session, rememberRefused: true },
    answer: answer(speech.text('remember.refused'), ['balance', 'menu', 'logout']),
    intent: 'remember_chat',
  };
}

/** "Lupakan chat ini": the link goes at once, whatever is open. A code that was asked for by way of it goes with it. */
export async function forgetChat(session: Session, turn: TurnAtHand): Promise<Move> {
  const speech = speeches[session.language];
  const intent = 'forget_chat';
  if (!turn.inbound.private) return { session, answer: answer(speech.text('private_only')), intent };
  const known = await unlink(session, turn);
  const byLink = session.state.at === 'code' && session.consent === null;
  const after: Session = {
    ...session,
    rememberRefused: true,
    ...(byLink && { state: { at: 'idle' } as const }),
  };
  const open = session.state.at === 'verified';
  const text = speech.text(known ? (open ? 'forget.done_open' : 'forget.done') : 'forget.none');
  return beside(answer(text, open ? ['logout', 'erase_chat', 'menu'] : ['erase_chat', 'menu']), after, intent);
}

/** Ends the link and the consent to it. False when there was none. */
export async function unlink(session: Session, turn: TurnAtHand): Promise<boolean> {
  const known = await turn.services.chats.unlink(turn.inbound.conversation);
  if (known) {
    const text = speeches[session.language].text('forget.done');
    await recordConsent({ notice: rememberNotice, text, given: false, act: 'chat unlinked' }, session, turn);
  }
  return known;
}
