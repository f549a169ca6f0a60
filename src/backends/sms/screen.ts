import type { ShownSms } from '../../bots/bot.ts';
import type { SmsSender } from './sender.ts';

/** Shows each SMS instead of sending it, beside the chat that it belongs to: for trying the assistant out. */
export function screenSms(show: (sms: ShownSms) => void): SmsSender {
  return (phone, text, conversation) => {
    show({ conversation, phone, text });
    return Promise.resolve({ sent: true });
  };
}
