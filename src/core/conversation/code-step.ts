import { type Answer, answer } from '../answer.ts';
import { type Speech, speeches } from '../speech.ts';
import { minute } from '../time.ts';
import { countedCode } from './breaker.ts';
import { compare, standingOf } from './challenge.ts';
import { type CodeProblem, readCode } from './code.ts';
import { type AtCode, codeChoices, stopped } from './code-sending.ts';
import { enter } from './enter.ts';
import { goalName } from './goal.ts';
import { checksPerChallenge, codeLifetime, lockSteps } from './limits.ts';
import type { Move, Said, TurnAtHand } from './move.ts';
import type { Session } from './session.ts';

const minutes = codeLifetime / minute;

/** Takes a text at the code step; null when it holds nothing that was meant as a code. */
export async function takeCode(said: Said, state: AtCode, session: Session, turn: TurnAtHand): Promise<Move | null> {
  const speech = speeches[session.language];
  const typed = readCode(said.text, said.heard.has('correction'));
  if (!typed.ok) {
    if (typed.problem.is === 'absent') return null;
    return { session, answer: answer(problemText(typed.problem, speech), codeChoices), intent: 'code' };
  }
  const { challenge, goals } = state;
  const { services, now } = turn;
  const say = (text: string, changed: Session = session): Move => ({
    session: changed,
    answer: answer(text, codeChoices),
    intent: 'code',
  });

  const standing = standingOf(challenge, now);
  if (standing === 'dead') return say(speech.text('code.dead'));
  if (standing === 'expired') return say(speech.text('code.expired', { minutes }));

  // Counted before it is compared: however many guesses come at once, none is compared beyond the limit.
  const [counted, blocked] = await Promise.all([
    services.failures.countFirst(challenge.nik, turn.id, now, lockSteps),
    services.blocks.blocked(challenge.member, challenge.expires - codeLifetime),
  ]);
  if (!counted.counted) return stopped(counted.standing, session, turn);
  const compared = compare(challenge, typed.value, services.keys);
  // Access was stopped while the code was on its way.
  const result = compared === 'right' && blocked ? 'wrong' : compared;
  if (result === 'right') return enter(challenge, goals, session, turn);
  // The old code was sent to whoever typed it: a slip, not a guess.
  if (result === 'wrong') await services.breaker.count('wrong', countedCode(challenge), now);
  turn.deeds.add('code wrong', { member: challenge.member });
  if (counted.standing.is !== 'open') return { ...stopped(counted.standing, session, turn), code: 'wrong' };
  const wrong = challenge.wrong + 1;
  const tried: Session = { ...session, state: { ...state, challenge: { ...challenge, wrong } } };
  const count = checksPerChallenge - wrong;
  const text =
    count === 0 ? speech.text('code.wrong_last') : speech.text(result === 'old' ? 'code.old' : 'code.wrong', { count });
  return { ...say(text, tried), code: 'wrong' };
}

/** Says again what this step is waiting for. */
export function remindOfCode({ goals }: AtCode, speech: Speech): Answer {
  const said = answer(speech.text('code.reminder', { goal: goalName(goals, speech) }), codeChoices);
  return { ...said, short: speech.text('short.code_reminder') };
}

/** "Kode belum masuk": what can be the matter, and what to do. */
export function codeMissing(session: Session): Move {
  const speech = speeches[session.language];
  const said = { ...answer(speech.text('code.missing'), codeChoices), short: speech.text('short.code_missing') };
  return { session, answer: said, intent: 'no_code' };
}

/** Whoever is named again at this step is the one that the code was asked for. */
export function codeAlreadySent(session: Session): Move {
  const speech = speeches[session.language];
  const said = answer(speech.text('code.already_sent'), codeChoices);
  return { session, answer: { ...said, short: speech.text('short.code_reminder') }, intent: 'nik' };
}

function problemText(problem: Exclude<CodeProblem, { is: 'absent' }>, speech: Speech): string {
  switch (problem.is) {
    case 'short':
      return speech.text('code.short', { count: problem.missing });
    case 'long':
      return speech.text('code.long', { count: problem.extra });
    default:
      return speech.text(`code.${problem.is}`);
  }
}
