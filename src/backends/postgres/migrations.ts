import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import type { ClientBase } from 'pg';
import { CannotOpen } from '../cannot-open.ts';
import { inTransaction } from './transaction.ts';

/** One step of the schema, as its file in `migrations/` says it. */
export interface Migration {
  readonly name: string;
  readonly sql: string;
  /** SHA-256 of the file: an applied migration that was changed afterwards is refused. */
  readonly checksum: string;
}

/** The role that the bot's connections run as; it may call the functions of schema `bot` and nothing else. */
export const botRole = 'jamsostek_bot';

const folder = new URL('migrations/', import.meta.url);

/** The steps that make the schema, in order. */
export function readMigrations(): readonly Migration[] {
  return readdirSync(folder)
    .filter((file) => file.endsWith('.sql'))
    .sort()
    .map((name) => {
      const sql = readFileSync(new URL(name, folder), 'utf8');
      return { name, sql, checksum: createHash('sha256').update(sql).digest('hex') };
    });
}

// Roles belong to the whole server: another database's migrations may be making the same one at this moment.
const frame = `
  do $$ begin
    if not exists (select from pg_roles where rolname = '${botRole}') then create role ${botRole} nologin; end if;
  exception when duplicate_object or unique_violation then null;
  end $$;
  do $$ begin
    if not pg_has_role('${botRole}', 'member') then grant ${botRole} to current_user; end if;
  end $$;
  create schema if not exists registry;
  create schema if not exists bot;
  grant usage on schema bot to ${botRole};
  create table if not exists registry.migrations (
    name text primary key, checksum text not null, applied_at timestamptz not null default now()
  )`;

/** Names the schema that {@link migrate} makes: the same digest is the same schema. */
export function schemaDigest(): string {
  const parts = [frame, ...readMigrations().map(({ checksum }) => checksum)];
  return createHash('sha256').update(parts.join('\n')).digest('hex');
}

/**
 * Brings the schema up to date, as the database's owner: all steps or none. Processes that start at the same time wait
 * for each other. Throws {@link CannotOpen} when a step that was applied has another text now.
 *
 * Our own few lines because no library for it does all of this: postgrator has checksums but neither lock nor
 * transaction, node-pg-migrate and Kysely's migrator have both but take a changed file without a word.
 */
export async function migrate(owner: ClientBase, migrations: readonly Migration[] = readMigrations()): Promise<void> {
  await inTransaction(owner, 'jamsostek-chat migrations', async () => {
    await owner.query(frame);
    const { rows } = await owner.query<{ name: string; checksum: string }>(
      'select name, checksum from registry.migrations',
    );
    const applied = new Map(rows.map((row) => [row.name, row.checksum]));
    for (const { name, sql, checksum } of migrations) {
      if (!applied.has(name)) {
        await owner.query(sql);
        await owner.query('insert into registry.migrations (name, checksum) values ($1, $2)', [name, checksum]);
      } else if (applied.get(name) !== checksum) {
        throw new CannotOpen(`Migration ${name} was changed after it had been applied: add a new one instead.`);
      }
    }
  });
}
