import { spawnSync } from 'node:child_process';
import { globSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { missing, unpacked } from '../../servers/debian.ts';
import { onPath } from '../../servers/program.ts';

/** Reads a PDF with qpdf, the second reader beside Poppler. Throws where it refuses the password, or finds a fault. */
export type Qpdf = (pdf: Uint8Array, ...options: readonly string[]) => string;

const advice = 'Tests of locked PDFs need qpdf: install it ("sudo apt-get install qpdf"), then run again.';

/** qpdf on the PATH, else, on Debian, its package fetched here and now. Null when there is none. */
export function findQpdf(): Qpdf | null {
  const installed = onPath('qpdf');
  if (installed !== null) return reading(installed, []);
  const root = unpacked('qpdf');
  if (root === null) return missing(advice);
  return reading(join(root, 'usr', 'bin', 'qpdf'), globSync(join(root, '{lib,usr/lib}', '*-linux-gnu')));
}

function reading(program: string, libraries: readonly string[]): Qpdf {
  return (pdf, ...options) => {
    const folder = mkdtempSync(join(tmpdir(), 'qpdf-'));
    try {
      const file = join(folder, 'read.pdf');
      writeFileSync(file, pdf);
      const found = libraries.length === 0 ? process.env : { ...process.env, LD_LIBRARY_PATH: libraries.join(':') };
      const output = options.includes('--decrypt') ? ['-'] : [];
      const run = spawnSync(program, [...options, file, ...output], { env: found, encoding: 'latin1' });
      if (run.status !== 0) throw new Error(`qpdf failed: ${run.error?.message ?? run.stderr}`);
      return run.stdout;
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  };
}
