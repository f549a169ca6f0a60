import { randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { CannotStart } from './cannot-start.ts';

const keyBytes = 32;

/**
 * The secret key of a data folder, made at the first start and readable by its owner alone. Without it the digests in
 * that folder's database fit nothing any more, so it stays beside them.
 */
export function secretKeyIn(folder: string): string {
  const file = join(folder, 'secret-key');
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    const made = randomBytes(keyBytes).toString('base64url');
    const key = makeOnce(file, made) ? made : readFileSync(file, 'utf8').trim();
    if (Buffer.byteLength(key) >= keyBytes) return key;
  } catch (cause) {
    const code = cause instanceof Error && 'code' in cause ? ` (${String(cause.code)})` : '';
    throw new CannotStart(`The data folder ${folder} cannot be used${code}: set another DATA_FOLDER.`, { cause });
  }
  throw new CannotStart(`The key in ${file} is damaged: bring it back, or remove the folder to begin anew.`);
}

/** False when it is there already. */
function makeOnce(file: string, key: string): boolean {
  try {
    writeFileSync(file, `${key}\n`, { flag: 'wx', mode: 0o600 });
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false;
    throw error;
  }
}
