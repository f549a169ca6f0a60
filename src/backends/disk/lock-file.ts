import { DatabaseSync } from 'node:sqlite';
import { createPrivate } from './private-file.ts';
import { sqliteCode } from './sqlite-error.ts';

const sqliteBusy = 5;

/**
 * The operating system's lock on this file, which is made where it is missing; it ends with the process however that
 * ends. Null when somebody has it, in this process or another. It is held until what is returned is closed.
 */
export function lockFile(path: string): DatabaseSync | null {
  createPrivate(path);
  const lock = new DatabaseSync(path, { timeout: 0 });
  try {
    lock.exec('BEGIN EXCLUSIVE');
    return lock;
  } catch (error) {
    lock.close();
    if (sqliteCode(error) === sqliteBusy) return null;
    throw error;
  }
}
