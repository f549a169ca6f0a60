import { randomBytes } from 'node:crypto';
import * as fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { z } from 'zod';
import { redisChatLog } from '../../../src/backends/redis/chat-log.ts';
import { openStore, type Store } from '../../../src/backends/redis/store.ts';
import { systemRandom } from '../../../src/backends/system/random.ts';
import { type Sealing, sealing } from '../../../src/backends/system/sealing.ts';
import { type Addition, type ChatLog, idleExpiry } from '../../../src/bots/web/chat-log.ts';
import { memoryChatLog } from '../../../src/bots/web/memory-chat-log.ts';
import { branded } from '../../../src/core/brand.ts';
import type { ConversationId } from '../../../src/core/inbound.ts';
import { Unavailable } from '../../../src/core/services.ts';
import { chatLogContract } from '../../contracts/chat-log.ts';
import { findRedis, type RedisServer, startRedis, startRedisCluster } from '../../servers/redis.ts';

const keys = [randomBytes(32)];
const sealed = sealing(() => keys);
const random = systemRandom();
const chat = branded<ConversationId>('one-conversation');

/** The log of one process: everything on connections of its own. */
function processOn(place: Parameters<typeof openStore>[0], own: Sealing = sealed) {
  const store = openStore(place);
  const log = redisChatLog({ store, sealing: own, random });
  return {
    store,
    log,
    async close() {
      await log.close();
      await store.close();
    },
  };
}

/** Lets time pass for every key of one store: each expires so much earlier. */
async function passes(store: Store, chats: readonly string[], ms: number): Promise<void> {
  for (const each of chats) {
    const key = `${store.prefix}:shown:{${each}}`;
    const left = await store.client.pttl(key);
    if (left > 0) await store.client.pexpire(key, Math.max(left - ms, 0));
  }
}

let opened = 0;

function contractOn(place: () => Parameters<typeof openStore>[0]) {
  return async () => {
    const own = { ...place(), prefix: `test ${(opened += 1)}` };
    const [here, there] = [processOn(own), processOn(own)];
    return {
      here: here.log,
      there: there.log,
      passes: (ms: number) => passes(here.store, ['one-conversation', 'other-conversation'], ms),
      async close() {
        await Promise.all([here.close(), there.close()]);
      },
    };
  };
}

describe.skipIf(findRedis() === null)('on Redis', () => {
  let server: RedisServer;
  beforeAll(async () => {
    server = await startRedis();
  });
  afterAll(() => server.stop());

  const started = (own?: Sealing) => {
    const process = processOn({ url: server.url, prefix: `test ${opened}` }, own);
    onTestFinished(() => process.close());
    return process;
  };
  const fresh = () => {
    opened += 1;
    return started();
  };

  chatLogContract(
    'Redis',
    contractOn(() => ({ url: server.url })),
  );

  it('does the same as the log in memory, whatever is asked of it', async () => {
    const key = fc.integer({ min: 1, max: 5 }).map((nth) => `key ${nth}`);
    const addition: fc.Arbitrary<Addition> = fc.record(
      {
        key,
        text: fc.constantFrom('', 'halo', 'baris\nbaris'),
        byMember: fc.boolean(),
        answers: key,
        clears: fc.constantFrom('loggedOut', 'ended'),
      },
      { requiredKeys: ['key', 'text'] },
    );
    const step = fc.oneof(
      fc.record({ hold: key }),
      fc.record({ drop: key }),
      fc.record({ add: addition }),
      fc.record({ read: fc.nat(8) }),
    );
    const clock = { now: () => 0 };
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 25 }), async (steps) => {
        const [redis, memory] = [fresh(), memoryChatLog({ clock, random })];
        const both = async <Answer extends object | void>(ask: (log: ChatLog) => Promise<Answer>) => {
          const [one, other] = [await ask(redis.log), await ask(memory)];
          expect({ ...one, life: '' }).toEqual({ ...other, life: '' });
        };
        for (const each of steps) {
          if ('hold' in each) await both((log) => log.hold(chat, each.hold, `held ${each.hold}`));
          else if ('drop' in each) await both((log) => log.drop(chat, each.drop));
          else if ('add' in each) await both((log) => log.add(chat, each.add));
          else {
            await both(async (log) => {
              const { life } = await log.read(chat, null);
              return log.read(chat, { life, clearings: 0, number: each.read });
            });
          }
        }
        await both((log) => log.read(chat, null));
        await redis.close();
      }),
      { numRuns: 40 },
    );
  });

  it('keeps one key for each chat, for fifteen minutes, with nothing of what is said in clear', async () => {
    const { store, log } = fresh();
    const secret = 'Rp12.345.678';
    await log.hold(chat, 'in/1', `saldo ${secret}`);
    await log.add(chat, { key: 'out/1', text: secret, answers: 'in/1' });
    await log.hold(chat, 'in/2', `lagi ${secret}`);
    const key = `${store.prefix}:shown:{${chat}}`;
    expect(await store.client.keys(`${store.prefix}:*`)).toEqual([key]);
    expect(Math.abs((await store.client.pttl(key)) - idleExpiry)).toBeLessThan(5_000);
    const dump = z
      .instanceof(Buffer)
      .parse(await store.client.dumpBuffer(key))
      .toString('latin1');
    const fields = JSON.stringify(await store.client.hgetall(key));
    for (const words of [secret, '345.678', 'saldo', 'lagi', Buffer.from(secret).toString('base64').slice(0, 12)]) {
      expect(dump + fields).not.toContain(words);
    }
  });

  it('says on its channel which conversation has news, and nothing else', async () => {
    const { store, log } = fresh();
    const listener = store.connect();
    onTestFinished(() => listener.disconnect());
    const heard = new Promise<string>((resolve) => {
      listener.on('message', (_channel, words: string) => resolve(words));
    });
    await listener.subscribe(`${store.prefix}:shown`);
    await log.add(chat, { key: 'out/1', text: 'Rp1' });
    expect(await heard).toBe(chat);
  });

  it('shows nothing in the place of what it cannot open', async () => {
    const { log } = fresh();
    await log.add(chat, { key: 'out/1', text: 'satu' });
    const otherKeys = [randomBytes(32)];
    const other = started(sealing(() => otherKeys));
    await other.log.add(chat, { key: 'out/2', text: 'dua' });
    const texts = async (of: ChatLog) => (await of.read(chat, null)).entries.map(({ text }) => text);
    expect([await texts(log), await texts(other.log)]).toEqual([
      ['satu', ''],
      ['', 'dua'],
    ]);
  });

  it('looks again when the connection that it listens on was cut', async () => {
    const { store, log } = fresh();
    let count = 0;
    const told = () =>
      new Promise<void>((resolve) => {
        const unwatch = log.watch(chat, () => {
          unwatch();
          count += 1;
          resolve();
        });
      });
    const first = told();
    await log.add(chat, { key: 'out/1', text: 'satu' });
    await first;
    const again = told();
    await store.client.call('CLIENT', 'KILL', 'TYPE', 'pubsub');
    await again;
    const news = told();
    await log.add(chat, { key: 'out/2', text: 'dua' });
    await news;
    expect(count).toBe(3);
  });
});

describe.skipIf(findRedis() === null)('on a Redis that fails', () => {
  it('says so without a word of what was said, and goes on when it is back', async () => {
    const server = await startRedis();
    const process = processOn({ url: server.url });
    const { log } = process;
    try {
      await log.add(chat, { key: 'in/1', text: 'satu' });
      await server.crash();
      const failed = await Promise.allSettled([
        log.hold(chat, 'in/2', 'rahasia'),
        log.drop(chat, 'in/2'),
        log.add(chat, { key: 'in/2', text: 'rahasia' }),
        log.read(chat, null),
      ]);
      for (const each of failed) {
        const error: unknown = each.status === 'rejected' ? each.reason : null;
        expect(error).toBeInstanceOf(Unavailable);
        expect(JSON.stringify(error, Object.getOwnPropertyNames(error))).not.toContain('rahasia');
      }
      await server.restart();
      const { number } = await log.add(chat, { key: 'in/3', text: 'tiga' });
      expect((await log.read(chat, null)).entries.at(-1)).toEqual({ number, key: 'in/3', text: 'tiga' });
    } finally {
      await process.close();
      await server.stop();
    }
  });
});

describe.skipIf(findRedis() === null)('on a Redis Cluster', () => {
  let cluster: Awaited<ReturnType<typeof startRedisCluster>>;
  beforeAll(async () => {
    cluster = await startRedisCluster();
  });
  afterAll(() => cluster.stop());

  chatLogContract(
    'Redis Cluster',
    contractOn(() => ({ url: cluster.url, cluster: true })),
  );
});
