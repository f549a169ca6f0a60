import { globSync } from 'node:fs';
import { join } from 'node:path';
import { missing, unpacked } from './debian.ts';

const advice =
  'Tests with a wrong clock need libfaketime: install it ("sudo apt-get install faketime"), then run again.';

const library = 'usr/lib/*/faketime/libfaketime.so.1';

/**
 * The library that shows a program another time, of this system or fetched from Debian; null when there is none, after
 * one line that says what to install; under CI that is an error.
 */
export function findFaketime(): string | null {
  const [installed] = globSync(join('/', library));
  if (installed !== undefined) return installed;
  const root = unpacked('faketime');
  const [fetched] = root === null ? [] : globSync(join(root, library));
  return fetched ?? missing(advice);
}

/** The environment of a program whose computer's clock is off by this: `+1h`, `-1h`. What counts up is not off. */
export function wrongClock(faketime: string, by: string): NodeJS.ProcessEnv {
  return { LD_PRELOAD: faketime, FAKETIME: by, DONT_FAKE_MONOTONIC: '1' };
}
