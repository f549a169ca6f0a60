import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { redisAdmissions } from '../../../src/backends/redis/admissions.ts';
import { redisBreaker } from '../../../src/backends/redis/breaker.ts';
import { redisLogins } from '../../../src/backends/redis/logins.ts';
import { openStore, type Store } from '../../../src/backends/redis/store.ts';
import { branded } from '../../../src/core/brand.ts';
import { figuresKept } from '../../../src/core/conversation/breaker.ts';
import { sessionLimit } from '../../../src/core/conversation/limits.ts';
import type { ConversationId } from '../../../src/core/inbound.ts';
import { type Login, type Mac, Unavailable } from '../../../src/core/services.ts';
import { hour, minute } from '../../../src/core/time.ts';
import { admissionsContract } from '../../contracts/admissions.ts';
import { breakerContract } from '../../contracts/breaker.ts';
import { loginsContract } from '../../contracts/logins.ts';
import { findRedis, type RedisCluster, type RedisServer, startRedis, startRedisCluster } from '../../servers/redis.ts';

const noon = Date.UTC(2026, 9, 31, 5);
const login: Login = {
  member: branded<Mac>('digest'),
  channel: 'web',
  conversation: branded<ConversationId>('conversation'),
};

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

  /** The same server under names of its own: nothing is there yet. */
  const fresh = (): Store => ({ ...store, prefix: `test ${(opened += 1)}` });

  admissionsContract('Redis', async () => redisAdmissions(fresh()));
  breakerContract('Redis', async () => redisBreaker(fresh()));
  loginsContract('Redis', async () => redisLogins(fresh()));

  it('every key goes away by itself, a minute after nobody looks at it any more', async () => {
    const mine = fresh();
    const rules = [
      { max: 3, within: minute },
      { max: 5, within: hour },
    ];
    await redisAdmissions(mine).admit([{ window: 'w', item: 'a', rules }], noon);
    const breaker = redisBreaker(mine);
    const code = { id: 'code', wrong: 0, real: true };
    for (const what of ['sent', 'wrong', 'right'] as const) await breaker.count(what, code, noon);
    await redisLogins(mine).begin(login, noon);
    const left: Record<string, number> = {};
    for (const key of await store.client.keys(`${mine.prefix}:*`)) {
      left[key.slice(mine.prefix.length)] = Math.ceil((await store.client.pttl(key)) / minute);
    }
    const figures = figuresKept / minute + 1;
    expect(left).toEqual({
      ':{limits}:window:w': 61,
      ':{limits}:breaker:sent': figures,
      ':{limits}:breaker:wrong': figures,
      ':{limits}:breaker:right': figures,
      ':login:web:digest': sessionLimit / minute + 1,
    });
  });

  it('a window holds no more than its rules look at', async () => {
    const mine = fresh();
    const admissions = redisAdmissions(mine);
    for (let nth = 0; nth < 50; nth += 1) {
      const asked = { window: 'w', item: `item ${nth}`, rules: [{ max: 3, within: 3 * minute }] };
      expect(await admissions.admit([asked], noon + nth * minute)).toEqual({ admitted: true });
    }
    expect(await store.client.zcard(`${mine.prefix}:{limits}:window:w`)).toBe(3);
  });

  it('nothing of what a platform puts into a turn is stored in clear', async () => {
    const mine = fresh();
    const item = 'conversation/wamid.6281200012345';
    await redisAdmissions(mine).admit([{ window: 'w', item, rules: [{ max: 1, within: hour }] }], noon);
    const [stored = ''] = await store.client.zrange(`${mine.prefix}:{limits}:window:w`, '0', '-1');
    expect(stored).toHaveLength(22);
    expect(createHash('sha256').update(item, 'utf16le').digest('base64url').startsWith(stored.slice(0, 21))).toBe(true);
  });

  it('a call that the client sends again later changes nothing twice and sets nothing back', async () => {
    const mine = fresh();
    const admissions = redisAdmissions(mine);
    const ask = (item: string) => [{ window: 'w', item, rules: [{ max: 2, within: hour }] }];
    await admissions.admit(ask('a'), noon);
    await admissions.admit(ask('a'), noon + minute);
    expect(await admissions.admit(ask('a'), noon)).toEqual({ admitted: true });
    await admissions.admit(ask('b'), noon + 2 * minute);
    expect(await admissions.admit(ask('c'), noon + 2 * minute)).toEqual({
      admitted: false,
      retryAt: noon + minute + hour,
    });
  });

  it("the operator's word goes before the figures, for as long as it holds; one that is not understood does not", async () => {
    const mine = fresh();
    const breaker = redisBreaker(mine);
    const held = `${mine.prefix}:{limits}:breaker:held`;
    await store.client.set(held, 'open', 'EX', 3_600);
    expect(await breaker.standing(noon)).toEqual({ is: 'open', why: 'operator' });
    for (let wrong = 0; wrong < 201; wrong += 1) await breaker.count('wrong', { id: 'a', wrong, real: true }, noon);
    await store.client.set(held, 'closed', 'EX', 3_600);
    expect(await breaker.standing(noon)).toEqual({ is: 'closed' });
    for (const nothing of ['', 'ajar']) {
      await store.client.set(held, nothing, 'EX', 3_600);
      expect(await breaker.standing(noon)).toEqual({ is: 'open', why: 'wrong' });
    }
  });
});

describe.skipIf(findRedis() === null)('on a Redis Cluster', () => {
  let cluster: RedisCluster;
  let store: Store;
  let opened = 0;
  beforeAll(async () => {
    cluster = await startRedisCluster();
    store = openStore({ url: cluster.url, cluster: true });
  });
  afterAll(async () => {
    await store.close();
    await cluster.stop();
  });

  const fresh = (): Store => ({ ...store, prefix: `test ${(opened += 1)}` });
  admissionsContract('Redis Cluster', async () => redisAdmissions(fresh()));
  breakerContract('Redis Cluster', async () => redisBreaker(fresh()));
  loginsContract('Redis Cluster', async () => redisLogins(fresh()));
});

describe.skipIf(findRedis() === null)('a Redis that fails', () => {
  const secret = 'conversation/wamid.6281200012345';

  it('admits nothing, lets no code go and takes nobody for verified; and does again once it is back', async () => {
    const server = await startRedis();
    const store = openStore({ url: server.url });
    try {
      const admit = () =>
        redisAdmissions(store).admit([{ window: 'w', item: secret, rules: [{ max: 1, within: hour }] }], noon);
      const breaker = redisBreaker(store);
      const logins = redisLogins(store);
      const code = { id: 'code', wrong: 0, real: true };
      const all = () => [
        admit(),
        breaker.standing(noon),
        breaker.count('sent', code, noon),
        logins.begin(login, noon),
        logins.isCurrent(login, noon),
      ];
      const services = ['admissions', 'breaker', 'breaker', 'logins', 'logins'];
      await Promise.all(all());

      server.freeze();
      const frozen = await Promise.allSettled(all());
      server.thaw();
      await server.crash();
      const down = await Promise.allSettled(all());
      await server.restart();
      expect(await Promise.all(all())).toEqual([{ admitted: true }, { is: 'closed' }, undefined, undefined, true]);

      // A key of another kind: something the program never made.
      await store.client.set(`${store.prefix}:{limits}:window:w`, 'x');
      const broken = await Promise.allSettled([admit()]);

      for (const [answers, why] of [
        [frozen, 'timed out'],
        [down, /^(connection lost|MaxRetriesPerRequestError)$/],
        [broken, 'code WRONGTYPE'],
      ] as const) {
        for (const [index, answer] of answers.entries()) {
          const error: unknown = answer.status === 'rejected' ? answer.reason : null;
          expect(error).toBeInstanceOf(Unavailable);
          if (!(error instanceof Unavailable) || !(error.cause instanceof Error)) throw new Error('no cause');
          expect(error.service).toBe(services[index]);
          expect(error.cause.message).toMatch(why);
          expect(`${error.stack} ${error.cause.stack}`).not.toContain(secret);
        }
      }
    } finally {
      await store.close();
      await server.stop();
    }
  });
});
