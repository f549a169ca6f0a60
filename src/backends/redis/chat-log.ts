import { z } from 'zod';
import { type ChatLog, type Entry, idleExpiry, logCap, Watchers } from '../../bots/web/chat-log.ts';
import type { ConversationId } from '../../core/inbound.ts';
import type { Random } from '../../core/services.ts';
import { CannotUnseal, type Sealing } from '../system/sealing.ts';
import { answered, scriptNamed } from './asking.ts';
import type { Store } from './store.ts';

const chatLog = scriptNamed(
  'chat-log',
  z.tuple([z.string(), z.int(), z.enum(['idle', 'loggedOut', 'ended']), z.int(), z.array(z.string())]),
);

/**
 * What chats show, for any number of processes on one Redis, a single server or a cluster: a key for each chat, named by
 * the conversation's id, its texts sealed. Each call is one round trip. News is called out on one channel that every
 * process listens to; nothing but the conversation's id is said there.
 */
export function redisChatLog(services: {
  readonly store: Store;
  readonly sealing: Sealing;
  readonly random: Random;
}): ChatLog {
  const { store, sealing, random } = services;
  const channel = `${store.prefix}:shown`;
  const keyOf = (conversation: ConversationId) => `${store.prefix}:shown:{${conversation}}`;
  const placeOf = (conversation: ConversationId, key: string) => `${conversation}/shown/${key}`;
  const watchers = new Watchers();

  // What was called out while nobody listened is found by looking.
  const listener = store.listen(
    [channel],
    (_channel, conversation) => watchers.tell(conversation),
    () => watchers.tellAll(),
  );

  const ask = (conversation: ConversationId, todo: 'hold' | 'add' | 'read', ...args: readonly (string | number)[]) =>
    answered('chat log', store.run(chatLog, keyOf(conversation), random.id(), idleExpiry, todo, ...args));

  /** An entry that no key of ours opens any more has nothing to show. */
  const open = (sealed: string, place: string): string => {
    try {
      return sealed === '' ? '' : sealing.open(sealed, place);
    } catch (error) {
      if (error instanceof CannotUnseal) return '';
      throw error;
    }
  };

  return {
    async hold(conversation, key, text) {
      await ask(conversation, 'hold', key, sealing.seal(text, placeOf(conversation, key)));
    },
    async drop(conversation, key) {
      await answered('chat log', store.client.hdel(keyOf(conversation), `?${key}`));
    },
    async add(conversation, { key, text, byMember = false, answers = '', clears = '' }) {
      const sealed = text === '' ? '' : sealing.seal(text, placeOf(conversation, key));
      const flags = [byMember ? 1 : 0, answers, clears] as const;
      const where = [logCap, channel, conversation] as const;
      const [life, clearings, , number] = await ask(conversation, 'add', key, sealed, ...flags, ...where);
      return { life, clearings, number };
    },
    async read(conversation, after) {
      const { life: known = '', number: last = 0 } = after ?? {};
      const [life, clearings, reason, number, found] = await ask(conversation, 'read', known, last);
      const entries = found.map((entry, index): Entry => {
        const end = entry.indexOf('\n');
        const key = entry.slice(0, end);
        const text = open(entry.slice(end + 1), placeOf(conversation, key));
        return { number: number - found.length + 1 + index, key, text };
      });
      return { life, clearings, reason, number, entries };
    },
    watch: (conversation, tell) => watchers.watch(conversation, tell),
    async close() {
      listener.stop();
    },
  };
}
