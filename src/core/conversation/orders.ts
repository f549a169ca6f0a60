import { answer } from '../answer.ts';
import { dayInJakarta } from '../jamsostek/month.ts';
import type { Language } from '../language.ts';
import { speeches } from '../speech.ts';
import { askLanguage } from '../topics/language.ts';
import { besideMenu, commonChoices, mainChoices } from '../topics/menu.ts';
import { knownHere } from './known-chat.ts';
import type { Move, Said, TurnAtHand } from './move.ts';
import type { Session } from './session.ts';
import { beside } from './steps.ts';

/**
 * `keluar`: ends the session, whatever is open. The next person at this phone starts with nothing, consent included; in a
 * chat that is remembered they are told so, and how to end that, too.
 */
export async function logOut(session: Session, turn: TurnAtHand): Promise<Move> {
  const speech = speeches[session.language];
  const idle = session.state.at === 'idle';
  const text = speech.text(idle ? 'logout.none' : 'logout.done');
  const link = await knownHere(turn);
  const known = link ? [speech.text('logout.remembered', { until: speech.day(dayInJakarta(link.until)) })] : [];
  return {
    session: { ...session, state: { at: 'idle' }, consent: null, topic: null, subject: {} },
    answer: {
      ...answer([text, ...known], link ? ['forget_chat', 'menu'] : ['menu']),
      short: [speech.text(idle ? 'short.nothing_open' : 'short.logged_out'), ...known].join(' '),
      forgets: true,
    },
    intent: 'logout',
  };
}

/** `batal`: closes the open step; a verified member stays verified. */
export function cancel(session: Session): Move {
  const speech = speeches[session.language];
  switch (session.state.at) {
    case 'idle':
    case 'verified':
      return { session, answer: besideMenu(speech.text('cancel.none'), mainChoices, speech), intent: 'cancel' };
    case 'consent':
    case 'nik':
    case 'code': {
      const said = besideMenu(speech.text('cancel.done'), commonChoices, speech);
      return { session: { ...session, state: { at: 'idle' } }, answer: said, intent: 'cancel' };
    }
  }
}

/** Another language, at any moment: the open step goes on in it. */
export function switchLanguage(language: Language, session: Session): Move {
  const switched: Session = { ...session, language, languageKnown: true };
  const speech = speeches[language];
  return beside(besideMenu(speech.text('language.switched'), mainChoices, speech), switched, 'language');
}

/**
 * Another language is wanted: the one that is named, unless it is the one that is not understood; else the one that this
 * was written in. Where neither is another than the one in use, it is asked which.
 */
export function otherLanguage(said: Said, session: Session): Move {
  const { language: spoken, entities } = said.meaning;
  const named = said.heard.has('no') ? undefined : entities.language;
  const wanted = named ?? (spoken === 'mixed' ? null : spoken);
  if (wanted !== null && wanted !== session.language) return switchLanguage(wanted, session);
  return beside(askLanguage(speeches[session.language]), session, 'language');
}

/** "Dadah": polite, but the session of a verified member stays open, so they are told how to end it. */
export function goodbye(session: Session): Move {
  const speech = speeches[session.language];
  const open = session.state.at === 'verified';
  return beside(
    {
      ...answer(speech.text(open ? 'logout.bye' : 'logout.none'), open ? ['logout', 'menu'] : ['menu']),
      short: speech.text(open ? 'short.bye' : 'short.nothing_open'),
    },
    session,
    'bye',
  );
}
