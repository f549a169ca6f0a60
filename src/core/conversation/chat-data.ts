import { answer, type ChoiceId } from '../answer.ts';
import { dayInJakarta } from '../jamsostek/month.ts';
import type { HeldOfChat } from '../services.ts';
import { type Speech, speeches } from '../speech.ts';
import type { Instant } from '../time.ts';
import { besideMenu, commonChoices } from '../topics/menu.ts';
import { recordConsent } from './consent-record.ts';
import { versionHere } from './consent-step.ts';
import type { Move, TurnAtHand } from './move.ts';
import { unlink } from './remember.ts';
import { newSession, type Session } from './session.ts';
import { beside } from './steps.ts';

/** Consents that are told of: the newest. */
const mostConsents = 3;

/** `/data`: what is held about this chat, and nothing of whose it is. */
export async function tellChatData(session: Session, turn: TurnAtHand): Promise<Move> {
  const speech = speeches[session.language];
  const intent = 'chat_data';
  if (!turn.inbound.private) return { session, answer: answer(speech.text('private_only')), intent };
  const held = await turn.services.chats.held(turn.inbound.conversation, turn.now);
  const offers: readonly ChoiceId[] = [
    ...(held.linked ? (['forget_chat'] as const) : []),
    'erase_chat',
    'withdraw',
    'menu',
  ];
  const open = session.state.at === 'verified';
  const lines = [
    speech.text('chat_data.intro'),
    ...linesOf(held, speech),
    speech.text(open ? 'chat_data.open' : 'chat_data.closed'),
    speech.text('chat_data.log'),
  ];
  const said = answer([lines.join('\n'), speech.text('chat_data.not_held')], offers);
  const short = speech.text(open ? 'short.chat_data.open' : 'short.chat_data.closed');
  return beside({ ...said, short }, session, intent);
}

function linesOf({ linked, logins, consents }: HeldOfChat, speech: Speech): string[] {
  const day = (at: Instant) => speech.day(dayInJakarta(at));
  const told = consents.slice(0, mostConsents).map(({ notice, given, at }) => {
    const about = notice.startsWith('remember') ? 'remember' : 'data';
    return speech.text(`chat_data.${about}_${given ? 'yes' : 'no'}`, { day: day(at), notice });
  });
  return [
    linked
      ? speech.text('chat_data.linked', { since: day(linked.since), until: day(linked.until) })
      : speech.text('chat_data.unlinked'),
    logins
      ? speech.text('chat_data.logins', { first: day(logins.first), last: day(logins.last) })
      : speech.text('chat_data.no_logins'),
    ...(told.length > 0 ? told : [speech.text('chat_data.no_consents')]),
  ];
}

/** `/hapus`: says what goes and what has to stay, and asks once. */
export function askToErase(session: Session, turn: TurnAtHand): Move {
  const speech = speeches[session.language];
  const intent = 'erase_chat';
  if (!turn.inbound.private) return { session, answer: answer(speech.text('private_only')), intent };
  const text = [speech.text('erase.goes'), speech.text('erase.stays'), speech.text('erase.ask')];
  const said = { ...answer(text, ['erase_yes', 'cancel']), short: speech.text('short.erase') };
  return { session: { ...session, asking: 'erase' }, answer: said, intent };
}

/**
 * Forgets the chat: its link, its logins, and all of the session but the language, what limits codes and floods, which is
 * over within the hour, and which button was pressed last.
 */
export async function erase(session: Session, turn: TurnAtHand): Promise<Move> {
  const { services, inbound, now } = turn;
  await services.chats.erase(inbound.conversation);
  turn.deeds.add('chat erased');
  const { language, languageKnown, sent, recent, silentUntil, apologised, step, pressed } = session;
  const speech = speeches[language];
  return {
    session: { ...newSession(language, now), languageKnown, sent, recent, silentUntil, apologised, step, pressed },
    answer: { ...answer(speech.text('erase.done'), ['menu']), short: speech.text('short.erased'), forgets: true },
    intent: 'erase_chat',
  };
}

/** The question is dropped, and the step goes on. */
export function keepChat(session: Session): Move {
  const speech = speeches[session.language];
  return beside(besideMenu(speech.text('erase.kept'), commonChoices, speech), session, 'erase_chat');
}

/** Consent is withdrawn: recorded, and nothing of the member's is open here any more, at once (Law 27/2022 art. 40). */
export async function withdrawConsent(session: Session, turn: TurnAtHand): Promise<Move> {
  const speech = speeches[session.language];
  const intent = 'withdraw';
  if (!turn.inbound.private) return { session, answer: answer(speech.text('private_only')), intent };
  const text = speech.text('withdraw.done');
  await recordConsent({ notice: versionHere(turn), text, given: false, act: 'consent withdrawn' }, session, turn);
  await unlink(session, turn);
  return {
    session: { ...session, state: { at: 'idle' }, consent: null, topic: null, subject: {} },
    answer: { ...answer(text, ['erase_chat', 'menu']), short: speech.text('short.withdrawn'), forgets: true },
    intent,
  };
}
