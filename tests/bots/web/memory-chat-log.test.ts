import { expect, it } from 'vitest';
import { systemRandom } from '../../../src/backends/system/random.ts';
import { idleExpiry } from '../../../src/bots/web/chat-log.ts';
import { memoryChatLog } from '../../../src/bots/web/memory-chat-log.ts';
import { branded } from '../../../src/core/brand.ts';
import type { ConversationId } from '../../../src/core/inbound.ts';
import { chatLogContract } from '../../contracts/chat-log.ts';

function open() {
  const clock = { time: Date.UTC(2026, 9, 31, 2), now: () => clock.time };
  return { clock, log: memoryChatLog({ clock, random: systemRandom() }) };
}

chatLogContract('in memory', async () => {
  const { clock, log } = open();
  return {
    here: log,
    there: log,
    async passes(ms) {
      clock.time += ms;
    },
    close: () => log.close(),
  };
});

it('forgets, where there are too many chats, the one that nobody looks at and in which nobody has written for longest', async () => {
  const { log } = open();
  const chat = (nth: number) => branded<ConversationId>(`chat ${nth}`);
  const write = (nth: number) => log.add(chat(nth), { key: 'message', text: `${nth}`, byMember: true });
  for (let nth = 0; nth < 4_000; nth += 1) await write(nth);
  log.watch(chat(0), () => undefined);
  await log.add(chat(1), { key: 'more', text: 'more', byMember: true });
  await write(4_000);
  const left = async (nth: number) => (await log.read(chat(nth), null)).entries.length;
  expect([await left(0), await left(1), await left(3), await left(4_000)]).toEqual([1, 2, 1, 1]);
  expect(await left(2)).toBe(0);
});

it('begins no further chat while every one of too many is being looked at', async () => {
  const { log } = open();
  const chat = (nth: number) => branded<ConversationId>(`chat ${nth}`);
  for (let nth = 0; nth < 4_000; nth += 1) {
    log.watch(chat(nth), () => undefined);
    await log.read(chat(nth), null);
  }
  await expect(log.read(chat(4_000), null)).rejects.toThrow('Too many chats are open');
});

it('tells whoever looks at a chat that it is forgotten', async () => {
  const { clock, log } = open();
  const chat = branded<ConversationId>('chat');
  const other = branded<ConversationId>('other chat');
  await log.add(chat, { key: 'message', text: 'satu', byMember: true });
  let told = 0;
  log.watch(chat, () => {
    told += 1;
  });
  clock.time += idleExpiry;
  await log.read(other, null);
  expect(told).toBe(1);
});
