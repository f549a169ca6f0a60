import { createHash, randomUUID } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** Files that nothing has made anew for this long are swept, in milliseconds. */
const keptFor = 7 * 24 * 60 * 60 * 1_000;

/** The file that something made of this content is kept in: another content, another file. `kind`: `database`. */
export function cacheFile(folder: string, kind: string, extension: string, ...content: readonly string[]): string {
  const digest = createHash('sha256').update(JSON.stringify(content)).digest('hex');
  return join(folder, `${kind}-${digest.slice(0, 32)}.${extension}`);
}

/** What is kept; null when there is nothing. */
export function readCache(file: string): Buffer | null {
  try {
    return readFileSync(file);
  } catch {
    return null;
  }
}

/**
 * Keeps something that takes long to make for the next start. Whole or not at all, and never in the way: where nothing can
 * be written, nothing is kept.
 */
export function keepInCache(file: string, bytes: Uint8Array): void {
  const folder = dirname(file);
  const unfinished = `${file}.${randomUUID()}`;
  try {
    mkdirSync(folder, { recursive: true });
    writeFileSync(unfinished, bytes);
    renameSync(unfinished, file);
    sweep(folder, statSync(file).mtimeMs - keptFor);
  } catch {
    if (existsSync(unfinished)) rmSync(unfinished);
  }
}

/** By the disk's own clock, so that the program's is not asked. */
function sweep(folder: string, before: number): void {
  for (const name of readdirSync(folder).filter((name) => /^[a-z]+-[0-9a-f]{32}\./.test(name))) {
    const file = join(folder, name);
    if (statSync(file).mtimeMs < before) rmSync(file, { force: true });
  }
}
