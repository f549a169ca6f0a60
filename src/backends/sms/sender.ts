import type { ConversationId } from '../../core/inbound.ts';
import type { Phone } from '../../core/jamsostek/phone.ts';
import type { SendResult } from '../../core/sending.ts';

/** Sends one SMS; resolves when it was taken or with the reason why not. Never throws. */
export type SmsSender = (to: Phone, text: string, conversation: ConversationId) => Promise<SendResult>;
