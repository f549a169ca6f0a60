import { Client, type ClientBase, Pool, type PoolConfig } from 'pg';
import { z } from 'zod';
import { CannotOpen } from '../cannot-open.ts';
import { asking } from './asking.ts';
import { type Making, openInFolder, openInMemory } from './embedded.ts';
import { botRole, migrate, schemaDigest } from './migrations.ts';
import { templateFile } from './template.ts';

/** Where the members' data live: a PostgreSQL server, or one inside this process that keeps a folder or nothing. */
export type DatabasePlace =
  | { readonly kind: 'server'; readonly url: string }
  | { readonly kind: 'folder'; readonly path: string }
  | { readonly kind: 'memory' };

/** Rows that the program puts in by itself. */
export interface Seed {
  /** Names the content: the same key is the same rows. */
  readonly key: string;
  /** Puts the rows in, as the database's owner. What is there already stays as it is. */
  fill(owner: ClientBase): Promise<void>;
}

export interface OpenOptions {
  readonly seed?: Seed;
  /** The folder where finished embedded databases are kept, so that the next start need not build one. */
  readonly templates?: string;
}

/** The members' database, open and up to date. */
export interface Database {
  /** Connections as the bot's role: functions of schema `bot`, and nothing else. */
  readonly pool: Pool;
  /** Throws `Unavailable` when the database does not answer now. */
  ready(): Promise<void>;
  /** Ends all connections; what is under way gets a second to finish. */
  close(): Promise<void>;
}

/** The most connections at a time to a server. */
const mostConnections = 10;

/** How long a connection may take, or the wait for a free one; in milliseconds, as all of these. */
const connectTimeout = 2_000;

/** How long a statement may take: the server ends it then … */
const statementTimeout = 2_000;

/** … and when not even that comes back, it is given up here. */
const queryTimeout = 2_500;

/** How long one statement may take that brings the database up to date. */
const prepareTimeout = 90_000;

/** How long `close` waits for questions that are under way. */
const closeTimeout = 1_000;

/** Opens the members' database and brings it up to date. Throws {@link CannotOpen} when that can't be done. */
export async function openDatabase(place: DatabasePlace, options: OpenOptions = {}): Promise<Database> {
  const prepare = async (owner: ClientBase) => {
    await migrate(owner);
    await options.seed?.fill(owner);
  };
  return place.kind === 'server' ? openServer(place.url, prepare) : openEmbedded(place, prepare, options);
}

async function openServer(url: string, prepare: Making['prepare']): Promise<Database> {
  await asOwner(url, prepare);
  const database = databaseOf({
    connectionString: asBot(url),
    max: mostConnections,
    statement_timeout: statementTimeout,
    query_timeout: queryTimeout,
    keepAlive: true,
  });
  // A pooler in between may have dropped the role.
  const [current] = await asking(database.pool, 'database')('select current_user as name', [], roleRows);
  if (current.name === botRole) return database;
  await database.close();
  throw new CannotOpen(`The database server does not let its connections run as ${botRole}.`);
}

const roleRows = z.tuple([z.object({ name: z.string() })]);

async function asOwner(url: string, prepare: Making['prepare']): Promise<void> {
  const owner = new Client({
    connectionString: url,
    connectionTimeoutMillis: connectTimeout,
    query_timeout: prepareTimeout,
  });
  // Else a connection that breaks between two statements would end the process.
  owner.on('error', () => undefined);
  try {
    await owner.connect();
    await prepare(owner);
  } catch (cause) {
    if (cause instanceof CannotOpen) throw cause;
    const code = cause instanceof Error && 'code' in cause ? ` (${String(cause.code)})` : '';
    throw new CannotOpen(`The database server at ${hostOf(url)} cannot be used${code}.`, { cause });
  } finally {
    await owner.end();
  }
}

/** In the address itself, where no other setting overrides it. */
function asBot(address: string): string {
  const url = new URL(address);
  const given = url.searchParams.get('options') ?? '';
  url.searchParams.set('options', `${given} -c role=${botRole}`.trim());
  return url.href;
}

/** Host and port alone: the address holds a password. */
function hostOf(address: string): string {
  return new URL(address).host || 'the local socket';
}

async function openEmbedded(
  place: Exclude<DatabasePlace, { kind: 'server' }>,
  prepare: Making['prepare'],
  { seed, templates }: OpenOptions,
): Promise<Database> {
  const template = templates === undefined ? null : templateFile(templates, schemaDigest(), seed?.key ?? '');
  const making = { prepare, template };
  const embedded = await (place.kind === 'memory' ? openInMemory(making) : openInFolder(place.path, making));
  const database = databaseOf({ Client: embedded.Client, max: 1 });
  // One session for all clients, so the role is set once.
  await database.pool.query(`set role ${botRole}`);
  return {
    ...database,
    async close() {
      await database.close();
      await embedded.close();
    },
  };
}

function databaseOf(config: PoolConfig): Database {
  const pool = new Pool({ connectionTimeoutMillis: connectTimeout, allowExitOnIdle: true, ...config });
  // A connection that breaks while idle is taken out by the pool; the next question gets a new one.
  pool.on('error', () => undefined);
  const ask = asking(pool, 'database');
  return {
    pool,
    async ready() {
      await ask('select 1', [], z.unknown(), true);
    },
    async close() {
      const late = Promise.withResolvers<void>();
      const timer = setTimeout(late.resolve, closeTimeout);
      await Promise.race([pool.end(), late.promise]);
      clearTimeout(timer);
    },
  };
}
