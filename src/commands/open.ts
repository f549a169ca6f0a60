import { join } from 'node:path';
import { demoSeed } from '../backends/demo/seed.ts';
import { type Database, openDatabase } from '../backends/postgres/database.ts';
import { systemRandom } from '../backends/system/random.ts';
import type { Circumstances, Config } from '../config.ts';
import { readConfig } from '../config.ts';
import type { Clock } from '../core/services.ts';
import { CannotStart } from './cannot-start.ts';
import { dayAt } from './demo.ts';
import { secretKeyIn } from './secret-key.ts';

/** Built databases are kept here for the next start. */
const templates = join(import.meta.dirname, '..', '..', '.cache');

/** The settings of this process; throws {@link CannotStart} naming the one that is wrong. */
export function configFor(circumstances: Circumstances): Config {
  const config = readConfig(process.env, circumstances);
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
  return openDatabase(database, { templates, ...(demo && { seed: demoSeed(dayAt(clock.now())) }) });
}
