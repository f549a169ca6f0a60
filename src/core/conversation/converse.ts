import { type Answer, answer, preceded } from '../answer.ts';
import type { Content, Inbound, Lateness } from '../inbound.ts';
import type { Language } from '../language.ts';
import type { Effect, Reply } from '../reply.ts';
import { type HeldBecause, type Services, turnId, Unavailable } from '../services.ts';
import { type Speech, speeches } from '../speech.ts';
import type { Instant } from '../time.ts';
import { besideMenu, mainChoices } from '../topics/menu.ts';
import { office } from '../topics/office.ts';
import type { Context, Understand } from '../understanding/understand.ts';
import { takePress } from './choices.ts';
import { Deeds, noteEnd, onlyEnds, record } from './deeds.ts';
import { floodSilence, idleLimit, staleAfter } from './limits.ts';
import { type CodeEvent, type Move, Said, type TurnAtHand } from './move.ts';
import { isSecondPress, offered, stepAfter } from './offer.ts';
import { openTopic } from './open-topic.ts';
import { pace } from './pace.ts';
import { showsSecret } from './secret.ts';
import { newSession, readSession, type Session, writeSession } from './session.ts';
import { wake } from './session-end.ts';
import { beside } from './steps.ts';
import { takeText } from './take-text.ts';

/** What a turn came to, for whoever watches: never what was said. */
export interface Outcome {
  readonly state: Session['state']['at'];
  readonly intent: string;
  readonly language: Language;
  readonly code?: CodeEvent;
  /** A code was asked for while none is sent to anybody, and why: something that an operator has to look at. */
  readonly held?: HeldBecause;
}

/** One turn done: the session to keep, as text, and what to do. */
export interface Turned {
  readonly session: string;
  readonly effects: readonly Effect[];
  readonly outcome: Outcome;
}

/** The conversation: what is said to an inbound, given what was kept of the conversation so far. */
export interface Conversation {
  /** One turn. Throws only what is a fault of the program; a service that is away is answered in plain words. */
  turn(session: string | null, inbound: Inbound, late: Lateness): Promise<Turned>;
  /** Tells the member that their message could not be processed; the step that was open stays open. Never throws. */
  giveUp(session: string | null, inbound: Inbound): Turned;
}

export function conversation(services: Services, understand: Understand): Conversation {
  return {
    async turn(stored, inbound, late) {
      const now = services.clock.now();
      const { content } = inbound;
      const { session, unreadable } = restore(stored, inbound, now);
      const given = content.kind === 'text' ? new Said(content.text, understand, contextOf(session, now)) : content;

      const stale = now - late.writtenAt > staleAfter;
      if (stale && (late.behind > 0 || now - session.apologised < staleAfter)) return passOver(stored, session);

      const paced = pace(session, inbound, now);
      if (paced.is === 'silent') return finish(paced.session, null, inbound, now, { intent: 'flood' });
      if (paced.is === 'flooded') {
        const speech = speeches[session.language];
        const notice = answer(speech.text('flood', { wait: speech.wait(floodSilence) }));
        return finish(paced.session, notice, inbound, now, { intent: 'flood' });
      }

      if (content.kind === 'choice' && isSecondPress(content.id, session, now)) {
        return finish(paced.session, null, inbound, now, { intent: 'second_press' });
      }

      const pressed = content.kind === 'choice' ? { id: content.id, at: now } : null;
      const heardLanguage = !session.languageKnown && given instanceof Said ? languageFor(given) : null;
      const calm: Session = { ...paced.session, pressed };
      const spoken: Session = heardLanguage ? { ...calm, language: heardLanguage, languageKnown: true } : calm;
      const woken = wake(spoken, now);
      const asked = woken.session.asking;
      const turn: TurnAtHand = {
        id: turnId(inbound.conversation, inbound.id),
        now,
        inbound,
        services,
        asked,
        deeds: new Deeds(),
      };
      const done = stale ? apologise(woken.session, now) : await handle(woken.session, given, turn);
      const why = woken.notice ? 'time' : done.intent;
      noteEnd(session.state, done.session.state, why, turn.deeds);
      const move = await writtenDown(done, woken.session, turn);
      const speech = speeches[move.session.language];
      const before = [
        ...(unreadable ? [speech.text('session.unreadable')] : []),
        ...(woken.notice ? [woken.notice(speech)] : []),
      ];
      const said = preceded(before, move.answer);
      const hides = inbound.private && given instanceof Said && showsSecret(given.text, woken.session.state);
      const step = stepAfter(session, move.session.state);
      return finish({ ...move.session, step }, said, inbound, now, { ...move, hides });
    },

    giveUp(stored, inbound) {
      const now = services.clock.now();
      const { session } = restore(stored, inbound, now);
      const move = aside(session, (speech) => speech.text('fault.given_up'), 'given_up');
      return finish(session, move.answer, inbound, now, move);
    },
  };
}

/** What a text is about when it does not say so; after a long silence, nothing. */
function contextOf({ topic, state, lastSeen }: Session, now: Instant): Context {
  if (now - lastSeen >= idleLimit) return { topic: null, step: null };
  return { topic, step: state.at === 'idle' || state.at === 'verified' ? null : state.at };
}

/** Who mixes the languages is at home in Indonesian. */
function languageFor({ meaning }: Said): Language | null {
  return meaning.language === 'mixed' ? 'id' : meaning.language;
}

/** A message that came too late, with another one to answer: it changes nothing. */
function passOver(stored: string | null, session: Session): Turned {
  const { state, language } = session;
  return {
    session: stored ?? writeSession(session),
    effects: [],
    outcome: { state: state.at, intent: 'stale', language },
  };
}

/** The last of the messages that came too late: said once for all of them. Nothing is sent or tried on old words. */
function apologise(session: Session, now: Instant): Move {
  return aside({ ...session, apologised: now }, (speech) => speech.text('late'), 'stale');
}

function restore(stored: string | null, inbound: Inbound, now: number): { session: Session; unreadable: boolean } {
  const session = stored === null ? null : readSession(stored);
  return { session: session ?? newSession(inbound.languageHint ?? 'id', now), unreadable: stored !== null && !session };
}

async function handle(
  before: Session,
  given: Said | Exclude<Content, { kind: 'text' }>,
  turn: TurnAtHand,
): Promise<Move> {
  // What is no answer to a question beside the step drops it.
  const session: Session = { ...before, asking: null };
  try {
    if (given instanceof Said) return await takeText(given, session, turn);
    switch (given.kind) {
      case 'choice':
        return await takePress(given.id, session, turn);
      case 'location':
        return await openTopic(office, 'office', session, turn);
      case 'media':
        return aside(session, (speech) => speech.text(`media.${given.media}`), 'media');
      case 'edited':
      case 'unsupported':
        return aside(session, (speech) => speech.text(`media.${given.kind}`), given.kind);
    }
  } catch (error) {
    if (!(error instanceof Unavailable)) throw error;
    // Nothing of the turn is kept: no try is spent, the step stays open.
    return aside(before, (speech) => speech.text('fault.unavailable'), 'unavailable');
  }
}

/**
 * What was done is written down before anybody is told of it: nothing personal is shown, and no code sent, that the audit
 * log does not know of. Only what ends something is done all the same.
 */
async function writtenDown(move: Move, before: Session, turn: TurnAtHand): Promise<Move> {
  const { state } = move.session;
  if (move.answer.personal && !turn.deeds.has('viewed')) {
    turn.deeds.add('viewed', { detail: move.intent, member: state.at === 'verified' ? state.member : null });
  }
  try {
    await record(turn);
    return move;
  } catch (error) {
    if (!(error instanceof Unavailable)) throw error;
    if (!move.answer.personal && onlyEnds(turn.deeds)) return move;
    return aside(before, (speech) => speech.text('fault.unavailable'), 'unavailable');
  }
}

/** Something that is no answer to the open step: it is acknowledged, and the step is mentioned again. */
function aside(session: Session, text: (speech: Speech) => string, intent: string): Move {
  const speech = speeches[session.language];
  return beside(besideMenu(text(speech), mainChoices, speech), session, intent);
}

/** One turn answers with one message; what goes to the phone on file goes with it. */
function finish(
  session: Session,
  said: Answer | null,
  inbound: Inbound,
  now: number,
  { intent, sms, code, held, hides = false }: Pick<Move, 'intent' | 'sms' | 'code' | 'held'> & { hides?: boolean },
): Turned {
  const kept: Session = { ...session, lastSeen: now, offered: said?.offers ?? session.offered };
  const effects: Effect[] = [];
  if (said) effects.push({ kind: 'reply', to: inbound.from, reply: replyOf(said, kept, inbound, hides) });
  for (const each of sms ?? []) effects.push({ kind: 'sms', ...each, conversation: inbound.conversation });
  return {
    session: writeSession(kept),
    effects,
    outcome: { state: kept.state.at, intent, language: kept.language, ...(code && { code }), ...(held && { held }) },
  };
}

function replyOf(said: Answer, session: Session, { phone }: Inbound, hides: boolean): Reply {
  const { paragraphs, short, offers, personal, place, file, asksLocation, forgets } = said;
  return {
    language: session.language,
    text: paragraphs.join('\n\n'),
    ...(phone !== undefined && short !== undefined && { short }),
    choices: offered(offers, session, speeches[session.language]),
    personal,
    ...(place && { place }),
    ...(file && { file }),
    ...(asksLocation && { asksLocation }),
    ...(hides && { hides }),
    ...(forgets && { forgets }),
  };
}
