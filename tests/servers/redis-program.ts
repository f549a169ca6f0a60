import { globSync } from 'node:fs';
import { join } from 'node:path';
import { missing, unpacked } from './debian.ts';
import { onPath, runs } from './program.ts';

/** A redis-server that can be run. */
export interface RedisProgram {
  readonly path: string;
  /** Folders of the libraries that it needs and the system does not have. */
  readonly libraries: readonly string[];
}

const advice =
  'Redis tests need redis-server 7 or newer: install it ("sudo apt-get install redis-server") or name it in REDIS_SERVER_PATH, then run again.';

let found: RedisProgram | null | undefined;

/**
 * A redis-server on this machine: REDIS_SERVER_PATH, else one on the PATH, else, on Debian, its package fetched here and
 * now and unpacked in `.cache`. Null when there is none, after one line that says what to install; under CI that is an
 * error.
 */
export function findRedis(): RedisProgram | null {
  found ??= find();
  return found;
}

function find(): RedisProgram | null {
  const named = process.env['REDIS_SERVER_PATH'];
  if (named !== undefined && named !== '') {
    if (!runs(named)) throw new Error(`REDIS_SERVER_PATH names ${named}, which cannot be run.`);
    return { path: named, libraries: [] };
  }
  const path = onPath('redis-server');
  const program = path === null ? fetched() : { path, libraries: [] };
  return program ?? missing(advice);
}

function fetched(): RedisProgram | null {
  const root = unpacked('redis-server');
  if (root === null) return null;
  const path = join(root, 'usr', 'bin', 'redis-server');
  return runs(path) ? { path, libraries: globSync(join(root, '{lib,usr/lib}', '*-linux-gnu')) } : null;
}
