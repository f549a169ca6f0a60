import { afterAll, describe } from 'vitest';
import { openStore, type Store } from '../../src/backends/redis/store.ts';
import type { OpenEngine } from '../contracts/engine/world.ts';
import { engineContract } from '../contracts/engine.ts';
import { findRedis, startRedis, startRedisCluster } from '../servers/redis.ts';
import { engineOn } from './redis-world.ts';

/** Engines over empty stores: each has its own part of one server. */
function enginesOn(store: Store): OpenEngine {
  let opened = 0;
  return async (work) => {
    opened += 1;
    const { engine, time } = await engineOn({ ...store, prefix: `test${opened}` }, work);
    return { engine, advance: (ms) => time.advance(ms), close: async () => void engine.stop() };
  };
}

describe.skipIf(findRedis() === null)('on Redis', async () => {
  if (findRedis() === null) return;
  const server = await startRedis();
  const store = openStore({ url: server.url });
  afterAll(async () => {
    await store.close();
    await server.stop();
  });
  engineContract('Redis engine', enginesOn(store), 100);
});

describe.skipIf(findRedis() === null)('on Redis Cluster', async () => {
  if (findRedis() === null) return;
  const cluster = await startRedisCluster();
  const store = openStore({ url: cluster.url, cluster: true });
  afterAll(async () => {
    await store.close();
    await cluster.stop();
  });
  engineContract('Redis engine', enginesOn(store), 25);
});
