import type { MemberRef } from '../jamsostek/member.ts';
import type { Login } from '../services.ts';
import type { TurnAtHand } from './move.ts';
import type { State } from './session.ts';

type Verified = Extract<State, { at: 'verified' }>;

/** The member is verified here: a session of theirs in another chat on this channel is over. */
export function logIn(member: MemberRef, turn: TurnAtHand): Promise<void> {
  return turn.services.logins.begin(loginOf(member, turn), turn.now);
}

/**
 * Whether a verified session still holds: not once the member has been verified in another chat, nor once access by chat
 * was stopped. Asked for only before something personal.
 */
export async function loginStanding(
  { member, since }: Pick<Verified, 'member' | 'since'>,
  turn: TurnAtHand,
): Promise<'holds' | 'elsewhere' | 'blocked'> {
  const { logins, blocks } = turn.services;
  const [current, blocked] = await Promise.all([
    logins.isCurrent(loginOf(member, turn), turn.now),
    blocks.blocked(member, since),
  ]);
  if (blocked) return 'blocked';
  return current ? 'holds' : 'elsewhere';
}

function loginOf(member: MemberRef, { inbound, services }: TurnAtHand): Login {
  return {
    member: services.keys.mac('login', member),
    channel: inbound.from.channel,
    conversation: inbound.conversation,
  };
}
