import { codeLifetime } from '../../core/conversation/limits.ts';
import type { ConversationId } from '../../core/inbound.ts';
import type { Phone } from '../../core/jamsostek/phone.ts';
import type { SendResult } from '../../core/sending.ts';
import { inGsm } from './alphabet.ts';
import type { Gateway } from './gateway.ts';
import { referenceOf } from './reference.ts';

/** Sends codes and notices through the gateway. None of the caps on replies holds for them: they have limits of their own. */
export function codesThrough(
  gateway: Gateway,
): (to: Phone, text: string, conversation: ConversationId, effect: string) => Promise<SendResult> {
  return (to, text, _conversation, effect) =>
    gateway.send({ to, text: inGsm(text), reference: referenceOf(effect), validFor: codeLifetime });
}
