import { spawnSync } from 'node:child_process';
import { globSync } from 'node:fs';
import { join } from 'node:path';
import { missing, unpacked } from '../../servers/debian.ts';
import { onPath } from '../../servers/program.ts';

/** Reads a PDF with one of Poppler's programs (`pdftotext`, `pdfinfo`), as a text. */
export type Poppler = (program: string, pdf: Uint8Array, ...options: readonly string[]) => string;

const advice =
  'PDF tests need pdftotext and pdfinfo: install them ("sudo apt-get install poppler-utils"), then run again.';

/** Poppler on the PATH, else, on Debian, its package fetched here and now. Null when there is none. */
export function findPoppler(): Poppler | null {
  if (onPath('pdftotext') !== null && onPath('pdfinfo') !== null) return reading('', []);
  const root = unpacked('poppler-utils');
  if (root === null) return missing(advice);
  return reading(join(root, 'usr', 'bin'), globSync(join(root, '{lib,usr/lib}', '*-linux-gnu')));
}

function reading(folder: string, libraries: readonly string[]): Poppler {
  return (program, pdf, ...options) => {
    const found = libraries.length === 0 ? process.env : { ...process.env, LD_LIBRARY_PATH: libraries.join(':') };
    // Text goes out by the second file name, which pdfinfo doesn't take.
    const files = program === 'pdftotext' ? ['-', '-'] : ['-'];
    const run = spawnSync(join(folder, program), [...options, ...files], { input: pdf, env: found, encoding: 'utf8' });
    if (run.status !== 0) throw new Error(`${program} failed: ${run.error?.message ?? run.stderr}`);
    return run.stdout;
  };
}
