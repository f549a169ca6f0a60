import { afterAll, describe } from 'vitest';
import { serverClock, syncClock } from '../../src/backends/redis/clock.ts';
import { openStore, type Store } from '../../src/backends/redis/store.ts';
import { systemRandom } from '../../src/backends/system/random.ts';
import { sealing } from '../../src/backends/system/sealing.ts';
import { redisEngine } from '../../src/engine/redis.ts';
import { codeLane } from '../../src/engine/sends.ts';
import type { OpenEngine } from '../contracts/engine/world.ts';
import { engineContract } from '../contracts/engine.ts';
import { findRedis, startRedis, startRedisCluster } from '../servers/redis.ts';
import { HoppingTime } from './hopping-time.ts';

const ring = [new Uint8Array(32).fill(7)];

/** Engines over empty stores: each has its own part of one server. */
function engineOn(store: (prefix: string) => Store): OpenEngine {
  let opened = 0;
  return async (work) => {
    opened += 1;
    const clock = serverClock();
    const time = new HoppingTime(store(`test${opened}`), clock, ['turn', 'test', codeLane]);
    await syncClock(time.store, clock);
    const engine = redisEngine(work, {
      store: time.store,
      clock,
      timer: time,
      random: systemRandom(),
      sealing: sealing(() => ring),
      ahead: () => time.ahead,
      turns: true,
      sends: ['test', codeLane],
    });
    return {
      engine,
      advance: (ms) => time.advance(ms),
      close: async () => void engine.stop(),
    };
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
  engineContract(
    'Redis engine',
    engineOn((prefix) => ({ ...store, prefix })),
    100,
  );
});

describe.skipIf(findRedis() === null)('on Redis Cluster', async () => {
  if (findRedis() === null) return;
  const cluster = await startRedisCluster();
  const store = openStore({ url: cluster.url, cluster: true });
  afterAll(async () => {
    await store.close();
    await cluster.stop();
  });
  engineContract(
    'Redis engine',
    engineOn((prefix) => ({ ...store, prefix })),
    25,
  );
});
