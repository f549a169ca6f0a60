import type { ConversationId } from '../core/inbound.ts';
import type { Effect } from '../core/reply.ts';
import type { SendResult } from '../core/sending.ts';
import type { TurnId } from '../core/services.ts';
import type { Instant } from '../core/time.ts';
import type { Work } from './engine.ts';

/** An effect in the outbox. */
export interface Outgoing {
  readonly effect: Effect;
  /** The turn that it is an effect of, and its place among the effects of that turn. */
  readonly turn: TurnId;
  readonly index: number;
  /** When its turn began: no code in it is older. */
  readonly since: Instant;
  /** When the inbound of its turn was accepted. */
  readonly acceptedAt: Instant;
}

/** One try to send. A throw counts as `uncertain`, because nobody knows how far it came. */
export async function tried(
  work: Pick<Work<never>, 'send'>,
  conversation: ConversationId,
  { effect, turn, index }: Outgoing,
): Promise<SendResult> {
  try {
    return await work.send(effect, `${turn}/${index}`, conversation);
  } catch {
    return { sent: false, problem: 'uncertain' };
  }
}
