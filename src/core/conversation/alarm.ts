import { answer } from '../answer.ts';
import { speeches } from '../speech.ts';
import { afterBlock } from '../topics/not-me.ts';
import { digitRuns, numbersOfLength } from '../understanding/digits.ts';
import { alarmLength, windows } from './limits.ts';
import type { Move, Said, TurnAtHand } from './move.ts';
import type { Session } from './session.ts';
import { beside } from './steps.ts';
import { windowsHere } from './windows-here.ts';

/**
 * "Bukan saya 12345678": the number out of a notice stops all access to its member's data at once, from any chat. Without
 * one it is said how. Null for a text about something else.
 */
export async function takeAlarm(said: Said, session: Session, turn: TurnAtHand): Promise<Move | null> {
  const { heard } = said;
  const number = numbersOfLength(digitRuns(said.text), alarmLength).at(-1);
  if (number !== undefined && (heard.has('not_me') || turn.asked === 'alarm')) return sound(number, session, turn);
  return heard.is('not_me') && heard.has('not_me') ? askForNumber(session) : null;
}

function askForNumber(session: Session): Move {
  const text = speeches[session.language].text('not_me.how');
  const said = { ...answer(text, ['not_me', 'call_center', 'menu']), asks: true };
  return beside(said, { ...session, asking: 'alarm' }, 'not_me');
}

async function sound(number: string, session: Session, turn: TurnAtHand): Promise<Move> {
  const { services, now } = turn;
  const speech = speeches[session.language];
  const admitted = await services.admissions.admit(
    windowsHere('alarms', turn.id, { chat: windows.alarmsPerChat, source: windows.alarmsPerSource }, turn),
    now,
  );
  if (!admitted.admitted) {
    return beside(answer(speech.text('not_me.too_many'), afterBlock), session, 'not_me');
  }
  const members = await services.blocks.soundAlarm(services.keys.mac('alarm', number), turn.id, now);
  if (members.length === 0) {
    return beside(answer(speech.text('not_me.unknown'), ['not_me', 'call_center', 'menu']), session, 'not_me');
  }
  for (const member of members) turn.deeds.add('access blocked', { detail: 'alarm', member });
  const { state } = session;
  const own = state.at === 'verified' && members.includes(state.member);
  const after: Session = own ? { ...session, state: { at: 'idle' } } : session;
  return beside(answer(speech.text('block.done'), afterBlock), after, 'not_me');
}
