import { type Answer, answer, type ChoiceId } from '../answer.ts';
import { readNik } from '../jamsostek/nik.ts';
import { type Speech, speeches } from '../speech.ts';
import { type Goals, goalName } from './goal.ts';
import type { Move, Said, TurnAtHand } from './move.ts';
import { askNik, takeNik } from './nik-step.ts';
import type { Session } from './session.ts';

/** Changes whenever the notice's text does: who agreed to an older one is asked again (Law 27/2022 art. 21). */
export const noticeVersion = '2026-11';

const offers: readonly ChoiceId[] = ['consent_yes', 'consent_no', 'privacy'];

/** Shows what is used for what, and asks. `said`: a NIK that came too early is not used, and the member is told so. */
export function askConsent(goals: Goals, session: Session, said?: Said): Move {
  const speech = speeches[session.language];
  const notice = speech.text('consent.notice', { goal: goalName(goals, speech) });
  const early = said && readNik(said.text).ok ? [speech.text('consent.nik_early')] : [];
  return {
    session: { ...session, state: { at: 'consent', goals } },
    answer: answer([...early, notice], offers),
    intent: goals[0],
  };
}

/** Takes a text at the consent step; null when it is neither yes nor no. */
export async function takeConsent(said: Said, goals: Goals, session: Session, turn: TurnAtHand): Promise<Move | null> {
  if (said.heard.is('no') || said.heard.isAll('no')) return decline(goals, session, turn);
  // Consent has to be clear (Law 27/2022 art. 22): words that say yes and nothing else, but for a NIK after them.
  if (!said.heard.is('yes') && !said.heard.isAll('yes')) {
    const speech = speeches[session.language];
    if (!readNik(said.text).ok) return null;
    const reminder = remindOfConsent(goals, speech);
    return {
      session,
      answer: { ...reminder, paragraphs: [speech.text('consent.nik_early'), ...reminder.paragraphs] },
      intent: 'nik',
    };
  }
  const agreed = await agree(goals, session, turn);
  return (await takeNik(said, goals, agreed.session, turn)) ?? agreed;
}

export async function agree(goals: Goals, session: Session, turn: TurnAtHand): Promise<Move> {
  const consent = await record(true, goals, session, turn);
  return askNik(goals, { ...session, consent }, 'consent');
}

export async function decline(goals: Goals, session: Session, turn: TurnAtHand): Promise<Move> {
  await record(false, goals, session, turn);
  const text = speeches[session.language].text('consent.declined');
  return {
    session: { ...session, state: { at: 'idle' }, consent: null },
    answer: answer(text, ['card_lost', 'call_center', 'menu']),
    intent: 'consent',
  };
}

/** Says again what this step is waiting for. */
export function remindOfConsent(goals: Goals, speech: Speech): Answer {
  return answer(speech.text('consent.reminder', { goal: goalName(goals, speech) }), offers);
}

/** Kept before anything is done with it: who must show a consent must have it (Law 27/2022 art. 24). */
async function record(given: boolean, goals: Goals, session: Session, turn: TurnAtHand): Promise<string> {
  const { inbound, services, now, id } = turn;
  const speech = speeches[session.language];
  await services.consents.record({
    conversation: inbound.conversation,
    channel: inbound.from.channel,
    notice: noticeVersion,
    language: session.language,
    textDigest: services.keys.mac('notice', speech.text('consent.notice', { goal: goalName(goals, speech) })),
    given,
    turn: id,
    at: now,
  });
  return noticeVersion;
}
