import { answer, type ChoiceId } from '../answer.ts';
import { openTopic } from './topic.ts';

/** What the assistant can do today, the most asked for first. */
export const mainChoices: readonly ChoiceId[] = [
  'balance',
  'contributions',
  'card_lost',
  'card_tips',
  'call_center',
  'privacy',
];

/** What is offered when the assistant does not know what is wanted. */
export const commonChoices: readonly ChoiceId[] = ['balance', 'card_lost', 'call_center', 'agent'];

/**
 * member:    menu
 * assistant: Ini yang bisa saya bantu sekarang. … 1. Cek saldo JHT 2. Riwayat iuran …
 */
export const menu = openTopic({
  id: 'menu',
  intents: ['menu'],
  answer: ({ speech }) => answer(speech.text('menu'), mainChoices),
});
