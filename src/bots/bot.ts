import type { Address, ConversationId, Inbound } from '../core/inbound.ts';
import type { Phone } from '../core/jamsostek/phone.ts';
import type { Reply } from '../core/reply.ts';
import type { SendResult } from '../core/sending.ts';

/**
 * What becomes of an inbound that a bot hands over:
 * - `taken`: it is kept and will be answered; now the platform may be told so;
 * - `duplicate`: it was taken before; tell the platform the same;
 * - `full`: this conversation has too much waiting; it was not taken.
 */
export type Acceptance = 'taken' | 'duplicate' | 'full';

/** What a bot needs of the rest of the program. */
export interface Intake {
  /** The id of the conversation at this address: always the same for the same address. */
  conversationAt(address: Address): ConversationId;
  /** Resolves when the inbound is safe. Throws when it could not be kept: the platform has to bring it again. */
  accept(inbound: Inbound): Promise<Acceptance>;
}

/** The id of the inbound that a reply answers. `effect` names the reply, as in {@link Bot.send}. */
export function answeredBy(effect: string, conversation: ConversationId): string {
  return effect.slice(conversation.length + 1, effect.lastIndexOf('/'));
}

/** A place where members talk: turns a platform's events into inbounds, and sends replies. */
export interface Bot {
  /** The channel's name, as in {@link Address.channel}. */
  readonly channel: string;
  /**
   * Sends one reply; resolves when the platform has taken it, or says why it has not. Never throws. `effect` names this
   * reply for good, so that one that is sent again can be known as the same: its turn, then `/` and its place there.
   */
  send(to: Address, reply: Reply, conversation: ConversationId, effect: string): Promise<SendResult>;
  /** True when this process can send here: false leaves it to the others. Always true where this is missing. */
  canSend?(): boolean;
  /** The member waits for an answer that takes longer than usual: shows them so. Never throws. */
  busy?(to: Address): void;
}

/** An SMS that is shown on the screen instead of being sent, for trying the assistant out. */
export interface ShownSms {
  readonly conversation: ConversationId;
  readonly phone: Phone;
  readonly text: string;
}
