import { answer } from '../answer.ts';
import { wordingOf } from '../jamsostek/figures/figures.ts';
import { articleChoices } from './article.ts';
import { exactAnswer } from './knowledge.ts';
import { callCenterHours } from './office-hours.ts';
import { openTopic } from './topic.ts';

/** The number is what nearly everybody wants: something else has to be asked for as surely as this. */
const surelyExact = 0.75;

/**
 * member:    call center nya nomor brp
 * assistant: Call center BPJS Ketenagakerjaan: 175. Setiap hari, 06.00 sampai 22.00 WIB. Sekarang buka. …
 */
export const callCenter = openTopic({
  id: 'call_center',
  intents: ['call_center'],
  answer(asked) {
    const { speech, today } = asked;
    const contact = (key: 'phone' | 'email' | 'open_from' | 'open_until') => wordingOf(`contact.${key}`, today);
    const hours = callCenterHours(asked);
    const paragraphs = [
      speech.text('call_center.reach', { phone: contact('phone'), email: contact('email') }),
      `${speech.text('call_center.hours', { from: contact('open_from'), until: contact('open_until') })} ${hours}`,
      speech.text('call_center.careful'),
    ];
    return (
      exactAnswer(asked, ['call_center'], surelyExact) ?? {
        ...answer(paragraphs, [...articleChoices(['contact-whatsapp']), 'office', 'menu']),
        short: speech.text('short.call_center', { phone: contact('phone'), hours }),
      }
    );
  },
});
