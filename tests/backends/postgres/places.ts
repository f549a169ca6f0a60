import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Client } from 'pg';
import { onTestFinished } from 'vitest';
import { demoSeed } from '../../../src/backends/demo/seed.ts';
import { type Database, type DatabasePlace, openDatabase } from '../../../src/backends/postgres/database.ts';
import { registryDay } from '../../contracts/registry.ts';
import type { PostgresServer } from '../../servers/postgres.ts';

/** Where finished embedded databases are kept between test runs. */
export const templates = fileURLToPath(new URL('../../../.cache', import.meta.url));

/** A new database with the demo members, which a test may also ask as its owner. */
export interface OwnedDatabase extends Database {
  asOwner(sql: string): Promise<readonly Record<string, unknown>[]>;
}

export async function openOwned(place: DatabasePlace): Promise<OwnedDatabase> {
  const database = await openDatabase(place, { seed: demoSeed(registryDay), templates });
  return {
    ...database,
    async asOwner(sql) {
      if (place.kind === 'server') return onServer(place.url, sql);
      // The embedded database has one session, which began as the owner; what it runs as otherwise is not touched.
      const session = await database.pool.connect();
      try {
        await session.query('begin; set local role none');
        const { rows } = await session.query<Record<string, unknown>>(sql);
        await session.query('commit');
        return rows;
      } catch (error) {
        await session.query('rollback');
        throw error;
      } finally {
        session.release();
      }
    },
  };
}

/** Runs one statement over a connection of its own. */
export async function onServer(url: string, sql: string): Promise<readonly Record<string, unknown>[]> {
  return ownerOf(url, async (owner) => (await owner.query<Record<string, unknown>>(sql)).rows);
}

/** The two kinds of database that everything must hold for. */
export const kinds: readonly {
  readonly name: string;
  readonly place: (server: PostgresServer) => Promise<DatabasePlace>;
}[] = [
  { name: 'embedded database', place: () => Promise.resolve({ kind: 'memory' }) },
  { name: 'PostgreSQL server', place: async (server) => ({ kind: 'server', url: await server.createDatabase() }) },
];

/** An empty folder that is gone after the test. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'database-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** Runs `work` with a connection as the database's owner. */
export async function ownerOf<Result>(url: string, work: (owner: Client) => Promise<Result>): Promise<Result> {
  const owner = new Client({ connectionString: url });
  await owner.connect();
  try {
    return await work(owner);
  } finally {
    await owner.end();
  }
}
