import type { MemberRef } from '../jamsostek/member.ts';
import { clockInJakarta } from '../jamsostek/month.ts';
import { Unavailable } from '../services.ts';
import { type MessageKey, speeches } from '../speech.ts';
import { alarmLength, alarmLifetime } from './limits.ts';
import type { Move, Sms, TurnAtHand } from './move.ts';

/** Channels as an SMS calls them. */
const channelNames: Readonly<Record<string, MessageKey>> = {
  telegram: 'notice.telegram',
  whatsapp: 'notice.whatsapp',
  web: 'notice.web',
};

/**
 * Tells the phone on file that data was opened in a chat where it never was, with a number that stops all access: whoever
 * got the code out of the phone's owner is found out by it. Where that cannot be done now, it is done with the next answer.
 */
export async function tellOwner(move: Move, turn: TurnAtHand): Promise<Move> {
  const { state } = move.session;
  // Who has the phone on file in hand and asks from there needs no telling.
  if (state.at !== 'verified' || !state.untold || turn.inbound.phone !== undefined) return move;
  const notice = await noticeFor(state.member, move, turn);
  if (notice === 'later') return move;
  return {
    ...move,
    session: { ...move.session, state: { ...state, untold: false } },
    ...(notice && { sms: [...(move.sms ?? []), notice] }),
  };
}

async function noticeFor(member: MemberRef, { session }: Move, turn: TurnAtHand): Promise<Sms | null | 'later'> {
  const { services, now, inbound } = turn;
  const speech = speeches[session.language];
  const number = services.random.digits(alarmLength);
  try {
    const [onFile] = await Promise.all([
      services.registry.memberByRef(member),
      services.blocks.setAlarm({ alarm: services.keys.mac('alarm', number), member, until: now + alarmLifetime }),
    ]);
    if (!onFile?.phone) return null;
    const place = speech.text(channelNames[inbound.from.channel] ?? 'notice.chat');
    const text = speech.text('notice.sms', { place, time: clockInJakarta(now), number });
    return { to: onFile.phone, text, notice: true };
  } catch (error) {
    if (!(error instanceof Unavailable)) throw error;
    return 'later';
  }
}
