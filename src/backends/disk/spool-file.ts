import type { FileHandle } from 'node:fs/promises';
import { appendFile, open, rm, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import { z } from 'zod';
import type { AuditRow } from '../audit/chain.ts';
import { CannotUnseal, type Sealing } from '../system/sealing.ts';
import { lockFile } from './lock-file.ts';

/** Bytes read at a time: some hundred lines. */
const readAtOnce = 128 * 1_024;

/** What the names of a spool file and of its lock end with; what cannot be read of it is put beside it. */
export const spoolEnding = '.spool';
const lockEnding = '.lock';
const asideEnding = '.damaged';

const row = z.object({
  id: z.string(),
  at: z.string(),
  act: z.string(),
  detail: z.string(),
  member: z.string().nullable(),
  channel: z.string(),
  conversation: z.string(),
}) satisfies z.ZodType<AuditRow>;

const line = z.tuple([z.number(), row]);

/** The next lines of a file, as far as they can be read. */
export interface SpooledPart {
  readonly rows: readonly AuditRow[];
  /** Lines as they stand in the file. */
  readonly damaged: readonly string[];
  /** Lines that were taken out of the middle. */
  readonly missing: number;
  readonly next: { readonly byte: number; readonly line: number };
}

/** Rows in a file, one a line, each sealed for its place in this file. Whoever has one holds the lock on it. */
export class SpoolFile {
  readonly #path: string;
  readonly #lock: DatabaseSync;
  readonly #sealing: Sealing;
  #handle: FileHandle | null = null;
  /** Bytes that are on the disk for good. */
  #size: number;
  #lines = 0;
  #torn = false;
  #taken: SpooledPart['next'] = { byte: 0, line: 0 };

  private constructor(path: string, { lock, sealing, size }: { lock: DatabaseSync; sealing: Sealing; size: number }) {
    this.#path = path;
    this.#lock = lock;
    this.#sealing = sealing;
    this.#size = size;
  }

  /** A new one, under a name that no other has. */
  static make(folder: string, name: string, sealing: Sealing): SpoolFile {
    const lock = lockFile(join(folder, name + lockEnding));
    if (lock === null) throw new Error('The name of a spool file is taken');
    return new SpoolFile(join(folder, name + spoolEnding), { lock, sealing, size: 0 });
  }

  /** One that another process has left; null when that still lives, or when somebody else has taken the file meanwhile. */
  static async takeOver(folder: string, name: string, sealing: Sealing): Promise<SpoolFile | null> {
    const lock = lockFile(join(folder, name + lockEnding));
    if (lock === null) return null;
    const path = join(folder, name + spoolEnding);
    const found = await stat(path).catch(() => null);
    const file = new SpoolFile(path, { lock, sealing, size: found?.size ?? 0 });
    if (found !== null) return file;
    await file.remove();
    return null;
  }

  get name(): string {
    return basename(this.#path, spoolEnding);
  }

  get size(): number {
    return this.#size;
  }

  get isDrained(): boolean {
    return this.#taken.byte >= this.#size;
  }

  /** On the disk when it resolves. Nothing is there when it rejects. */
  async append(rows: readonly AuditRow[]): Promise<void> {
    const handle = await this.#opened();
    const lines = rows.map(
      (row, nth) => `${this.#sealing.seal(JSON.stringify([this.#lines + nth, row]), this.#place)}\n`,
    );
    const bytes = Buffer.from(lines.join(''));
    if (this.#torn) await this.#cut(handle);
    this.#torn = true;
    try {
      await handle.appendFile(bytes);
      await handle.datasync();
    } catch (error) {
      await this.#cut(handle).catch(() => undefined);
      throw error;
    }
    this.#torn = false;
    this.#size += bytes.length;
    this.#lines += rows.length;
  }

  async read(): Promise<SpooledPart> {
    const { byte } = this.#taken;
    const reader = await open(this.#path, 'r');
    try {
      for (let length = readAtOnce; ; length *= 2) {
        const bytes = Buffer.alloc(Math.min(length, this.#size - byte));
        const { bytesRead } = await reader.read(bytes, 0, bytes.length, byte);
        if (bytesRead < bytes.length) throw new Error('The spool file has become shorter');
        const isLast = byte + bytes.length === this.#size;
        const end = isLast ? bytes.length : bytes.lastIndexOf('\n') + 1;
        if (end > 0) return this.#understood(bytes.toString('latin1', 0, end), byte + end);
      }
    } finally {
      await reader.close();
    }
  }

  /** Does not give these again, and keeps what could not be read of them beside the file. */
  async take({ damaged, next }: SpooledPart): Promise<void> {
    if (damaged.length > 0) {
      const aside = this.#path.slice(0, -spoolEnding.length) + asideEnding;
      await appendFile(aside, `${damaged.join('\n')}\n`, { encoding: 'latin1', mode: 0o600, flush: true });
    }
    this.#taken = next;
  }

  /** The file is gone when it resolves, and its lock. */
  async remove(): Promise<void> {
    await this.#handle?.close();
    this.#handle = null;
    await rm(this.#path, { force: true });
    await rm(this.#path.slice(0, -spoolEnding.length) + lockEnding, { force: true });
    this.#lock.close();
  }

  /** Leaves it to whoever comes next. */
  async leave(): Promise<void> {
    await this.#handle?.close();
    this.#handle = null;
    this.#lock.close();
  }

  #understood(text: string, end: number): SpooledPart {
    // The last one has no end when a crash has cut it off.
    const lines = (text.endsWith('\n') ? text.slice(0, -1) : text).split('\n');
    const rows: AuditRow[] = [];
    const damaged: string[] = [];
    let missing = 0;
    let expected = this.#taken.line;
    for (const sealed of lines) {
      const found = this.#open(sealed);
      if (found === null) damaged.push(sealed);
      else {
        rows.push(found.row);
        missing += Math.max(found.nth - expected, 0);
      }
      expected = (found?.nth ?? expected) + 1;
    }
    return { rows, damaged, missing, next: { byte: end, line: expected } };
  }

  #open(sealed: string): { readonly nth: number; readonly row: AuditRow } | null {
    try {
      const [nth, row] = line.parse(JSON.parse(this.#sealing.open(sealed, this.#place)));
      return { nth, row };
    } catch (error) {
      if (error instanceof CannotUnseal || error instanceof SyntaxError || error instanceof z.ZodError) return null;
      throw error;
    }
  }

  get #place(): string {
    return JSON.stringify(['audit spool', this.name]);
  }

  /** What a failed write has left would make the next line one that cannot be read. */
  async #cut(handle: FileHandle): Promise<void> {
    await handle.truncate(this.#size);
    this.#torn = false;
  }

  async #opened(): Promise<FileHandle> {
    if (this.#handle === null) {
      this.#handle = await open(this.#path, 'a', 0o600);
      // A new name is on the disk only when its folder is.
      const folder = await open(dirname(this.#path), 'r');
      try {
        await folder.sync();
      } finally {
        await folder.close();
      }
    }
    return this.#handle;
  }
}
