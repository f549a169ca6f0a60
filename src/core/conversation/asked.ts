import type { MemberRef } from '../jamsostek/member.ts';
import { dayInJakarta } from '../jamsostek/month.ts';
import { speeches } from '../speech.ts';
import type { Asked } from '../topics/topic.ts';
import type { Intent } from '../understanding/intents.ts';
import { isCurrent } from './login.ts';
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

/** Who has shown who they are, in a chat of their own, and not in another one since. */
async function memberOf({ state }: Session, turn: TurnAtHand): Promise<MemberRef | null> {
  if (state.at !== 'verified' || !turn.inbound.private) return null;
  return (await isCurrent(state.member, turn)) ? state.member : null;
}
