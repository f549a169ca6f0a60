import { type Answer, answer, type ChoiceId, preceded } from '../answer.ts';
import { readNik } from '../jamsostek/nik.ts';
import { type Speech, speeches } from '../speech.ts';
import { generalArticle } from '../topics/article.ts';
import { memberTopicById } from '../topics/index.ts';
import { challengeKpj } from './code-sending.ts';
import { recordConsent } from './consent-record.ts';
import { type Goals, goalName } from './goal.ts';
import type { Move, Said, TurnAtHand } from './move.ts';
import { askNik, kpjHere, takeNik } from './nik-step.ts';
import type { Session, State } from './session.ts';

/** They change whenever the notice's text does: who agreed to an older one is asked again (Law 27/2022 art. 21). */
export const noticeVersion = '2026-11-30';
const shortVersion = 'short-2026-11-30';

const offers: readonly ChoiceId[] = ['consent_yes', 'consent_no', 'privacy'];

type AtConsent = Extract<State, { at: 'consent' }>;

/** The version of the notice that is shown here. */
export function versionHere({ inbound }: TurnAtHand): string {
  return inbound.phone === undefined ? noticeVersion : shortVersion;
}

/** Whether the member has agreed to what is shown here. */
export function hasAgreed({ consent }: Session, turn: TurnAtHand): boolean {
  return consent === versionHere(turn);
}

/**
 * Shows what is used for what, and asks. `said`: a NIK that came too early is not used, and the member is told so; a
 * membership number waits until they have agreed, since each text costs them money where one is sent.
 */
export function askConsent(goals: Goals, session: Session, turn: TurnAtHand, said?: Said): Move {
  const speech = speeches[session.language];
  const goal = goalName(goals, speech);
  const early = said && readNik(said.text).ok ? [speech.text('consent.nik_early')] : [];
  const notice = answer(speech.text('consent.notice', { goal }), offers);
  return {
    session: { ...session, state: { at: 'consent', goals, kpj: said ? kpjHere(said, turn) : null } },
    answer: preceded(early, { ...notice, short: speech.text('short.consent', { goal }) }),
    intent: goals[0],
  };
}

/** Takes a text at the consent step; null when it is neither yes nor no. */
export async function takeConsent(
  said: Said,
  state: AtConsent,
  session: Session,
  turn: TurnAtHand,
): Promise<Move | null> {
  const { goals } = state;
  if (said.heard.is('no') || said.heard.isAll('no')) return decline(goals, session, turn);
  // Consent has to be clear (Law 27/2022 art. 22): words that say yes and nothing else, but for a NIK after them.
  if (!said.heard.is('yes') && !said.heard.isAll('yes')) {
    const speech = speeches[session.language];
    const kpj = kpjHere(said, turn);
    const waiting: Session = { ...session, state: { ...state, kpj } };
    if (kpj) return { session: waiting, answer: remindOfConsent(goals, speech), intent: 'nik' };
    if (!readNik(said.text).ok) return null;
    return {
      session,
      answer: preceded([speech.text('consent.nik_early')], remindOfConsent(goals, speech)),
      intent: 'nik',
    };
  }
  const consent = await record(true, goals, session, turn);
  return (await takeNik(said, goals, { ...session, consent }, turn)) ?? goOn(state, { ...session, consent }, turn);
}

export async function agree(state: AtConsent, session: Session, turn: TurnAtHand): Promise<Move> {
  const consent = await record(true, state.goals, session, turn);
  return goOn(state, { ...session, consent }, turn);
}

async function goOn({ goals, kpj }: AtConsent, session: Session, turn: TurnAtHand): Promise<Move> {
  return kpj ? challengeKpj(kpj, goals, session, turn) : askNik(goals, session, 'consent');
}

export async function decline(goals: Goals, session: Session, turn: TurnAtHand): Promise<Move> {
  await record(false, goals, session, turn);
  const text = speeches[session.language].text('consent.declined');
  // What anybody may know about what was wanted.
  const general = goals.flatMap((goal) => {
    const [intent] = memberTopicById(goal).intents;
    return (intent && generalArticle(intent, null, session.language)) ?? [];
  });
  return {
    session: { ...session, state: { at: 'idle' }, consent: null },
    answer: answer(text, [...general, 'card_lost', 'call_center', 'menu']),
    intent: 'consent',
  };
}

/** Another NIK than the one that a code was asked for; in a chat that was known, nobody has agreed to that yet. */
export function otherNik(goals: Goals, session: Session, turn: TurnAtHand, said?: Said): Move {
  return hasAgreed(session, turn) ? askNik(goals, session, 'change_nik') : askConsent(goals, session, turn, said);
}

/** Says again what this step is waiting for. */
export function remindOfConsent(goals: Goals, speech: Speech): Answer {
  const said = answer(speech.text('consent.reminder', { goal: goalName(goals, speech) }), offers);
  return { ...said, short: speech.text('short.consent_reminder') };
}

/** Kept before anything is done with it. */
async function record(given: boolean, goals: Goals, session: Session, turn: TurnAtHand): Promise<string> {
  const speech = speeches[session.language];
  const notice = versionHere(turn);
  const key = notice === noticeVersion ? 'consent.notice' : 'short.consent';
  const text = speech.text(key, { goal: goalName(goals, speech) });
  await recordConsent({ notice, text, given }, session, turn);
  return notice;
}
