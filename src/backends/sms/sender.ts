import type { ConversationId } from '../../core/inbound.ts';
import type { Phone } from '../../core/jamsostek/phone.ts';
import type { SendResult } from '../../core/sending.ts';

/**
 * Sends one SMS; resolves when it was taken or with the reason why not. Never throws. `effect` names it for good, so that
 * one that is sent again can be known as the same.
 */
export type SmsSender = (to: Phone, text: string, conversation: ConversationId, effect: string) => Promise<SendResult>;
