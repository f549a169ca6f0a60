import { answer, type ChoiceId } from '../answer.ts';
import { memberTopic } from './topic.ts';

/** What can be done once access by chat is stopped. */
export const afterBlock: readonly ChoiceId[] = ['call_center', 'office', 'menu'];

/**
 * member:    (presses Bukan saya)
 * assistant: Akses ke data Anda lewat chat sudah dihentikan, di semua chat. …
 */
export const notMe = memberTopic({
  id: 'not_me',
  intents: [],
  act: 'access blocked',
  async answer({ speech, services: { blocks }, member, now }) {
    await blocks.block(member, now);
    return { ...answer(speech.text('block.done'), afterBlock), short: speech.text('short.blocked'), ends: true };
  },
});
