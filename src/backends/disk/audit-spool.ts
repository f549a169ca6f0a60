import { mkdirSync, rmSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { Random } from '../../core/services.ts';
import type { AuditRow } from '../audit/chain.ts';
import type { AuditSpool, Spooled } from '../audit/log.ts';
import { CannotOpen } from '../cannot-open.ts';
import type { Sealing } from '../system/sealing.ts';
import { createPrivate } from './private-file.ts';
import { SpoolFile, spoolEnding } from './spool-file.ts';

/** A day and more of a busy service. When an outage has filled it, nothing personal is shown until it is over. */
const mostBytes = 50_000_000;

export interface DiskSpoolServices {
  /** Made where it is missing, for this user alone. On a disk of this machine's own, which outlives the process. */
  readonly folder: string;
  readonly sealing: Sealing;
  readonly random: Pick<Random, 'id'>;
  /** Bytes that a file may have at most. */
  readonly most?: number;
}

/**
 * Keeps entries on this machine until the database takes them: in one encrypted file for each process and outage, with
 * the operating system's lock on a second file beside it. What a process has left is taken up by the next one that
 * shares the folder.
 *
 * @throws CannotOpen when nothing can be written there: better known at the start than in an outage.
 */
export function diskSpool({ folder, sealing, random, most = mostBytes }: DiskSpoolServices): AuditSpool {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    const probe = join(folder, `${random.id()}.probe`);
    createPrivate(probe);
    rmSync(probe);
  } catch (cause) {
    const code = cause instanceof Error && 'code' in cause ? ` (${String(cause.code)})` : '';
    throw new CannotOpen(`The audit log's spool in ${folder} cannot be written${code}: set another DATA_FOLDER.`, {
      cause,
    });
  }
  return new DiskSpool(folder, { sealing, random, most });
}

class DiskSpool implements AuditSpool {
  readonly #folder: string;
  readonly #needs: Required<Omit<DiskSpoolServices, 'folder'>>;
  /** What this process writes to. */
  #own: SpoolFile | null = null;
  /** What another has left. */
  #left: SpoolFile | null = null;

  constructor(folder: string, needs: Required<Omit<DiskSpoolServices, 'folder'>>) {
    this.#folder = folder;
    this.#needs = needs;
  }

  get holds(): boolean {
    return this.#own !== null || this.#left !== null;
  }

  async put(rows: readonly AuditRow[]): Promise<void> {
    const { random, sealing, most } = this.#needs;
    this.#own ??= SpoolFile.make(this.#folder, random.id(), sealing);
    if (this.#own.size >= most) throw new Error('The spool is full');
    await this.#own.append(rows);
  }

  async drain(into: (rows: readonly AuditRow[]) => Promise<void>): Promise<Spooled | null> {
    // What was left is older.
    this.#left ??= await this.#leftBehind();
    const file = this.#left ?? this.#own;
    if (file === null) return null;
    const part = file.isDrained ? null : await file.read();
    if (part !== null) {
      if (part.rows.length > 0) await into(part.rows);
      await file.take(part);
    }
    if (file.isDrained) {
      await file.remove();
      if (file === this.#left) this.#left = null;
      else this.#own = null;
    }
    return { rows: part?.rows.length ?? 0, lost: part === null ? 0 : part.damaged.length + part.missing };
  }

  async close(): Promise<void> {
    for (const file of [this.#left, this.#own]) await (file?.isDrained === true ? file.remove() : file?.leave());
    this.#left = null;
    this.#own = null;
  }

  async #leftBehind(): Promise<SpoolFile | null> {
    const own = this.#own?.name;
    for (const found of (await readdir(this.#folder)).sort()) {
      const name = basename(found, spoolEnding);
      if (!found.endsWith(spoolEnding) || name === own) continue;
      const file = await SpoolFile.takeOver(this.#folder, name, this.#needs.sealing);
      if (file !== null) return file;
    }
    return null;
  }
}
