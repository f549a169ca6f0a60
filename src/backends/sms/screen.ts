import type { ShownSms } from '../../bots/bot.ts';
import type { SmsSender } from './sender.ts';

/**
 * Shows each SMS instead of sending it, beside the chat that it belongs to: for trying the assistant out. What fails to
 * be shown may be seen all the same.
 */
export function screenSms(show: (sms: ShownSms) => unknown): SmsSender {
  return async (phone, text, conversation) => {
    try {
      await show({ conversation, phone, text });
      return { sent: true };
    } catch {
      return { sent: false, problem: 'uncertain' };
    }
  };
}
