import { answer } from '../answer.ts';
import { openTopic } from './topic.ts';

/**
 * member:    (presses Privasi)
 * assistant: NIK hanya dipakai untuk mencari data Anda dan mengirim kode. …
 */
export const privacy = openTopic({
  id: 'privacy',
  intents: [],
  answer: ({ speech }) => answer(speech.text('privacy'), ['balance', 'menu']),
});
