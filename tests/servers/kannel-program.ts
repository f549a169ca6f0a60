import { globSync } from 'node:fs';
import { join } from 'node:path';
import { missing, unpacked } from './debian.ts';
import { onPath, runs } from './program.ts';

/** Kannel's two programs, as they can be run here. */
export interface KannelProgram {
  readonly bearerbox: string;
  readonly smsbox: string;
  /** Folders of the libraries that they need and the system does not have. */
  readonly libraries: readonly string[];
}

const advice = 'SMS tests need Kannel: install it ("sudo apt-get install kannel"), then run again.';

let found: KannelProgram | null | undefined;

/**
 * Kannel on this machine: on the PATH, else, on Debian, its package fetched here and now and unpacked in `.cache`. Null
 * when there is none, after one line that says what to install; under CI that is an error.
 */
export function findKannel(): KannelProgram | null {
  found ??= installed() ?? fetched() ?? missing(advice);
  return found;
}

function installed(): KannelProgram | null {
  const bearerbox = onPath('bearerbox');
  const smsbox = onPath('smsbox');
  return bearerbox === null || smsbox === null ? null : { bearerbox, smsbox, libraries: [] };
}

function fetched(): KannelProgram | null {
  const root = unpacked('kannel');
  if (root === null) return null;
  const bearerbox = join(root, 'usr', 'sbin', 'bearerbox');
  const smsbox = join(root, 'usr', 'sbin', 'smsbox');
  if (!runs(bearerbox) || !runs(smsbox)) return null;
  return { bearerbox, smsbox, libraries: globSync(join(root, '{lib,usr/lib}', '*-linux-gnu')) };
}
