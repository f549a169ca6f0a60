import { type Answer, answer, type ChoiceId } from '../answer.ts';
import type { Speech } from '../speech.ts';
import { openTopic } from './topic.ts';

/** What the assistant can do today, the most asked for first. */
export const mainChoices: readonly ChoiceId[] = [
  'balance',
  'contributions',
  'contribution_check',
  'digital_card',
  'statement',
  'member_number',
  'claim_howto',
  'simulate',
  'office',
  'call_center',
];

/** What is offered when the assistant does not know what is wanted. */
export const commonChoices: readonly ChoiceId[] = ['balance', 'claim_howto', 'office', 'agent'];

/**
 * member:    menu
 * assistant: Ini yang bisa saya bantu sekarang. … 1. Cek saldo JHT 2. Riwayat iuran …
 */
export const menu = openTopic({ id: 'menu', intents: ['menu'], answer: ({ speech }) => menuAnswer(speech) });

export function menuAnswer(speech: Speech): Answer {
  return { ...answer(speech.text('menu'), mainChoices), short: speech.text('short.menu') };
}

/** A sentence of the conversation itself; on a channel of short texts, with where all that can be done is told. */
export function besideMenu(text: string, offers: readonly ChoiceId[], speech: Speech): Answer {
  return { ...answer(text, offers), short: `${text} ${speech.text('short.list')}` };
}
