import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { redisProgress } from '../../../src/backends/redis/progress.ts';
import { openStore, type Store } from '../../../src/backends/redis/store.ts';
import { progressKept } from '../../../src/bots/progress.ts';
import { Unavailable } from '../../../src/core/services.ts';
import { minute } from '../../../src/core/time.ts';
import { progressContract } from '../../contracts/progress.ts';
import { findRedis, type RedisServer, startRedis } from '../../servers/redis.ts';

const noon = Date.UTC(2026, 9, 31, 5);

describe.skipIf(findRedis() === null)('on Redis', () => {
  let server: RedisServer;
  let store: Store;
  let opened = 0;
  beforeAll(async () => {
    server = await startRedis();
    store = openStore({ url: server.url });
  });
  afterAll(async () => {
    await store.close();
    await server.stop();
  });

  const fresh = (): Store => ({ ...store, prefix: `test ${(opened += 1)}` });
  progressContract('Redis', async () => redisProgress(fresh()));

  it('is the same for all processes, and goes away by itself a minute after nobody looks at it any more', async () => {
    const mine = fresh();
    await redisProgress(mine).advance('a', 2, noon);
    expect(await redisProgress(mine).advance('a', 2, noon)).toBe(false);
    const left = await store.client.pttl(`${mine.prefix}:progress:a`);
    expect(Math.ceil(left / minute)).toBe(progressKept / minute + 1);
  });
});

describe.skipIf(findRedis() === null)('a Redis that is away', () => {
  it('tells nothing about progress', async () => {
    const server = await startRedis();
    const store = openStore({ url: server.url });
    try {
      await redisProgress(store).advance('a', 1, noon);
      await server.crash();
      await expect(redisProgress(store).advance('a', 2, noon)).rejects.toBeInstanceOf(Unavailable);
    } finally {
      await store.close();
      await server.stop();
    }
  });
});
