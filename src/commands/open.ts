import { join } from 'node:path';
import { demoSeed } from '../backends/demo/seed.ts';
import type { KeptSecrets } from '../backends/kept-seals.ts';
import { type Database, openDatabase } from '../backends/postgres/database.ts';
import { systemClock } from '../backends/system/clock.ts';
import { keyRingIn } from '../backends/system/key-ring.ts';
import { keysFrom, sealingKeyFrom } from '../backends/system/keys.ts';
import { systemRandom } from '../backends/system/random.ts';
import { type KeyRing, sealing } from '../backends/system/sealing.ts';
import { understandingIn } from '../backends/system/understanding.ts';
import type { Channel } from '../bots/channel.ts';
import type { Circumstances, Config } from '../config.ts';
import { readConfig } from '../config.ts';
import { dayInJakarta } from '../core/jamsostek/month.ts';
import type { Clock, Keys } from '../core/services.ts';
import type { Understand } from '../core/understanding/understand.ts';
import type { Log } from '../log.ts';
import { CannotStart } from './cannot-start.ts';
import { type Ground, memoryGround } from './ground.ts';
import { secretKeyIn } from './secret-key.ts';

/** What takes long to make is kept here for the next start: databases, and what was learned from the phrases. */
const cache = join(import.meta.dirname, '..', '..', '.cache');

/** The settings of this process; throws {@link CannotStart} naming the one that is wrong. */
export function configFor(circumstances: Circumstances, channels: readonly Channel[] = []): Config {
  const config = readConfig(process.env, circumstances, channels);
  if (!config.ok) throw new CannotStart(config.problem);
  return config.value;
}

/** The secret that all keys come from: as set, else kept in the data folder, else for this run alone. */
export function secretOf({ secretKey, database }: Config): string {
  if (secretKey !== null) return secretKey;
  return database.kind === 'folder' ? secretKeyIn(database.path) : systemRandom().id() + systemRandom().id();
}

/** The members' database, with the demo members in it where this is a demo. */
export function databaseOf({ database, demo }: Config, clock: Clock): Promise<Database> {
  return openDatabase(database, { templates: cache, ...(demo && { seed: demoSeed(dayInJakarta(clock.now())) }) });
}

/** What members' words are understood by. */
export function understanding(): Understand {
  return understandingIn(cache);
}

/** What conversations stand on: Redis where one is named, else the memory of this process. */
export async function groundOf(
  config: Config,
  { channels, ...secrets }: KeptSecrets & { readonly channels: readonly string[] },
): Promise<Ground> {
  const { redis } = config;
  if (!redis) return memoryGround(systemClock(), { folder: config.dataFolder, ...secrets });
  const { redisGround } = await import('./redis-ground.ts');
  return redisGround({ ...config, redis }, { ...secrets, channels });
}

/** What texts are digested and sealed with. */
interface Secrets extends KeptSecrets {
  readonly keys: Keys;
}

/** All keys of this process: of what is digested, and of what is sealed; the latter from the file where there is one. */
export function secretsOf({ sealingKeysFile }: Config, secret: string, log: Log): Secrets {
  const derived = sealingKeyFrom(secret);
  const only = [derived];
  const ring: KeyRing =
    sealingKeysFile === null
      ? () => only
      : keyRingIn(sealingKeysFile, {
          derived,
          tell: (problem) => log.error({ code: 'sealing.failed', error: new Error(problem) }),
        });
  return { sealing: sealing(ring), keys: keysFrom(secret) };
}
