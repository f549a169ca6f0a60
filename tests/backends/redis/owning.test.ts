import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { z } from 'zod';
import { type LeasePace, redisOwning } from '../../../src/backends/redis/owning.ts';
import { openStore, type Script, type Store, type StoreOptions } from '../../../src/backends/redis/store.ts';
import { systemRandom } from '../../../src/backends/system/random.ts';
import { sealing } from '../../../src/backends/system/sealing.ts';
import { systemTimer } from '../../../src/backends/system/timer.ts';
import { type Keep, NoLongerOwner } from '../../../src/bots/owning.ts';
import { Unavailable } from '../../../src/core/services.ts';
import type { Timer } from '../../../src/core/time.ts';
import { keptKeysContract, ToldHours } from '../../contracts/kept-keys.ts';
import {
  aborted,
  digestOf,
  type OwningPlace,
  owner,
  owningContract,
  testKey,
  testSealing,
} from '../../contracts/owning.ts';
import { testKeys, thing } from '../../contracts/owning-writer.ts';
import { findRedis, type RedisCluster, type RedisServer, startRedis, startRedisCluster } from '../../servers/redis.ts';

/** The lease is the usual one; the others look more often than they would. */
const patient: LeasePace = { lease: 5_000, renewEvery: 1_000, margin: 1_000, tryEvery: 50 };
const quick: LeasePace = { lease: 1_000, renewEvery: 200, margin: 200, tryEvery: 50 };

const timer = systemTimer();
const services = { sealing: testSealing(), keys: testKeys, timer, random: systemRandom() };
const program = fileURLToPath(new URL('owning-process.ts', import.meta.url));
const baseOf = (prefix: string) => `${prefix}:{own:${thing}}`;

let places = 0;

async function newPlace(where: StoreOptions): Promise<OwningPlace> {
  const place = { ...where, prefix: `test ${(places += 1)}` };
  const store = openStore(place);
  const tableKey = (table: string) => `${baseOf(place.prefix)}:kept:${table}`;
  return {
    open: (own) => {
      const store = openStore(place);
      return { owning: redisOwning({ ...services, store, pace: patient, ...own }), close: () => store.close() };
    },
    spawn: () => {
      const kind = place.cluster === true ? 'cluster' : 'single';
      const given = [program, place.url, place.prefix, kind, testKey.toString('base64')];
      return spawn(process.execPath, given, { stdio: ['ignore', 'pipe', 'inherit'] });
    },
    sealed: async (table, key) => z.string().parse(await store.client.hget(tableKey(table), digestOf(table, key))),
    put: async (table, key, sealed) => void (await store.client.hset(tableKey(table), digestOf(table, key), sealed)),
    async bytes() {
      const base = baseOf(place.prefix);
      const fields = JSON.stringify(await store.client.hgetall(tableKey('creds')));
      const keys = [tableKey('creds'), `${base}:tables`, `${base}:mark`];
      const dumps = await Promise.all(keys.map((key) => store.client.dumpBuffer(key)));
      return Buffer.concat([Buffer.from(`${keys.join(' ')} ${fields}`), ...z.array(z.instanceof(Buffer)).parse(dumps)]);
    },
    close: () => store.close(),
  };
}

describe.skipIf(findRedis() === null)('on Redis', () => {
  let server: RedisServer;
  beforeAll(async () => {
    server = await startRedis();
  });
  afterAll(() => server.stop());

  owningContract('Redis', () => newPlace({ url: server.url }));
  keptKeysContract('Redis', () => newPlace({ url: server.url }));

  /** A process of its own on the same place as the others of the test. */
  const started = (pace = patient, change: (store: Store) => Store = (same) => same, url = server.url) => {
    const store = openStore({ url, prefix: `test ${places}` });
    onTestFinished(() => store.close());
    return { store, owning: redisOwning({ ...services, store: change(store), pace }) };
  };
  const fresh = (...given: Parameters<typeof started>) => {
    places += 1;
    return started(...given);
  };

  it('an owner who can hear nothing of the server knows that his time is over before another begins', async () => {
    const here = fresh(quick);
    const before = await owner(here.owning);
    const steps: string[] = [];
    const told = aborted(before.ended).then(() => steps.push('told'));
    here.store.client.disconnect();
    const { keep } = await owner(started(quick).owning);
    steps.push('begun');
    await told;
    expect(steps).toEqual(['told', 'begun']);
    expect(before.owned.isOwner()).toBe(false);
    expect(await keep.all('creds')).toEqual(new Map());
  });

  it('an owner whose server does not answer takes it for lost in time, and has it again when it does', async () => {
    const own = await startRedis();
    onTestFinished(() => own.stop());
    const { owning } = fresh(quick, undefined, own.url);
    const { ended, owned } = await owner(owning);
    own.freeze();
    await aborted(ended);
    expect(owned.isOwner()).toBe(false);
    own.thaw();
    await expect.poll(() => owned.isOwner()).toBe(true);
  });

  it('an owner who is heard of stays one, for much longer than the lease', async () => {
    const renewed = Promise.withResolvers<void>();
    let calls = 0;
    const counted = (store: Store): Store => ({
      ...store,
      run: async (...asked) => {
        const reply = await store.run(...asked);
        calls += 1;
        // The lease would have been over three times by then.
        if (calls === 46) renewed.resolve();
        return reply;
      },
    });
    const { ended, owned, keep } = await owner(fresh({ ...quick, lease: 1_500, renewEvery: 100 }, counted).owning);
    await renewed.promise;
    expect([owned.isOwner(), ended.aborted]).toEqual([true, false]);
    await keep.write([{ table: 'creds', key: 'a', value: 'satu' }]);
  });

  it('counts from when it asked: what was granted too late is nothing', async () => {
    let slept = 0;
    let asked = 0;
    const { store } = fresh();
    const slow: Store = {
      ...store,
      run: async (...given) => {
        const reply = await store.run(...given);
        asked += 1;
        if (asked === 1) slept = 4_000;
        return reply;
      },
    };
    const monotonic = () => performance.now() + slept;
    const { owned } = await owner(redisOwning({ ...services, store: slow, monotonic }));
    // Taken, left, and taken again.
    expect([asked, owned.isOwner()]).toEqual([3, true]);
  });

  it('is free at once when somebody stops while he takes it, and his work does not begin', async () => {
    const { store } = fresh();
    const taking = Promise.withResolvers<void>();
    const stopped = Promise.withResolvers<void>();
    const held: Store = {
      ...store,
      run: async (...asked) => {
        const reply = await store.run(...asked);
        taking.resolve();
        await stopped.promise;
        return reply;
      },
    };
    const begun: string[] = [];
    const owned = redisOwning({ ...services, store: held }).own(
      thing,
      async () => void begun.push('begun'),
      taking.reject,
    );
    await taking.promise;
    const over = owned.stop();
    stopped.resolve();
    await over;
    expect(begun).toEqual([]);
    expect(await store.client.exists(`${baseOf(store.prefix)}:lease`)).toBe(0);
  });

  it('waits for nothing more once it is left', async () => {
    let waiting = 0;
    const counting: Timer = {
      pause: async (ms, signal) => {
        waiting += 1;
        await timer.pause(ms, signal);
        waiting -= 1;
      },
    };
    const { store } = fresh();
    const { owned } = await owner(redisOwning({ ...services, store, timer: counting }));
    expect(waiting).toBe(4);
    await owned.stop();
    expect(waiting).toBe(0);
  });

  it('an owner whose process slept is none when it wakes, before anything could tell him', async () => {
    let slept = 0;
    const { store } = fresh();
    const monotonic = () => performance.now() + slept;
    const { owned, ended } = await owner(redisOwning({ ...services, store, monotonic }));
    expect(owned.isOwner()).toBe(true);
    slept = 4_000;
    expect([owned.isOwner(), ended.aborted]).toEqual([false, false]);
  });

  it('a change by somebody who does not own it any more is refused whole, and his time is over', async () => {
    const { store, owning } = fresh();
    const { keep, ended, owned } = await owner(owning);
    await keep.write([{ table: 'creds', key: 'a', value: 'satu' }]);
    await store.client.hset(`${baseOf(store.prefix)}:lease`, 'token', 'somebody else');
    const refused = keep.write([
      { table: 'creds', key: 'a', value: null },
      { table: 'session', key: 'b', value: 'dua' },
    ]);
    await expect(refused).rejects.toBeInstanceOf(NoLongerOwner);
    expect([ended.aborted, owned.isOwner()]).toEqual([true, false]);
    await expect(keep.clear()).rejects.toBeInstanceOf(NoLongerOwner);
    expect(await keep.read('creds', ['a'])).toEqual(['satu']);
    expect(await keep.all('session')).toEqual(new Map());
  });

  it('seals nothing anew once somebody else owns it, and his time is over', async () => {
    const young = randomBytes(32);
    let ring = [testKey];
    const hours = new ToldHours();
    const { store } = fresh();
    const own = { sealing: sealing(() => ring), timer: hours };
    const { keep, ended } = await owner(redisOwning({ ...services, ...own, store }));
    await keep.write([{ table: 'creds', key: 'a', value: 'satu' }]);
    const base = baseOf(store.prefix);
    const before = await store.client.hgetall(`${base}:kept:creds`);
    ring = [young, testKey];
    await store.client.hset(`${base}:lease`, 'token', 'somebody else');
    void hours.pass();
    await aborted(ended);
    expect(await store.client.hgetall(`${base}:kept:creds`)).toEqual(before);
  });

  it('a server that has forgotten everything has no owner, and soon has one again', async () => {
    const own = await startRedis();
    onTestFinished(() => own.stop());
    const { store, owning } = fresh(quick, undefined, own.url);
    const { keep, ended, owned } = await owner(owning);
    await store.client.flushall();
    await expect(keep.write([{ table: 'creds', key: 'a', value: 'satu' }])).rejects.toBeInstanceOf(NoLongerOwner);
    expect(ended.aborted).toBe(true);
    await expect.poll(() => owned.isOwner()).toBe(true);
  });

  it('is taken by force from another process: he changes nothing more, and the taker begins when he has ended', async () => {
    const here = fresh();
    const steps: string[] = [];
    const told = Promise.withResolvers<void>();
    const ending = Promise.withResolvers<void>();
    const begun = Promise.withResolvers<void>();
    const owned = here.owning.own(
      thing,
      async ({ ended, keep }) => {
        for (const value of ['1', '2', '3']) await keep.write([{ table: 'session', key: 'a', value }]);
        begun.resolve();
        await aborted(ended);
        await expect(keep.write([{ table: 'creds', key: 'a', value: 'satu' }])).rejects.toBeInstanceOf(NoLongerOwner);
        steps.push('told');
        told.resolve();
        await ending.promise;
        steps.push('ended');
      },
      begun.reject,
    );
    onTestFinished(() => owned.stop());
    await begun.promise;
    const there = started();
    const began = performance.now();
    const forced = owner(there.owning, { byForce: true });
    await told.promise;
    // With the next time that he lets the server hear of him, and not when he would begin to doubt.
    expect(performance.now() - began).toBeLessThan(3_000);
    // He is waited for: nobody is the owner.
    expect(await there.store.client.exists(`${baseOf(there.store.prefix)}:ousted`)).toBe(1);
    const ended = performance.now();
    ending.resolve();
    const { keep } = await forced;
    // And not until his lease would have been over.
    expect(performance.now() - ended).toBeLessThan(2_000);
    expect(steps).toEqual(['told', 'ended']);
    expect(await keep.all('creds')).toEqual(new Map());
    await keep.write([{ table: 'session', key: 'a', value: '4' }]);
    expect(await keep.read('session', ['a'])).toEqual(['4']);
  });

  it('is taken by force from a process that hangs, once its lease would have been over', async () => {
    const here = fresh(quick);
    const hanging = Promise.withResolvers<void>();
    const begun = Promise.withResolvers<AbortSignal>();
    const hung = here.owning.own(
      thing,
      async ({ ended }) => {
        begun.resolve(ended);
        await hanging.promise;
      },
      begun.reject,
    );
    const ended = await begun.promise;
    const { owned } = await owner(started(quick).owning, { byForce: true });
    expect(ended.aborted).toBe(true);
    expect([hung.isOwner(), owned.isOwner()]).toEqual([false, true]);
    hanging.resolve();
    await hung.stop();
  });

  it('is of one of many who come by force at the same time, and of each of them once the others have stopped', async () => {
    places += 1;
    let [owners, most] = [0, 0];
    const begun: number[] = [];
    const all = Array.from({ length: 4 }, (_, nth) =>
      started(quick).owning.own(
        thing,
        async ({ ended }) => {
          owners += 1;
          most = Math.max(most, owners);
          begun.push(nth);
          await aborted(ended);
          owners -= 1;
        },
        () => undefined,
        { byForce: true },
      ),
    );
    onTestFinished(async () => void (await Promise.all(all.map((each) => each.stop()))));
    const left = new Set(all.keys());
    while (left.size > 0) {
      await expect.poll(() => all.findIndex((each) => each.isOwner())).not.toBe(-1);
      const nth = all.findIndex((each) => each.isOwner());
      await all[nth]?.stop();
      left.delete(nth);
    }
    expect(most).toBe(1);
    expect(new Set(begun)).toEqual(new Set(all.keys()));
  });

  it('does everything once, though each call is made twice', async () => {
    const twice = (store: Store): Store => ({
      ...store,
      run: async <Reply>(script: Script<Reply>, key: string, ...args: readonly (string | number)[]) => {
        await store.run(script, key, ...args);
        return store.run(script, key, ...args);
      },
    });
    const { owning, store } = fresh(patient, twice);
    for (const round of ['satu', 'dua']) {
      const { keep, owned } = await owner(owning);
      await keep.write([{ table: 'creds', key: round, value: round }]);
      await owned.stop();
    }
    expect(await store.client.exists(`${baseOf(store.prefix)}:lease`)).toBe(0);
    const { keep } = await owner(owning);
    expect([...(await keep.all('creds')).values()]).toEqual(['dua', 'satu']);
  });

  it('a change that was given up does nothing when it arrives after a later one', async () => {
    const calls: (() => Promise<unknown>)[] = [];
    const kept = (store: Store): Store => ({
      ...store,
      run: (script, key, ...args) => {
        calls.push(() => store.run(script, key, ...args));
        return store.run(script, key, ...args);
      },
    });
    const { owning } = fresh(patient, kept);
    const { keep } = await owner(owning);
    calls.length = 0;
    await keep.write([{ table: 'creds', key: 'a', value: 'satu' }]);
    const [late] = calls;
    await keep.write([{ table: 'creds', key: 'a', value: 'dua' }]);
    expect(await late?.()).toBe(true);
    expect(await keep.read('creds', ['a'])).toEqual(['dua']);
  });

  it('does not call unreadable what its own keys are at fault for', async () => {
    const { owning, store } = fresh();
    const before = await owner(owning);
    await before.keep.write([{ table: 'creds', key: 'a', value: 'satu' }]);
    await before.owned.stop();
    let ring = [testKey];
    const { keep } = await owner(redisOwning({ ...services, store, sealing: sealing(() => ring) }));
    ring = [Buffer.from('short')];
    await expect(keep.read('creds', ['a'])).rejects.toBeInstanceOf(RangeError);
  });

  it('keeps keys of one hash slot, none of which expires but the lease, and none for an empty table', async () => {
    const { owning, store } = fresh();
    const { keep, owned } = await owner(owning);
    await keep.write(['creds', 'session'].map((table) => ({ table, key: 'a', value: 'satu' })));
    await keep.write([{ table: 'session', key: 'a', value: null }]);
    const base = baseOf(store.prefix);
    const expiries = async () => {
      const keys = (await store.client.keys(`${store.prefix}:*`)).toSorted();
      return Promise.all(keys.map(async (key) => [key, (await store.client.pttl(key)) > 0]));
    };
    const lasting = ['kept:creds', 'mark', 'tables'].map((name) => [`${base}:${name}`, false]);
    expect(await expiries()).toEqual(lasting.toSpliced(1, 0, [`${base}:lease`, true]));
    expect(await store.client.smembers(`${base}:tables`)).toEqual(['creds']);
    await owned.stop();
    expect(await expiries()).toEqual(lasting);
    for (const emptied of [
      (keep: Keep) => keep.clear(),
      (keep: Keep) => keep.write([{ table: 'creds', key: 'a', value: null }]),
    ]) {
      const next = await owner(owning);
      await next.keep.write([{ table: 'creds', key: 'a', value: 'satu' }]);
      await emptied(next.keep);
      await next.owned.stop();
      expect(await expiries()).toEqual([]);
    }
  });

  it('says that the server fails, once, without a word of what was to be kept, and goes on when it is back', async () => {
    const own = await startRedis();
    onTestFinished(() => own.stop());
    places += 1;
    const failures: unknown[] = [];
    const begun = Promise.withResolvers<void>();
    const before = await owner(started(quick, undefined, own.url).owning);
    await own.crash();
    const owned = started(quick, undefined, own.url).owning.own(
      thing,
      async ({ ended }) => {
        begun.resolve();
        await aborted(ended);
      },
      (error) => failures.push(error),
    );
    onTestFinished(() => owned.stop());
    const failed = await Promise.allSettled([
      before.keep.write([{ table: 'creds', key: '6281234', value: 'rahasia' }]),
      before.keep.read('creds', ['6281234']),
      before.keep.all('creds'),
      before.keep.clear(),
    ]);
    await before.owned.stop();
    await expect.poll(() => failures.length, { timeout: 5_000 }).toBe(1);
    const errors = failed.map((each): unknown => (each.status === 'rejected' ? each.reason : null));
    for (const each of [...errors, ...failures]) {
      expect(each).toBeInstanceOf(Unavailable);
      expect(JSON.stringify(each, Object.getOwnPropertyNames(each))).not.toMatch(/rahasia|6281234/);
    }
    await own.restart();
    await begun.promise;
    expect(failures).toHaveLength(1);
  });
});

describe.skipIf(findRedis() === null)('on a Redis Cluster', () => {
  let cluster: RedisCluster;
  beforeAll(async () => {
    cluster = await startRedisCluster();
  });
  afterAll(() => cluster.stop());

  owningContract('Redis Cluster', () => newPlace({ url: cluster.url, cluster: true }));
  keptKeysContract('Redis Cluster', () => newPlace({ url: cluster.url, cluster: true }));
});
