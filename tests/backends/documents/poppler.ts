import { spawnSync } from 'node:child_process';
import { globSync } from 'node:fs';
import { join } from 'node:path';
import { missing, unpacked } from '../../servers/debian.ts';
import { onPath } from '../../servers/program.ts';

/** Reads a PDF with one of Poppler's programs. Throws where the program refuses it: a wrong password. */
export interface Poppler {
  /** What `pdftotext`, `pdfinfo` or `pdffonts` say of it. */
  (program: string, pdf: Uint8Array, ...options: readonly string[]): string;
  /** Its first page as it is printed, `dots` to an inch. */
  picture(pdf: Uint8Array, dots: number, ...options: readonly string[]): Picture;
}

/** A picture as pixels: red, green, blue, opacity. */
export interface Picture {
  readonly pixels: Uint8ClampedArray;
  readonly width: number;
  readonly height: number;
}

const advice =
  'PDF tests need pdftotext, pdfinfo, pdffonts and pdftoppm: install them ("sudo apt-get install poppler-utils"), then run again.';

/** Poppler on the PATH, else, on Debian, its package fetched here and now. Null when there is none. */
export function findPoppler(): Poppler | null {
  if (onPath('pdftotext') !== null && onPath('pdfinfo') !== null) return reading('', []);
  const root = unpacked('poppler-utils');
  if (root === null) return missing(advice);
  return reading(join(root, 'usr', 'bin'), globSync(join(root, '{lib,usr/lib}', '*-linux-gnu')));
}

function reading(folder: string, libraries: readonly string[]): Poppler {
  const run = (program: string, pdf: Uint8Array, options: readonly string[]): Buffer => {
    const found = libraries.length === 0 ? process.env : { ...process.env, LD_LIBRARY_PATH: libraries.join(':') };
    const done = spawnSync(join(folder, program), options, { input: pdf, env: found, maxBuffer: 64 * 1024 * 1024 });
    if (done.status !== 0) throw new Error(`${program} failed: ${done.error?.message ?? done.stderr.toString()}`);
    return done.stdout;
  };
  const read = (program: string, pdf: Uint8Array, ...options: readonly string[]): string => {
    // Text goes out by the second file name, which the others don't take.
    const files = program === 'pdftotext' ? ['-', '-'] : ['-'];
    return run(program, pdf, [...options, ...files]).toString();
  };
  const picture = (pdf: Uint8Array, dots: number, ...options: readonly string[]): Picture =>
    pictured(run('pdftoppm', pdf, [...options, '-r', String(dots), '-singlefile', '-gray', '-']));
  return Object.assign(read, { picture });
}

/** A grey map (PGM) as pixels. */
function pictured(map: Buffer): Picture {
  const head = /^P5\n(\d+) (\d+)\n255\n/.exec(map.subarray(0, 40).toString('latin1'));
  if (head === null) throw new Error('not a grey map');
  const [whole, width = '', height = ''] = head;
  const grey = map.subarray(whole.length);
  const pixels = new Uint8ClampedArray(grey.length * 4).fill(255);
  for (const [index, level] of grey.entries()) pixels.fill(level, index * 4, index * 4 + 3);
  return { pixels, width: Number(width), height: Number(height) };
}
