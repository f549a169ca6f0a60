import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import { cacheFile } from '../disk/cache.ts';

/** The file that a finished database with this content is kept in: another content or another PGlite, another file. */
export function templateFile(folder: string, ...content: readonly string[]): string {
  return cacheFile(folder, 'database', 'tar', pgliteVersion(), ...content);
}

const manifest = z.object({ version: z.string() });

function pgliteVersion(): string {
  const entry = createRequire(import.meta.url).resolve('@electric-sql/pglite');
  return manifest.parse(JSON.parse(readFileSync(join(dirname(entry), '..', 'package.json'), 'utf8'))).version;
}
