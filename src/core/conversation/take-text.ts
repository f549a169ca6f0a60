import { answer } from '../answer.ts';
import { asksForEstimate } from '../estimates/asks.ts';
import { continues } from '../estimates/estimate.ts';
import { readNik } from '../jamsostek/nik.ts';
import { labelOf } from '../label.ts';
import { languages } from '../language.ts';
import { speeches } from '../speech.ts';
import { balanceMasked } from '../topics/balance.ts';
import { digitalCard } from '../topics/digital-card.ts';
import { goalIds } from '../topics/index.ts';
import { besideMenu, commonChoices, mainChoices, menuAnswer } from '../topics/menu.ts';
import { isOldRegistration, oldRegistrationAnswer } from '../topics/old-registration.ts';
import { privacy } from '../topics/privacy.ts';
import { bringsAddress, bringsNumber, reportFraud } from '../topics/report-fraud.ts';
import { simulate } from '../topics/simulate.ts';
import { plainDigits } from '../understanding/text.ts';
import { takeAlarm } from './alarm.ts';
import { saidAnswer } from './aside-question.ts';
import { chosenByText, takeChoice } from './choices.ts';
import { readCode } from './code.ts';
import { resendCode } from './code-sending.ts';
import { codeAlreadySent, codeMissing, takeCode } from './code-step.ts';
import { hasAgreed, otherNik, takeConsent } from './consent-step.ts';
import { noteMiss } from './miss.ts';
import type { Move, Said, TurnAtHand } from './move.ts';
import { namedHere, takeNik } from './nik-step.ts';
import { openTopic } from './open-topic.ts';
import { cancel, logOut, switchLanguage } from './orders.ts';
import { pursue } from './pursue.ts';
import { asksForSomething, notSure, takeQuestion } from './question.ts';
import type { Session } from './session.ts';
import { beside } from './steps.ts';

/**
 * A member's text. In this order, the first that fits: nothing in it; a registration of old; a keyword of SMS; a choice by
 * number or label; an answer to a question beside the step; an order that always works; the label of something of the
 * member's own; an answer to the open step; a question, answered beside the step; what looks like an answer to no step;
 * and at last, honestly, "I do not understand".
 */
export async function takeText(said: Said, session: Session, turn: TurnAtHand): Promise<Move> {
  return (
    wordless(said, session) ??
    oldRegistration(said, session) ??
    keyword(said, session, turn) ??
    (await typedChoice(said, session, turn)) ??
    (await saidAnswer(said, session, turn)) ??
    (await order(said, session, turn)) ??
    (await labelled(said, session, turn)) ??
    (await answerToStep(said, session, turn)) ??
    (await forwarded(said, session, turn)) ??
    (await estimateAsked(said, session, turn)) ??
    (await takeQuestion(said, session, turn)) ??
    (await strayDigits(said, session, turn)) ??
    notUnderstood(said, session, turn)
  );
}

/** "?" alone, an emoji, nothing at all. */
function wordless({ text }: Said, session: Session): Move | null {
  if (/[\p{L}\p{N}]/u.test(text)) return null;
  const speech = speeches[session.language];
  if (/[?？؟]/u.test(text)) return help(session);
  const visible = /\S/u.test(text.replace(/[\p{C}\p{Z}]/gu, ''));
  return beside(besideMenu(speech.text(visible ? 'emoji' : 'empty'), mainChoices, speech), session, 'none');
}

/** A format that holds more than anybody needs to send. */
function oldRegistration({ text }: Said, session: Session): Move | null {
  if (!isOldRegistration(text)) return null;
  return beside(oldRegistrationAnswer(speeches[session.language]), session, 'old_registration');
}

/** Single words that mean more in a text message than in a chat: STOP there is the end, and a card is the digital one. */
function keyword({ heard }: Said, session: Session, turn: TurnAtHand): Promise<Move> | null {
  if (turn.inbound.phone === undefined) return null;
  if (heard.is('stop')) return logOut(session, turn);
  return heard.is('card') ? openTopic(digitalCard, 'digital_card', session, turn) : null;
}

function help(session: Session): Move {
  const speech = speeches[session.language];
  const open = session.state.at !== 'idle' && session.state.at !== 'verified';
  // In a few words, the step explains itself.
  return beside(open ? { ...answer(speech.text('help_step')), short: '' } : menuAnswer(speech), session, 'menu');
}

async function typedChoice({ text }: Said, session: Session, turn: TurnAtHand): Promise<Move | null> {
  const chosen = chosenByText(plainDigits(text), session);
  if (chosen === null) return null;
  if (chosen !== 'out of range') return takeChoice(chosen, session, turn);
  const speech = speeches[session.language];
  const count = session.offered.length;
  return { session, answer: answer(speech.text('number_out_of_range', { count }), session.offered), intent: 'none' };
}

/** What is said of the chat itself, in the words that stand for each choice. */
const aboutChat = ['remember_chat', 'forget_chat', 'chat_data', 'erase_chat', 'withdraw'] as const;

/** Words that mean the same at every step. */
async function order(said: Said, session: Session, turn: TurnAtHand): Promise<Move | null> {
  const { heard } = said;
  const speech = speeches[session.language];
  const language = heard.switchTo();
  if (language) return switchLanguage(language, session);
  if (heard.is('logout')) return logOut(session, turn);
  const alarm = await takeAlarm(said, session, turn);
  if (alarm) return alarm;
  const chosen = aboutChat.find((choice) => heard.is(choice));
  if (chosen) return takeChoice(chosen, session, turn);
  if (heard.is('cancel')) return cancel(session);
  if (heard.is('menu')) {
    const move = beside(menuAnswer(speech), session, 'menu');
    // The menu was asked for: its numbers are the ones that count, and the step stays open all the same.
    return { ...move, answer: { ...move.answer, offers: mainChoices } };
  }
  if (heard.is('help')) return help(session);
  if (heard.is('privacy')) return openTopic(privacy, null, session, turn);
  if (heard.is('mask')) return openTopic(balanceMasked, null, session, turn);
  return null;
}

/** What stands on a button of the member's own things, typed although that button was not offered last. */
async function labelled({ text }: Said, session: Session, turn: TurnAtHand): Promise<Move | null> {
  const typed = text.trim().toLowerCase();
  const goal = goalIds.find((id) => languages.some((each) => labelOf(id, speeches[each]).toLowerCase() === typed));
  return goal === undefined ? null : takeChoice(goal, session, turn);
}

async function answerToStep(said: Said, session: Session, turn: TurnAtHand): Promise<Move | null> {
  const { state } = session;
  const speech = speeches[session.language];
  switch (state.at) {
    case 'idle':
    case 'verified':
      return null;
    case 'consent':
      return takeConsent(said, state, session, turn);
    case 'nik': {
      const taken = await takeNik(said, state.goals, session, turn);
      if (taken) return taken;
      if (!isCorrection(said)) return null;
      return { session, answer: answer(speech.text('nik.corrected'), ['cancel']), intent: 'correction' };
    }
    case 'code': {
      const named = await namedHere(said, turn);
      if (named && turn.services.keys.same(state.challenge.nik, named)) return codeAlreadySent(session);
      if (named && !hasAgreed(session, turn)) return otherNik(state.goals, session, turn, said);
      if (named) return takeNik(said, state.goals, session, turn);
      const code = await takeCode(said, state, session, turn);
      if (code) return code;
      if (said.heard.has('resend')) return resendCode(state, session, turn);
      if (said.heard.has('change_nik')) return otherNik(state.goals, session, turn);
      if (said.heard.has('no_code', 3) || (said.heard.has('no_code') && said.heard.has('code_word')))
        return codeMissing(session);
      const wrongNik = await takeNik(said, state.goals, session, turn);
      if (wrongNik) return wrongNik;
      if (!isCorrection(said)) return null;
      return beside(answer(speech.text('code.corrected')), session, 'correction');
    }
  }
}

/** "Eh salah": about what was typed, unless it says what is wanted instead. */
function isCorrection({ heard, meaning }: Said): boolean {
  return heard.isAll('correction') || (heard.has('correction', 5) && !asksForSomething(meaning));
}

/** A NIK or a code that nobody asked for. */
async function strayDigits(said: Said, session: Session, turn: TurnAtHand): Promise<Move | null> {
  const speech = speeches[session.language];
  const { at } = session.state;
  if (readNik(said.text).ok) {
    if (at === 'idle') return pursue(['balance'], session, turn, said);
    if (at === 'verified')
      return { session, answer: answer(speech.text('nik.not_now'), ['logout', 'menu']), intent: 'nik' };
  }
  if (readCode(said.text).ok && at !== 'code') {
    return beside(besideMenu(speech.text('code.none'), commonChoices, speech), session, 'code');
  }
  return null;
}

/** Something that came from somebody else, and may be a fraud, whatever the text around it says. */
async function forwarded(said: Said, session: Session, turn: TurnAtHand): Promise<Move | null> {
  const aboutPhone = !asksForSomething(said.meaning) || said.meaning.intent === 'call_center';
  if (!bringsAddress(said.text) && !(aboutPhone && bringsNumber(said.text))) return null;
  return openTopic(reportFraud, 'report_fraud', session, turn, said);
}

/** Something to be worked out with an amount that is named; an answer to what an estimate asks, or another number for it. */
async function estimateAsked(said: Said, session: Session, turn: TurnAtHand): Promise<Move | null> {
  const { text, meaning } = said;
  const { estimate } = session.subject;
  const goesOn = session.topic === 'simulate' && estimate && continues(text, meaning.entities, estimate);
  if (!goesOn && !asksForEstimate(text, meaning.entities)) return null;
  return openTopic(simulate, 'simulate', session, turn, said);
}

async function notUnderstood(said: Said, session: Session, turn: TurnAtHand): Promise<Move> {
  if (/^\d{1,2}$/.test(plainDigits(said.text))) {
    const speech = speeches[session.language];
    return beside(besideMenu(speech.text('number_unknown'), commonChoices, speech), session, 'none');
  }
  await noteMiss(said, session, turn);
  return notSure(said, session, turn);
}
