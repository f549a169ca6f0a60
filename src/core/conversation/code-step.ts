import { type Answer, answer, type ChoiceId } from '../answer.ts';
import { type MemberOnFile, nobody } from '../jamsostek/member.ts';
import type { Nik } from '../jamsostek/nik.ts';
import type { Admission, HeldBecause, LinkedChat, Mac, Standing } from '../services.ts';
import { type Speech, speeches } from '../speech.ts';
import { hour, type Instant, minute } from '../time.ts';
import { countedCode } from './breaker.ts';
import { compare, newChallenge, standingOf } from './challenge.ts';
import { type CodeProblem, readCode } from './code.ts';
import { enter } from './enter.ts';
import { type Goals, goalName } from './goal.ts';
import { checksPerChallenge, codeLifetime, lockSteps, resendPauses, windows } from './limits.ts';
import type { Move, Said, TurnAtHand } from './move.ts';
import type { Challenge, SentCode, Session, State } from './session.ts';

type AtCode = Extract<State, { at: 'code' }>;

const offers: readonly ChoiceId[] = ['resend', 'change_nik', 'cancel'];
const minutes = codeLifetime / minute;

/** The pauses between codes start anew after this long without one. */
const pausesForgottenAfter = hour;

/** A NIK has been given: a code goes to the phone on file, or seems to. Every word is the same for an unknown NIK. */
export async function challengeNik(nik: Nik, goals: Goals, session: Session, turn: TurnAtHand): Promise<Move> {
  const { keys, registry } = turn.services;
  const speech = speeches[session.language];
  return challenge(
    {
      nikMac: keys.mac('nik', nik),
      lookUp: () => registry.memberByNik(nik),
      said: speech.text('code.sent', { minutes }),
      tooSoon: (wait) => ({
        session: { ...session, state: { at: 'nik', goals } },
        answer: answer(speech.text('code.wait_again', { wait }), ['cancel']),
      }),
    },
    goals,
    session,
    turn,
  );
}

/** The member of this chat is known from before: a code goes to the phone on file without asking for the NIK again. */
export async function challengeLinked(
  link: LinkedChat,
  goals: Goals,
  session: Session,
  turn: TurnAtHand,
): Promise<Move> {
  const speech = speeches[session.language];
  return challenge(
    {
      nikMac: link.nik,
      lookUp: () => turn.services.registry.memberByRef(link.member),
      said: speech.text('code.sent_known', { minutes }),
      tooSoon: (wait) => ({
        session,
        answer: answer(speech.text('code.wait_only', { wait }), [goals[0], 'menu']),
      }),
    },
    goals,
    session,
    turn,
  );
}

async function challenge(
  {
    nikMac,
    lookUp,
    said,
    tooSoon,
  }: {
    readonly nikMac: Mac;
    readonly lookUp: () => Promise<MemberOnFile | null>;
    readonly said: string;
    /** What is said when the last code was asked for too short a time ago. */
    readonly tooSoon: (wait: string) => Pick<Move, 'session' | 'answer'>;
  },
  goals: Goals,
  session: Session,
  turn: TurnAtHand,
): Promise<Move> {
  const { services, now } = turn;
  const speech = speeches[session.language];
  const [standing, member, breaker] = await Promise.all([
    services.failures.standing(nikMac, now),
    lookUp(),
    services.breaker.standing(now),
  ]);
  if (standing.is !== 'open') return stopped(standing, session, turn);
  if (breaker.is === 'open') return held(breaker.why, { ...session, state: { at: 'idle' } }, 'nik');

  const niks = await services.admissions.admit(nikAdmissions(nikMac, turn), now);
  if (!niks.admitted) {
    const text = speech.text('nik.too_many', { wait: speech.wait(niks.retryAt - now) });
    return {
      session: { ...session, state: { at: 'idle' } },
      answer: answer(text, ['call_center', 'menu']),
      intent: 'nik',
    };
  }
  const pause = pauseLeft(nikMac, session, now);
  if (pause > 0) return { ...tooSoon(speech.wait(pause)), intent: 'nik' };
  return send({ member, nikMac, goals, replaces: null, said, intent: 'nik' }, session, turn);
}

/** The member asks for another code: the new one takes the old one's place. Failed tries stay counted. */
export async function resendCode(state: AtCode, session: Session, turn: TurnAtHand): Promise<Move> {
  const { services, now } = turn;
  const speech = speeches[session.language];
  const { challenge, goals } = state;
  const [standing, member, breaker] = await Promise.all([
    services.failures.standing(challenge.nik, now),
    services.registry.memberByRef(challenge.member),
    services.breaker.standing(now),
  ]);
  if (standing.is !== 'open') return stopped(standing, session, turn);
  if (breaker.is === 'open') return held(breaker.why, session, 'resend');
  const pause = pauseLeft(challenge.nik, session, now);
  if (pause > 0) {
    const usable = standingOf(challenge, now) === 'open';
    const text = usable
      ? speech.text('code.wait', { wait: speech.wait(pause), minutes })
      : speech.text('code.wait_only', { wait: speech.wait(pause) });
    return { session, answer: answer(text, offers), intent: 'resend' };
  }
  const said = speech.text('code.resent', { minutes });
  return send({ member, nikMac: challenge.nik, goals, replaces: challenge, said, intent: 'resend' }, session, turn);
}

async function send(
  what: {
    member: MemberOnFile | null;
    nikMac: Mac;
    goals: Goals;
    replaces: Challenge | null;
    said: string;
    intent: string;
  },
  session: Session,
  turn: TurnAtHand,
): Promise<Move> {
  const { services, now } = turn;
  const speech = speeches[session.language];
  // Asked of nobody, too, so that the answer takes as long.
  const [sends, blocked] = await Promise.all([
    services.admissions.admit(sendAdmissions(what.nikMac, turn), now),
    services.blocks.blocked(what.member?.ref ?? nobody, now),
  ]);
  if (!sends.admitted) {
    const text = speech.text('code.too_many', { wait: speech.wait(sends.retryAt - now) });
    const kept: State = what.replaces ? session.state : { at: 'idle' };
    return {
      session: { ...session, state: kept },
      answer: answer(text, what.replaces ? offers : ['call_center', 'menu']),
      intent: what.intent,
    };
  }
  // Without a phone on file, for somebody who has died or has stopped all access, nobody can meet the challenge.
  const phone = what.member && !what.member.deceased ? what.member.phone : null;
  const member = what.member && phone && !blocked ? what.member.ref : nobody;
  const { challenge, code } = newChallenge({ member, nik: what.nikMac, replaces: what.replaces }, now, services);
  await services.breaker.count('sent', countedCode(challenge), now);
  const next: Session = {
    ...session,
    state: { at: 'code', goals: what.goals, challenge },
    sent: sentNow(what.nikMac, session, now),
  };
  const move: Move = { session: next, answer: answer(what.said, offers), intent: what.intent };
  // Written for nobody, too, so that the answer takes as long.
  const text = speech.text('code.sms', { code, minutes });
  turn.deeds.add(phone && !blocked ? 'code sent' : 'code not sendable', { member: what.member?.ref ?? null });
  if (!phone) return { ...move, code: 'unsendable' };
  // Whoever asks for it is told nothing; the phone's owner is told how to open it again.
  if (blocked) {
    return { ...move, code: 'unsendable', sms: [{ to: phone, text: speech.text('block.sms'), notice: true }] };
  }
  return { ...move, code: 'sent', sms: [{ to: phone, text }] };
}

/** Takes a text at the code step; null when it holds nothing that was meant as a code. */
export async function takeCode(said: Said, state: AtCode, session: Session, turn: TurnAtHand): Promise<Move | null> {
  const speech = speeches[session.language];
  const typed = readCode(said.text, said.heard.has('correction'));
  if (!typed.ok) {
    if (typed.problem.is === 'absent') return null;
    return { session, answer: answer(problemText(typed.problem, speech), offers), intent: 'code' };
  }
  const { challenge, goals } = state;
  const { services, now } = turn;
  const say = (text: string, changed: Session = session): Move => ({
    session: changed,
    answer: answer(text, offers),
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
  return answer(speech.text('code.reminder', { goal: goalName(goals, speech) }), offers);
}

/** "Kode belum masuk": what can be the matter, and what to do. */
export function codeMissing(session: Session): Move {
  return { session, answer: answer(speeches[session.language].text('code.missing'), offers), intent: 'no_code' };
}

/** The NIK given again at this step is the one that the code was asked for. */
export function isSameNik(nik: Nik, { challenge }: AtCode, turn: TurnAtHand): boolean {
  return turn.services.keys.same(challenge.nik, turn.services.keys.mac('nik', nik));
}

export function codeAlreadySent(session: Session): Move {
  const text = speeches[session.language].text('code.already_sent');
  return { session, answer: answer(text, offers), intent: 'nik' };
}

function stopped(standing: Standing, session: Session, { now }: TurnAtHand): Move {
  const speech = speeches[session.language];
  const text =
    standing.is === 'locked'
      ? speech.text('code.locked', { wait: speech.wait(standing.until - now) })
      : speech.text('code.disabled');
  return {
    session: { ...session, state: { at: 'idle' } },
    answer: answer(text, ['call_center', 'menu']),
    intent: 'code',
  };
}

/** No code is sent to anybody now. The step stays as `session` has it: a code that was sent can still be typed. */
function held(why: HeldBecause, session: Session, intent: string): Move {
  const text = speeches[session.language].text('code.held');
  const next = session.state.at === 'code' ? offers : (['call_center', 'menu'] as const);
  return { session, answer: answer(text, next), intent, held: why };
}

/** The codes asked for lately, this one among them. */
function sentNow(nik: Mac, session: Session, now: Instant): SentCode[] {
  const lately = session.sent.filter((sent) => now - sent.at < pausesForgottenAfter);
  const times = (lately.find((sent) => sent.nik === nik)?.times ?? 0) + 1;
  return [...lately.filter((sent) => sent.nik !== nik), { nik, times, at: now }];
}

/** Milliseconds until the next code for this NIK may be asked for here; 0 or less: now. */
function pauseLeft(nik: Mac, session: Session, now: Instant): number {
  const last = session.sent.find((sent) => sent.nik === nik && now - sent.at < pausesForgottenAfter);
  if (!last) return 0;
  return last.at + (resendPauses[Math.min(last.times, resendPauses.length) - 1] ?? 0) - now;
}

function nikAdmissions(nik: Mac, { inbound, services }: TurnAtHand): Admission[] {
  return [
    { window: `niks of chat ${inbound.conversation}`, item: nik, rules: windows.niksPerChat },
    ...(inbound.source === undefined
      ? []
      : [
          {
            window: `niks of source ${services.keys.mac('source', inbound.source)}`,
            item: nik,
            rules: windows.niksPerSource,
          },
        ]),
  ];
}

function sendAdmissions(nik: Mac, { id, inbound, services }: TurnAtHand): Admission[] {
  return [
    { window: `sends to nik ${nik}`, item: id, rules: windows.sendsPerNik },
    { window: `sends of chat ${inbound.conversation}`, item: id, rules: windows.sendsPerChat },
    ...(inbound.source === undefined
      ? []
      : [
          {
            window: `sends of source ${services.keys.mac('source', inbound.source)}`,
            item: id,
            rules: windows.sendsPerSource,
          },
        ]),
  ];
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
