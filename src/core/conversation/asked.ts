import type { MemberRef } from '../jamsostek/member.ts';
import { dayInJakarta } from '../jamsostek/month.ts';
import { speeches } from '../speech.ts';
import type { Asked, AskedByMember } from '../topics/topic.ts';
import type { Intent } from '../understanding/intents.ts';
import { loginStanding } from './login.ts';
import type { Said, TurnAtHand } from './move.ts';
import type { Session } from './session.ts';

/** A question to an open topic, as it comes up in this conversation. */
export function askedOf(intent: Intent | null, session: Session, turn: TurnAtHand, said?: Said): Asked {
  const { now, services, inbound } = turn;
  return {
    speech: speeches[session.language],
    intent,
    said: said ?? null,
    now,
    today: dayInJakarta(now),
    subject: session.subject,
    topic: session.topic,
    point: inbound.content.kind === 'location' ? inbound.content : null,
    member: () => memberOf(session, turn),
    services,
  };
}

/** A question to a topic that only this member is told. */
export function askedBy(
  member: MemberRef,
  intent: Intent | null,
  session: Session,
  turn: TurnAtHand,
  said?: Said,
): AskedByMember {
  return { ...askedOf(intent, session, turn, said), member };
}

/** Who has shown who they are, in a chat of their own, where that still holds. */
async function memberOf({ state }: Session, turn: TurnAtHand): Promise<MemberRef | null> {
  if (state.at !== 'verified' || !turn.inbound.private) return null;
  return (await loginStanding(state, turn)) === 'holds' ? state.member : null;
}
