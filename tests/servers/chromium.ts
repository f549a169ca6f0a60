import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { type Browser, chromium } from 'playwright-core';
import { onPath, runs } from './program.ts';

const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];

/** No sandbox, as tests run as root in containers; nothing that calls home. */
const flags = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

const advice =
  'Browser tests need Chromium: install it ("sudo apt-get install chromium") or name it in CHROMIUM_PATH, then run again.';

/**
 * The path of a Chromium on this machine: CHROMIUM_PATH, else one on the PATH, else, as root on Debian, one that is
 * installed here and now. Null when there is none, after one line that says what to install; under CI that is an error.
 */
export function findChromium(): string | null {
  const named = process.env['CHROMIUM_PATH'];
  if (named !== undefined && named !== '') {
    if (!runs(named)) throw new Error(`CHROMIUM_PATH names ${named}, which cannot be run.`);
    return named;
  }
  const found = onPath(...names) ?? installed();
  if (found !== null) return found;
  if ((process.env['CI'] ?? '') !== '') throw new Error(advice);
  process.stderr.write(`Skipped: ${advice}\n`);
  return null;
}

/** Starts that Chromium; the caller closes it. */
export function launchChromium(path: string): Promise<Browser> {
  return chromium.launch({ executablePath: path, args: flags });
}

/** Test files run side by side: the lock lets one of them install while the others wait, then find it there. */
function installed(): string | null {
  if (process.getuid?.() !== 0 || !existsSync('/etc/debian_version')) return null;
  process.stderr.write('Setting up: Chromium from Debian (once) …\n');
  const script =
    'command -v chromium || { apt-get update -qq && apt-get install -qq -y --no-install-recommends chromium; }';
  const apt = spawnSync('flock', ['/run/lock/jamsostek-chat-apt.lock', 'sh', '-c', script], {
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    encoding: 'utf8',
  });
  if (apt.status !== 0) process.stderr.write(`Setting up Chromium failed:\n${apt.stderr}\n`);
  return onPath(...names);
}
