import { closeSync, openSync } from 'node:fs';

/**
 * An empty file for this user alone, where there is none: SQLite would make one that others can read. One that is there
 * is not opened, since to close a file is to let go of every lock that the process has on it (POSIX).
 */
export function createPrivate(path: string): void {
  try {
    closeSync(openSync(path, 'wx', 0o600));
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
  }
}
