import { type Answer, answer, type ChoiceId } from '../answer.ts';
import { readNik } from '../jamsostek/nik.ts';
import { type Speech, speeches } from '../speech.ts';
import { generalArticle } from '../topics/article.ts';
import { memberTopicById } from '../topics/index.ts';
import { recordConsent } from './consent-record.ts';
import { type Goals, goalName } from './goal.ts';
import type { Move, Said, TurnAtHand } from './move.ts';
import { askNik, takeNik } from './nik-step.ts';
import type { Session } from './session.ts';

/** Changes whenever the notice's text does: who agreed to an older one is asked again (Law 27/2022 art. 21). */
export const noticeVersion = '2026-11-30';

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
export function otherNik(goals: Goals, session: Session, said?: Said): Move {
  return session.consent === noticeVersion ? askNik(goals, session, 'change_nik') : askConsent(goals, session, said);
}

/** Says again what this step is waiting for. */
export function remindOfConsent(goals: Goals, speech: Speech): Answer {
  return answer(speech.text('consent.reminder', { goal: goalName(goals, speech) }), offers);
}

/** Kept before anything is done with it. */
async function record(given: boolean, goals: Goals, session: Session, turn: TurnAtHand): Promise<string> {
  const speech = speeches[session.language];
  const text = speech.text('consent.notice', { goal: goalName(goals, speech) });
  await recordConsent({ notice: noticeVersion, text, given }, session, turn);
  return noticeVersion;
}
