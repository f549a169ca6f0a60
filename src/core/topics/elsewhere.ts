import { answer } from '../answer.ts';
import { contacts } from '../jamsostek/contacts.ts';
import type { Intent } from '../understanding/intents.ts';
import { commonChoices } from './menu.ts';
import { openTopic } from './topic.ts';

/** What is not done in the chat yet, and is answered with the way that there is today. */
const doneElsewhere = [
  'contribution_check',
  'claim_status',
  'claim_submit',
  'claim_howto',
  'member_number',
  'digital_card',
  'statement',
  'simulate',
  'program_info',
  'profile_update',
  'register',
  'office',
  'office_visit',
  'channels',
  'reminders',
  'report_fraud',
] as const satisfies readonly Intent[];

function isDoneElsewhere(intent: Intent): intent is (typeof doneElsewhere)[number] {
  return doneElsewhere.some((known) => known === intent);
}

/**
 * member:    cara cairin jht online gmn kak
 * assistant: Klaim JHT diajukan di aplikasi JMO, …
 */
export const elsewhere = openTopic({
  id: 'elsewhere',
  intents: doneElsewhere,
  answer: ({ speech, intent }) =>
    answer(isDoneElsewhere(intent) ? speech.text(`elsewhere.${intent}`) : speech.text('menu'), [
      'balance',
      'call_center',
      'menu',
    ]),
});

/**
 * member:    pindah faskes gimana
 * assistant: Itu urusan BPJS Kesehatan, bukan BPJS Ketenagakerjaan. …
 */
export const healthInsurer = openTopic({
  id: 'bpjs_kesehatan',
  intents: ['bpjs_kesehatan'],
  answer: ({ speech }) =>
    answer(speech.text('bpjs_kesehatan', { phone: contacts.healthCareCenter }), ['balance', 'menu']),
});

/**
 * member:    cuaca hari ini gimana
 * assistant: Maaf, itu di luar yang bisa saya bantu. …
 */
export const outOfScope = openTopic({
  id: 'out_of_scope',
  intents: ['out_of_scope'],
  answer: ({ speech }) => answer(speech.text('out_of_scope'), commonChoices),
});
