import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { Redis } from 'ioredis';
import { startRedis } from '../servers/redis.ts';
import { chance } from './chance.ts';
import { type Fault, pickFault, pickTreatment, type Victims } from './faults.ts';
import { Fleet } from './fleet.ts';
import { type Findings, Ledger } from './ledger.ts';
import { talk } from './load.ts';
import { Platform } from './platform.ts';

const workers = ['one', 'two', 'three'];
const chats = 60;

/** How long all may take to come to rest after the last fault, in milliseconds, before what is missing counts as lost. */
const recovery = 30_000;

/** What a run came to, and what was done to it. */
export interface Figures extends Findings {
  readonly seed: number;
  readonly seconds: number;
  /** How often each fault was done, by name. */
  readonly faults: ReadonlyMap<string, number>;
  /** Workers that ended of themselves. */
  readonly crashed: number;
  readonly fenced: number;
  readonly reclaimed: number;
  readonly quarantined: number;
  /** Given up because nobody knew often enough whether they had arrived. */
  readonly repliesGivenUp: number;
  readonly codesGivenUp: number;
  /** Acknowledged events that were handed over again; and those of them that were taken again, which is a fault. */
  readonly handedAgain: number;
  readonly takenAgain: number;
  /** Events that were answered with 503, and were brought again. */
  readonly unavailable: number;
  /** From the last fault until everything was answered, in milliseconds. */
  readonly recovered: number;
  /** Keys in Redis, at the end, that would stay for ever. */
  readonly foreverKeys: number;
}

/**
 * Load and faults for so long: three worker processes on one Redis that writes every change to disk, sixty chats that
 * talk without waiting for answers, a fault every 200 to 400 ms. Whatever is drawn is drawn from `seed`.
 */
export async function chaos(seconds: number, seed: number): Promise<Figures> {
  const folder = mkdtempSync(join(tmpdir(), 'faults-'));
  const sealingKeys = join(folder, 'sealing-keys');
  writeFileSync(sealingKeys, randomBytes(32).toString('base64'));
  const redis = await startRedis({ appendfsync: 'always', debug: true });
  const platform = await Platform.open();
  const fleet = new Fleet(
    workers.map((name) => ({ name, redis: redis.url, platform: platform.url, sealingKeys, patience: 2_000 })),
  );
  try {
    await fleet.start();
    let calm = false;
    platform.treat = (delivery, nth) =>
      // After two tries of unknown fate the third one arrives, for a reply gets no fourth.
      calm || nth > 2 ? 'take' : pickTreatment(chance(seed, `${delivery.key} ${nth}`));

    const done = new Map<string, number>();
    const ledger = new Ledger();
    const until = performance.now() + seconds * 1_000;
    const load = Array.from({ length: chats }, (_, nth) => talk(`chat-${nth}`, fleet, ledger, seed, until));
    await disturb({ fleet, redis, chance: chance(seed, 'faults') }, done, until);
    const lastFault = performance.now();
    const talked = await Promise.all(load);
    calm = true;
    await settle(() => ledger.unanswered(platform.taken) === 0);
    const recovered = Math.round(performance.now() - lastFault);
    let takenAgain = 0;
    for (const chat of talked) takenAgain += await chat.takenAgain;
    // What was sent last is still being taken out of the outbox.
    await settle(async () => (await foreverKeys(redis.url)) === 0);

    return {
      ...ledger.findings(platform.taken),
      seed,
      seconds,
      faults: done,
      crashed: fleet.workers.reduce((sum, { crashes }) => sum + crashes, 0),
      fenced: fleet.countOf('fenced'),
      reclaimed: fleet.countOf('reclaimed'),
      quarantined: fleet.countOf('quarantined'),
      repliesGivenUp: fleet.told.filter((told) => told.kind === 'given up' && told.effect === 'reply').length,
      codesGivenUp: fleet.told.filter((told) => told.kind === 'given up' && told.effect === 'sms').length,
      handedAgain: talked.reduce((sum, { handedAgain }) => sum + handedAgain, 0),
      takenAgain,
      unavailable: fleet.unavailable,
      recovered,
      foreverKeys: await foreverKeys(redis.url),
    };
  } finally {
    await fleet.stop();
    await platform.close();
    await redis.stop();
    rmSync(folder, { recursive: true });
  }
}

/** One fault every 200 to 400 ms, side by side where they last longer. Resolves when the last of them is over. */
async function disturb(victims: Victims, done: Map<string, number>, until: number): Promise<void> {
  const underWay: Promise<void>[] = [];
  const doOnce = async (fault: Fault): Promise<void> => {
    if (await fault.once(victims)) done.set(fault.name, (done.get(fault.name) ?? 0) + 1);
  };
  while (performance.now() < until) {
    await pause(victims.chance.between(200, 400));
    const fault = pickFault(victims.chance);
    underWay.push(doOnce(fault));
  }
  await Promise.all(underWay);
}

/** Waits until the condition holds, as long as recovery may take; whoever asks sees whether it does. */
async function settle(condition: () => boolean | Promise<boolean>): Promise<void> {
  const until = performance.now() + recovery;
  while (!(await condition()) && performance.now() < until) await pause(50);
}

async function foreverKeys(url: string): Promise<number> {
  const client = new Redis(url);
  try {
    const keys = await client.keys('*');
    const lives = await Promise.all(keys.map((key) => client.pttl(key)));
    return lives.filter((life) => life === -1).length;
  } finally {
    client.disconnect();
  }
}
