import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { CannotOpen } from '../cannot-open.ts';

/**
 * Makes this process the only one that uses a folder; PGlite has no lock of its own, and two processes on one data
 * folder lose rows without a word. Returns how to let go; throws {@link CannotOpen} naming the folder and its holder.
 *
 * The lock is the operating system's lock on a file, taken through SQLite, the only part of Node that gives one. It
 * ends with its process however that ends, so it is never stale and knows nothing of reused process ids or of
 * containers, where everybody is process 1. The `pid` file beside it is only there to be named.
 */
export function lockFolder(folder: string): () => void {
  const lock = new DatabaseSync(join(folder, 'lock'), { timeout: 0 });
  const pidFile = join(folder, 'pid');
  try {
    lock.exec('BEGIN EXCLUSIVE');
  } catch (error) {
    lock.close();
    if (!isBusy(error)) throw error;
    throw new CannotOpen(`The data folder ${folder} is in use by ${holder(pidFile)}: stop that one, or use another.`);
  }
  writeFileSync(pidFile, `${process.pid}\n`);
  return () => {
    rmSync(pidFile, { force: true });
    lock.close();
  };
}

const sqliteBusy = 5;

function isBusy(error: unknown): boolean {
  return error instanceof Error && 'errcode' in error && error.errcode === sqliteBusy;
}

function holder(pidFile: string): string {
  try {
    return `process ${Number.parseInt(readFileSync(pidFile, 'utf8'), 10)}`;
  } catch {
    // The holder has locked the folder this very moment and not yet said who it is.
    return 'another process';
  }
}
