import { closeSync, existsSync, fsyncSync, openSync, renameSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { z } from 'zod';
import { second } from '../../core/time.ts';
import { createPrivate } from './private-file.ts';
import { sqliteCode } from './sqlite-error.ts';

/** Tells SQLite files of this kind from all others: "kept", in ASCII. */
const applicationId = 0x6b_65_70_74;
const version = 1;

const schema = `
  CREATE TABLE kept (
    name TEXT NOT NULL,
    digest TEXT NOT NULL,
    sealed TEXT NOT NULL,
    PRIMARY KEY (name, digest)
  ) STRICT, WITHOUT ROWID;
  PRAGMA application_id = ${applicationId};
  PRAGMA user_version = ${version};
`;

/**
 * A change is in the file itself, and on the disk, when it is done. A rollback journal and not a write-ahead log, which
 * would be a fsync cheaper: of a log that was cut short or lost SQLite uses what is left, and things would be as they
 * once were without a word; a file that was cut short is known for it. The file is locked while it is open, so that we
 * never wait for somebody who looks at it.
 */
const manner = 'PRAGMA journal_mode = DELETE; PRAGMA synchronous = FULL; PRAGMA locking_mode = EXCLUSIVE;';

/** The file is not what was written. */
export class Damaged extends Error {
  override readonly name = 'Damaged';
}

/** One value of the file; empty: none. */
export interface SealedChange {
  readonly table: string;
  readonly digest: string;
  readonly sealed: string;
}

const madeFor = (path: string) => `${path}.new`;

const entrySchema = z.object({ name: z.string(), digest: z.string(), sealed: z.string() });

/** Sealed texts by table and digest in one SQLite file. Every call throws {@link Damaged} where SQLite notices it. */
export class KeptFile {
  readonly #database: DatabaseSync;

  private constructor(database: DatabaseSync) {
    this.#database = database;
  }

  /** Makes an empty one beside what may be there. */
  static prepare(path: string): void {
    const made = madeFor(path);
    for (const left of [made, `${made}-journal`]) rmSync(left, { force: true });
    createPrivate(made);
    const database = new DatabaseSync(made);
    database.exec(`${manner} BEGIN; ${schema} COMMIT;`);
    database.close();
  }

  /** Puts what was prepared in the place of what may be there: as one step, so that there is never half a file. */
  static putInPlace(path: string): void {
    // The journal of what was there would be taken for one of the new file.
    rmSync(`${path}-journal`, { force: true });
    renameSync(madeFor(path), path);
    syncFolder(dirname(path));
  }

  /** Opens what is there, looked through from end to end; makes one only where there is nothing at all. */
  static open(path: string): KeptFile {
    if (!existsSync(path)) {
      KeptFile.prepare(path);
      KeptFile.putInPlace(path);
    }
    const database = new DatabaseSync(path, { timeout: second });
    try {
      return told(() => {
        database.exec(manner);
        const is = (pragma: string) => Object.values(database.prepare(`PRAGMA ${pragma}`).get() ?? {})[0];
        const ours = is('application_id') === applicationId && is('user_version') === version;
        if (!ours) throw new Damaged('Another kind of file');
        database.exec('BEGIN EXCLUSIVE; COMMIT;');
        // What is in the wrong order would be there, and not be found.
        if (is('integrity_check') !== 'ok') throw new Damaged('Its parts do not fit together');
        return new KeptFile(database);
      });
    } catch (error) {
      database.close();
      throw error;
    }
  }

  get(table: string, digest: string): string | null {
    return told(() => {
      const row = this.#database.prepare('SELECT * FROM kept WHERE name = ? AND digest = ?').get(table, digest);
      return row === undefined ? null : entrySchema.parse(row).sealed;
    });
  }

  entries(table: string): readonly SealedChange[] {
    return told(() => this.#database.prepare('SELECT * FROM kept WHERE name = ?').all(table).map(entryOf));
  }

  /** Each entry of every table. */
  everything(): readonly SealedChange[] {
    return told(() => this.#database.prepare('SELECT * FROM kept').all().map(entryOf));
  }

  /** All of these, one after another, or none. */
  change(changes: readonly SealedChange[]): void {
    told(() => {
      const put = this.#database.prepare('INSERT OR REPLACE INTO kept (name, digest, sealed) VALUES (?, ?, ?)');
      const take = this.#database.prepare('DELETE FROM kept WHERE name = ? AND digest = ?');
      this.#database.exec('BEGIN IMMEDIATE');
      try {
        for (const { table, digest, sealed } of changes) {
          if (sealed === '') take.run(table, digest);
          else put.run(table, digest, sealed);
        }
        this.#database.exec('COMMIT');
      } catch (error) {
        if (this.#database.isTransaction) this.#database.exec('ROLLBACK');
        throw error;
      }
    });
  }

  close(): void {
    this.#database.close();
  }
}

function entryOf(row: unknown): SealedChange {
  const { name, digest, sealed } = entrySchema.parse(row);
  return { table: name, digest, sealed };
}

const sqliteCorrupt = 11;
const sqliteNotADatabase = 26;

/** What SQLite says of a damaged file, in our words. */
function told<Answer>(ask: () => Answer): Answer {
  try {
    return ask();
  } catch (cause) {
    const damaged = cause instanceof z.ZodError || [sqliteCorrupt, sqliteNotADatabase].includes(sqliteCode(cause));
    throw damaged ? new Damaged('SQLite cannot read it', { cause }) : cause;
  }
}

/** A new name is on the disk only when its folder is. */
function syncFolder(path: string): void {
  const folder = openSync(path, 'r');
  fsyncSync(folder);
  closeSync(folder);
}
