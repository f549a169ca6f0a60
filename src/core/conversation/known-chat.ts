import { type LinkedChat, Unavailable } from '../services.ts';
import type { TurnAtHand } from './move.ts';

/**
 * Whose chat this is, where its member wants that remembered. Null also where nobody can say now: then it is as any other
 * chat, which takes more to open and not less.
 */
export async function knownHere({ services, inbound, now }: TurnAtHand): Promise<LinkedChat | null> {
  try {
    return await services.chats.linked(inbound.conversation, now);
  } catch (error) {
    if (!(error instanceof Unavailable)) throw error;
    return null;
  }
}
