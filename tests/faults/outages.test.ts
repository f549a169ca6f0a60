import { randomBytes } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { Redis } from 'ioredis';
import { describe, expect, it } from 'vitest';
import { findRedis } from '../servers/redis.ts';
import { sound } from './ledger.ts';
import { talk } from './load.ts';
import { Stage } from './stage.ts';

const everybody = ['one', 'two', 'three'];

/** What may happen on a machine that has too much to do, too. */
const harmless = new Set(['ready', 'reclaimed', 'fenced']);

/** So many chats that talk for so many milliseconds; resolves when all they said is acknowledged. */
async function load(stage: Stage, chats: number, milliseconds: number): Promise<void> {
  const until = performance.now() + milliseconds;
  const names = Array.from({ length: chats }, (_, nth) => `chat-${nth}`);
  const talked = await Promise.all(names.map((chat) => talk(chat, stage.fleet, stage.ledger, 1, until)));
  expect(await Promise.all(talked.map(({ takenAgain }) => takenAgain))).toEqual(names.map(() => 0));
}

describe.skipIf(findRedis() === null)('under load', { timeout: 60_000 }, () => {
  it('workers are exchanged one after the other, and nobody notices: each ends in time, and nothing is refused', async () => {
    const stage = await Stage.open({ workers: everybody });
    const { fleet, platform, ledger } = stage;
    const talking = load(stage, 30, 8_000);
    const ends: (number | null)[] = [];
    const since = performance.now();
    while (performance.now() - since < 8_000) {
      for (const worker of fleet.workers) {
        const leaving = performance.now();
        ends.push(await worker.terminate());
        expect(performance.now() - leaving).toBeLessThan(10_000);
        await worker.start();
      }
    }
    await talking;
    await stage.answered();
    expect(ends.length).toBeGreaterThanOrEqual(3);
    expect(ends.filter((code) => code !== 0)).toEqual([]);
    expect(fleet.unavailable).toBe(0);
    expect(fleet.told.filter(({ kind }) => !harmless.has(kind))).toEqual([]);
    expect(ledger.findings(platform.taken)).toMatchObject({ ...sound, repeatedReplies: 0 });
  });

  it('a Redis that is full refuses what is new and loses nothing, and once it has room all goes on by itself', async () => {
    const stage = await Stage.open({ workers: everybody, redis: { maxmemory: '8mb' } });
    const { fleet, platform, ledger } = stage;
    const talking = load(stage, 20, 5_000);
    const redis = new Redis(stage.redis.url);
    const filling: string[] = [];
    try {
      for (;;) {
        const key = `filling-${filling.length}`;
        await redis.set(key, randomBytes(10_000));
        filling.push(key);
      }
    } catch (error) {
      expect(String(error)).toMatch(/OOM/);
    }
    const refusedBefore = fleet.unavailable;
    while (fleet.unavailable < refusedBefore + 20) await pause(50);
    await redis.unlink(...filling);
    redis.disconnect();
    await talking;
    await stage.answered();
    expect(ledger.findings(platform.taken)).toMatchObject(sound);
    expect(stage.crashes).toEqual([0, 0, 0]);
  });

  it('the sealing key is changed, and no session is unreadable by that', async () => {
    const stage = await Stage.open({ workers: everybody });
    const { fleet, platform, ledger } = stage;
    const [before, after] = [randomBytes(32), randomBytes(32)];
    stage.writeKeys([before]);
    // The keys as they were written first are in no worker's ring any more when the load begins.
    for (const worker of fleet.workers) {
      await worker.kill();
      await worker.start();
    }
    const talking = load(stage, 30, 7_000);
    await pause(2_000);
    stage.writeKeys([after, before]);
    await talking;
    await stage.answered();
    expect(fleet.told.filter(({ kind }) => !harmless.has(kind))).toEqual([]);
    expect(ledger.findings(platform.taken)).toMatchObject(sound);

    // Every session was written under the new key by now: the old one is needed no more.
    stage.writeKeys([after]);
    for (const worker of fleet.workers) {
      await worker.kill();
      await worker.start();
    }
    for (let nth = 0; nth < 30; nth += 1) await stage.say(`chat-${nth}`, `chat-${nth}-afterwards`, 'plain');
    await stage.answered();
    expect(fleet.countOf('turn failed')).toBe(0);
    expect(ledger.findings(platform.taken)).toMatchObject(sound);
  });
});
