import type { MemberRef } from '../jamsostek/member.ts';
import type { Login } from '../services.ts';
import type { TurnAtHand } from './move.ts';

/** The member is verified here: a session of theirs in another chat on this channel is over. */
export function logIn(member: MemberRef, turn: TurnAtHand): Promise<void> {
  return turn.services.logins.begin(loginOf(member, turn), turn.now);
}

/** Whether this is still the chat in which the member was verified last. Asked for only before something personal. */
export function isCurrent(member: MemberRef, turn: TurnAtHand): Promise<boolean> {
  return turn.services.logins.isCurrent(loginOf(member, turn), turn.now);
}

function loginOf(member: MemberRef, { inbound, services }: TurnAtHand): Login {
  return {
    member: services.keys.mac('login', member),
    channel: inbound.from.channel,
    conversation: inbound.conversation,
  };
}
