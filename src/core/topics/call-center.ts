import { answer } from '../answer.ts';
import { contacts } from '../jamsostek/contacts.ts';
import { openTopic } from './topic.ts';

/**
 * member:    call center nya nomor brp
 * assistant: Call center BPJS Ketenagakerjaan: 175. …
 */
export const callCenter = openTopic({
  id: 'call_center',
  intents: ['call_center'],
  answer: ({ speech }) =>
    answer(speech.text('call_center', { phone: contacts.callCenter, email: contacts.email }), ['balance', 'menu']),
});
