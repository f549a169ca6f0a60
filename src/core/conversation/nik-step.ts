import { type Answer, answer } from '../answer.ts';
import { type Kpj, readKpj } from '../jamsostek/kpj.ts';
import { type NikProblem, readNik } from '../jamsostek/nik.ts';
import type { Mac } from '../services.ts';
import { type Speech, speeches } from '../speech.ts';
import { challengeKpj, challengeNik, namedByKpj } from './code-sending.ts';
import { type Goals, goalName } from './goal.ts';
import type { Move, Said, TurnAtHand } from './move.ts';
import type { Session } from './session.ts';

/** Asks for the NIK, in full. */
export function askNik(goals: Goals, session: Session, intent: string): Move {
  const speech = speeches[session.language];
  const asked = { ...answer(speech.text('nik.ask'), ['cancel']), short: speech.text('short.nik_ask') };
  return { session: { ...session, state: { at: 'nik', goals } }, answer: asked, intent };
}

/** Takes a text at the NIK step, or wherever a NIK is welcome; null when it holds nothing that was meant as a NIK. */
export async function takeNik(said: Said, goals: Goals, session: Session, turn: TurnAtHand): Promise<Move | null> {
  const nik = readNik(said.text, said.heard.has('correction'));
  if (nik.ok) return challengeNik(nik.value, goals, session, turn);
  const kpj = kpjHere(said, turn);
  if (kpj) return challengeKpj(kpj, goals, session, turn);
  if (nik.problem.is === 'absent') return null;
  const text = problemText(nik.problem, speeches[session.language]);
  return { session, answer: answer(text, ['cancel']), intent: 'nik' };
}

/**
 * The membership number that somebody is named by, in place of the NIK: only where the number that writes is held against
 * the one on file.
 */
export function kpjHere({ text }: Pick<Said, 'text'>, { inbound }: TurnAtHand): Kpj | null {
  return inbound.phone === undefined ? null : readKpj(text);
}

/** Who a text names, by the digest of their NIK; null for nobody. */
export async function namedHere(said: Said, turn: TurnAtHand): Promise<Mac | null> {
  const nik = readNik(said.text, said.heard.has('correction'));
  if (nik.ok) return turn.services.keys.mac('nik', nik.value);
  const kpj = kpjHere(said, turn);
  return kpj && (await namedByKpj(kpj, turn)).nikMac;
}

/** Says again what this step is waiting for. */
export function remindOfNik(goals: Goals, speech: Speech): Answer {
  const said = answer(speech.text('nik.reminder', { goal: goalName(goals, speech) }), ['cancel']);
  return { ...said, short: speech.text('short.nik_ask') };
}

function problemText(problem: Exclude<NikProblem, { is: 'absent' }>, speech: Speech): string {
  switch (problem.is) {
    case 'short':
      return speech.text('nik.short', { count: problem.missing });
    case 'long':
      return speech.text('nik.long', { count: problem.extra });
    default:
      return speech.text(`nik.${problem.is}`);
  }
}
