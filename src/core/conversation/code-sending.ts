import { type Answer, answer, type ChoiceId } from '../answer.ts';
import type { Kpj } from '../jamsostek/kpj.ts';
import { type MemberOnFile, nobody } from '../jamsostek/member.ts';
import type { Nik } from '../jamsostek/nik.ts';
import type { HeldBecause, LinkedChat, Mac, Standing } from '../services.ts';
import { type MessageKey, type Speech, speeches } from '../speech.ts';
import { hour, type Instant, minute } from '../time.ts';
import { countedCode } from './breaker.ts';
import { newChallenge, standingOf } from './challenge.ts';
import type { Goals } from './goal.ts';
import { codeLifetime, resendPauses, windows } from './limits.ts';
import type { Move, TurnAtHand } from './move.ts';
import type { Challenge, SentCode, Session, State } from './session.ts';
import { windowsHere } from './windows-here.ts';

export type AtCode = Extract<State, { at: 'code' }>;

/** What can be chosen at the code step. */
export const codeChoices: readonly ChoiceId[] = ['resend', 'change_nik', 'cancel'];
const minutes = codeLifetime / minute;

/** The pauses between codes start anew after this long without one. */
const pausesForgottenAfter = hour;

/** A NIK has been given: a code goes to the phone on file, or seems to. Every word is the same for an unknown NIK. */
export async function challengeNik(nik: Nik, goals: Goals, session: Session, turn: TurnAtHand): Promise<Move> {
  const { keys, registry } = turn.services;
  return challengeNamed(
    { nikMac: keys.mac('nik', nik), lookUp: () => registry.memberByNik(nik) },
    goals,
    session,
    turn,
  );
}

/** The same by a membership number, where the number that writes is held against the one on file. */
export async function challengeKpj(kpj: Kpj, goals: Goals, session: Session, turn: TurnAtHand): Promise<Move> {
  const { nikMac, member } = await namedByKpj(kpj, turn);
  return challengeNamed({ nikMac, lookUp: async () => member }, goals, session, turn);
}

/**
 * Who a membership number names. Failures count for the NIK behind it, however a code was asked for; but to another phone
 * than theirs it is a number that nobody has, lest it tells whose NIK goes with it.
 */
export async function namedByKpj(
  kpj: Kpj,
  { services: { keys, registry }, inbound }: TurnAtHand,
): Promise<{ readonly nikMac: Mac; readonly member: MemberOnFile | null }> {
  const found = await registry.memberByKpj(kpj);
  const member = found && found.phone === inbound.phone ? found : null;
  return { nikMac: keys.mac('nik', member?.nik ?? kpj), member };
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
      said: sentAnswer('code.sent_known', speech),
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

/** Somebody has been named by a number that was typed. */
async function challengeNamed(
  who: { readonly nikMac: Mac; readonly lookUp: () => Promise<MemberOnFile | null> },
  goals: Goals,
  session: Session,
  turn: TurnAtHand,
): Promise<Move> {
  const speech = speeches[session.language];
  return challenge(
    {
      ...who,
      said: sentAnswer('code.sent', speech),
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

function sentAnswer(key: MessageKey, speech: Speech): Answer {
  return { ...answer(speech.text(key, { minutes }), codeChoices), short: speech.text('short.code_sent', { minutes }) };
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
    readonly said: Answer;
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

  const niks = await services.admissions.admit(
    windowsHere('niks', nikMac, { chat: windows.niksPerChat, source: windows.niksPerSource }, turn),
    now,
  );
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
    return { session, answer: answer(text, codeChoices), intent: 'resend' };
  }
  const said = sentAnswer('code.resent', speech);
  return send({ member, nikMac: challenge.nik, goals, replaces: challenge, said, intent: 'resend' }, session, turn);
}

async function send(
  what: {
    member: MemberOnFile | null;
    nikMac: Mac;
    goals: Goals;
    replaces: Challenge | null;
    said: Answer;
    intent: string;
  },
  session: Session,
  turn: TurnAtHand,
): Promise<Move> {
  const { services, now, inbound } = turn;
  const speech = speeches[session.language];
  // Asked of nobody, too, so that the answer takes as long.
  const [sends, blocked] = await Promise.all([
    services.admissions.admit(
      [
        { window: `sends to nik ${what.nikMac}`, item: turn.id, rules: windows.sendsPerNik },
        ...windowsHere('sends', turn.id, { chat: windows.sendsPerChat, source: windows.sendsPerSource }, turn),
      ],
      now,
    ),
    services.blocks.blocked(what.member?.ref ?? nobody, now),
  ]);
  if (!sends.admitted) {
    const text = speech.text('code.too_many', { wait: speech.wait(sends.retryAt - now) });
    const kept: State = what.replaces ? session.state : { at: 'idle' };
    return {
      session: { ...session, state: kept },
      answer: answer(text, what.replaces ? codeChoices : ['call_center', 'menu']),
      intent: what.intent,
    };
  }
  // Without a phone on file, for somebody who has died or has stopped all access, nobody can meet the challenge.
  const onFile = what.member && !what.member.deceased ? what.member.phone : null;
  // Where nothing but the number says who writes, no code goes to another one: who has it in hand has not asked for it.
  const phone = inbound.phone !== undefined && inbound.phone !== onFile ? null : onFile;
  const member = what.member && phone && !blocked ? what.member.ref : nobody;
  const { challenge, code } = newChallenge({ member, nik: what.nikMac, replaces: what.replaces }, now, services);
  await services.breaker.count('sent', countedCode(challenge), now);
  const next: Session = {
    ...session,
    state: { at: 'code', goals: what.goals, challenge },
    sent: sentNow(what.nikMac, session, now),
  };
  const move: Move = { session: next, answer: what.said, intent: what.intent };
  // Written for nobody, too, so that the answer takes as long.
  const text = speech.text(inbound.phone === undefined ? 'code.sms' : 'code.sms_back', { code, minutes });
  turn.deeds.add(phone && !blocked ? 'code sent' : 'code not sendable', { member: what.member?.ref ?? null });
  if (!phone) return { ...move, code: 'unsendable' };
  // Whoever asks for it is told nothing; the phone's owner is told how to open it again.
  if (blocked) {
    return { ...move, code: 'unsendable', sms: [{ to: phone, text: speech.text('block.sms'), notice: true }] };
  }
  return { ...move, code: 'sent', sms: [{ to: phone, text }] };
}

/** Codes for this NIK are locked, for a while or until its holder proves who they are. */
export function stopped(standing: Standing, session: Session, { now }: TurnAtHand): Move {
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
  const next = session.state.at === 'code' ? codeChoices : (['call_center', 'menu'] as const);
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
