import { type Answer, answer } from '../answer.ts';
import { type NikProblem, readNik } from '../jamsostek/nik.ts';
import { type Speech, speeches } from '../speech.ts';
import { challengeNik } from './code-sending.ts';
import { type Goals, goalName } from './goal.ts';
import type { Move, Said, TurnAtHand } from './move.ts';
import type { Session } from './session.ts';

/** Asks for the NIK, in full. */
export function askNik(goals: Goals, session: Session, intent: string): Move {
  const text = speeches[session.language].text('nik.ask');
  return { session: { ...session, state: { at: 'nik', goals } }, answer: answer(text, ['cancel']), intent };
}

/** Takes a text at the NIK step, or wherever a NIK is welcome; null when it holds nothing that was meant as a NIK. */
export async function takeNik(said: Said, goals: Goals, session: Session, turn: TurnAtHand): Promise<Move | null> {
  const nik = readNik(said.text, said.heard.has('correction'));
  if (nik.ok) return challengeNik(nik.value, goals, session, turn);
  if (nik.problem.is === 'absent') return null;
  const text = problemText(nik.problem, speeches[session.language]);
  return { session, answer: answer(text, ['cancel']), intent: 'nik' };
}

/** Says again what this step is waiting for. */
export function remindOfNik(goals: Goals, speech: Speech): Answer {
  return answer(speech.text('nik.reminder', { goal: goalName(goals, speech) }), ['cancel']);
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
