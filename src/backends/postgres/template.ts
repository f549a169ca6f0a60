import { createHash, randomUUID } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { z } from 'zod';

/** Templates that nothing has made anew for this long are swept, in milliseconds. */
const keptFor = 7 * 24 * 60 * 60 * 1_000;

/** The file that a finished database with this content is kept in: another content or another PGlite, another file. */
export function templateFile(folder: string, ...content: readonly string[]): string {
  const digest = createHash('sha256')
    .update(JSON.stringify([pgliteVersion(), ...content]))
    .digest('hex');
  return join(folder, `database-${digest.slice(0, 32)}.tar`);
}

/** The kept data folder, as a tar file; null when there is none. */
export function readTemplate(file: string): Blob | null {
  try {
    return new Blob([readFileSync(file)]);
  } catch {
    return null;
  }
}

/** Keeps a data folder for the next start. Whole or not at all, and never in the way: a folder that can't be written is one without templates. */
export function keepTemplate(file: string, tar: Buffer): void {
  const folder = dirname(file);
  const unfinished = `${file}.${randomUUID()}`;
  try {
    mkdirSync(folder, { recursive: true });
    writeFileSync(unfinished, tar);
    renameSync(unfinished, file);
    sweep(folder, statSync(file).mtimeMs - keptFor);
  } catch {
    if (existsSync(unfinished)) rmSync(unfinished);
  }
}

/** By the disk's own clock, so that the program's is not asked. */
function sweep(folder: string, before: number): void {
  for (const name of readdirSync(folder).filter((name) => name.startsWith('database-'))) {
    const file = join(folder, name);
    if (statSync(file).mtimeMs < before) rmSync(file, { force: true });
  }
}

const manifest = z.object({ version: z.string() });

function pgliteVersion(): string {
  const entry = createRequire(import.meta.url).resolve('@electric-sql/pglite');
  return manifest.parse(JSON.parse(readFileSync(join(dirname(entry), '..', 'package.json'), 'utf8'))).version;
}
