import { randomUUID } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import { PglitePgConnection } from '@electric-sql/pglite/node-postgres';
import { Client, type ClientBase, type ClientConfig } from 'pg';
import { CannotOpen } from '../cannot-open.ts';
import { keepInCache, readCache } from '../disk/cache.ts';
import { lockFolder } from './folder-lock.ts';

/** PostgreSQL inside this process. */
export interface Embedded {
  /** What `pg.Pool` makes its clients of. PGlite has one session, so the pool's `max` must be 1. */
  readonly Client: new (
    config?: ClientConfig,
  ) => Client;
  close(): Promise<void>;
}

/** How a finished database comes about. */
export interface Making {
  /** Makes an empty database ready, or brings one up to date. */
  readonly prepare: (owner: ClientBase) => Promise<void>;
  /** The template file that holds a finished one; null to build it each time. */
  readonly template: string | null;
}

function templateOf({ template }: Making): Blob | null {
  const kept = template === null ? null : readCache(template);
  return kept && new Blob([new Uint8Array(kept)]);
}

/** A database that ends with the process. */
export async function openInMemory(making: Making): Promise<Embedded> {
  const kept = templateOf(making);
  // A copy that does not start is as good as none.
  const copied = kept && (await PGlite.create({ loadDataDir: kept }).catch(() => null));
  return embedded(copied ?? (await build(making)));
}

/**
 * A database that stays, in `database/` under the folder; only one process may have it open. Each commit survives a
 * killed process, not a power cut: PGlite does not wait for the disk.
 */
export async function openInFolder(folder: string, making: Making): Promise<Embedded> {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const unlock = lockFolder(folder);
  try {
    const path = join(folder, 'database');
    if (!existsSync(path)) await create(path, making);
    const lite = await PGlite.create({ dataDir: path }).catch((cause: unknown) => {
      throw new CannotOpen(`The database in ${folder} does not start: damaged, or of another version.`, { cause });
    });
    await prepared(lite, making);
    return embedded(lite, unlock);
  } catch (error) {
    unlock();
    throw error;
  }
}

/** Puts a finished database at `path`; a start that is killed on the way leaves nothing there. */
async function create(path: string, making: Making): Promise<void> {
  const parent = dirname(path);
  for (const left of readdirSync(parent).filter((name) => name.startsWith('database-'))) {
    rmSync(join(parent, left), { recursive: true });
  }
  const unfinished = `${path}-${randomUUID()}`;
  const restore = async (copy: Blob) => {
    const lite = await PGlite.create({ dataDir: unfinished, loadDataDir: copy });
    await lite.close();
  };
  const kept = templateOf(making);
  const restored =
    kept &&
    (await restore(kept).then(
      () => true,
      () => false,
    ));
  if (restored !== true) {
    rmSync(unfinished, { recursive: true, force: true });
    const source = await build(making);
    await restore(await dump(source));
    await source.close();
  }
  renameSync(unfinished, path);
}

/** An empty database takes seconds to make, a copy of a finished one half a second: so it is kept for the next start. */
async function build(making: Making): Promise<PGlite> {
  const lite = await PGlite.create({ initDbStartParams: ['--wal-segsize=1'] });
  // Small WAL segments and no databases to copy new ones from: half the size, and a quarter of the time, to restore.
  await lite.exec(`update pg_database set datistemplate = false, datallowconn = true where datname like 'template_'`);
  await lite.exec('drop database template0');
  await lite.exec('drop database template1');
  await prepared(lite, making);
  if (making.template !== null) keepInCache(making.template, Buffer.from(await (await dump(lite)).arrayBuffer()));
  return lite;
}

async function dump(lite: PGlite): Promise<Blob> {
  await lite.exec('checkpoint');
  return lite.dumpDataDir('none');
}

async function prepared(lite: PGlite, { prepare }: Making): Promise<void> {
  const owner = new (clientOf(lite))();
  await owner.connect();
  try {
    await prepare(owner);
  } catch (error) {
    await lite.close();
    throw error;
  }
  await owner.end();
}

function embedded(lite: PGlite, unlock: () => void = () => undefined): Embedded {
  return {
    Client: clientOf(lite),
    async close() {
      await lite.close();
      unlock();
    },
  };
}

/** PGlite's own configuration for `pg` shares one connection object, which is dead after the first failed query. */
function clientOf(lite: PGlite): Embedded['Client'] {
  return class EmbeddedClient extends Client {
    constructor(config: ClientConfig = {}) {
      const connected = { ...config, connection: new PglitePgConnection({ pglite: lite }) };
      super(connected);
    }
  };
}
