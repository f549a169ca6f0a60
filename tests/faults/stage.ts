import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { onTestFinished } from 'vitest';
import { type RedisOptions, type RedisServer, startRedis } from '../servers/redis.ts';
import { type Chance, chance } from './chance.ts';
import { Fleet, handTo, type Worker } from './fleet.ts';
import { Ledger } from './ledger.ts';
import { Platform } from './platform.ts';
import type { PlatformEvent } from './wire.ts';

/** How long all may take to be answered once it was said, in milliseconds, before it counts as lost. */
const recovery = 15_000;

export interface StageOptions {
  readonly workers: readonly string[];
  readonly redis?: RedisOptions;
  /** The members' database: then the real conversation runs. */
  readonly database?: string;
  /** How long workers wait for the platform, in milliseconds. */
  readonly patience?: number;
  /** Environment of the workers of these names. */
  readonly env?: Readonly<Record<string, NodeJS.ProcessEnv>>;
}

/** Workers, their Redis, and the platform they work for; all of it is gone after the test. */
export class Stage {
  readonly redis: RedisServer;
  readonly platform: Platform;
  readonly fleet: Fleet;
  readonly ledger = new Ledger();
  readonly chance: Chance = chance(1, 'stage');
  readonly #sealingKeys: string;

  private constructor(redis: RedisServer, platform: Platform, fleet: Fleet, sealingKeys: string) {
    this.redis = redis;
    this.platform = platform;
    this.fleet = fleet;
    this.#sealingKeys = sealingKeys;
  }

  static async open({ workers, redis: options, database, patience = 2_000, env }: StageOptions): Promise<Stage> {
    const folder = mkdtempSync(join(tmpdir(), 'faults-'));
    const sealingKeys = join(folder, 'sealing-keys');
    const redis = await startRedis(options);
    const platform = await Platform.open();
    const fleet = new Fleet(
      workers.map((name) => ({
        name,
        redis: redis.url,
        platform: platform.url,
        sealingKeys,
        patience,
        ...(database !== undefined && { database }),
      })),
      env,
    );
    onTestFinished(async () => {
      await fleet.stop();
      await platform.close();
      await redis.stop();
      rmSync(folder, { recursive: true });
    });
    const stage = new Stage(redis, platform, fleet, sealingKeys);
    stage.writeKeys([randomBytes(32)]);
    await fleet.start();
    return stage;
  }

  /** The ring of sealing keys, as all workers read it; the first seals. */
  writeKeys(keys: readonly Buffer[]): void {
    writeFileSync(this.#sealingKeys, keys.map((key) => key.toString('base64')).join('\n'));
  }

  /** Hands one event to this worker, which must take it, or to anyone, again until one has. */
  async say(chat: string, id: string, text: string, worker?: Worker): Promise<void> {
    const event: PlatformEvent = { id, chat, text };
    if (worker === undefined) {
      await this.fleet.deliver(event, this.chance);
    } else {
      const handed = await handTo(worker, event);
      if (handed !== 'taken') throw new Error(`The event ${id} was not taken: ${handed}`);
    }
    this.ledger.acknowledge(chat, id);
  }

  /** Resolves when every event that was said is answered, or as long after as all may take; the ledger says which. */
  async answered(): Promise<void> {
    const late = new AbortController();
    const answered = this.platform.until(() => this.ledger.unanswered(this.platform.taken) === 0);
    await Promise.race([answered, pause(recovery, undefined, { signal: late.signal }).catch(() => undefined)]);
    late.abort();
  }

  /** How often each worker has ended of itself. */
  get crashes(): number[] {
    return this.fleet.workers.map(({ crashes }) => crashes);
  }
}
