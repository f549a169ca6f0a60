#!/usr/bin/env node
/**
 * Runs a command of this project on a machine that may have nothing yet: `node scripts/run.mjs <command> [arguments]`.
 *
 * Brings Node 24 from npm into tools/node where the machine's own Node is older, installs the project's packages where
 * they are missing or the lockfile has changed, then becomes the command: same terminal, same signals, same exit code.
 *
 * Has no dependencies, and must parse on Node 18: it is what runs before anything is installed.
 */
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { constants } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
/** @type {NodeJS.ProcessEnv} */
const env = { ...process.env };
const NEEDED_MAJOR = 24;
/** Another set-up in the same folder is waited for this long, then taken for dead. */
const LOCK_MS = 10 * 60_000;

/** @param {string} line */
function say(line) {
  process.stderr.write(`${line}\n`);
}

/**
 * @param {string} line
 * @returns {never}
 */
function stop(line) {
  say(line);
  process.exit(1);
}

/**
 * What an installation depends on: when this changes, it is made again.
 * @param {string} folder
 */
function fingerprint(folder) {
  const lockfile = readFileSync(join(folder, 'package-lock.json'));
  return createHash('sha256').update(lockfile).update(`${process.platform} ${process.arch}`).digest('hex');
}

/** @param {string} folder */
function installed(folder) {
  const stamp = join(folder, 'node_modules', '.installed');
  return existsSync(stamp) && readFileSync(stamp, 'utf8') === fingerprint(folder);
}

/**
 * Two commands started at once in a bare clone must not install over each other.
 * @param {string} folder
 * @param {() => void} work
 */
function alone(folder, work) {
  const lock = join(folder, '.installing');
  const started = Date.now();
  for (;;) {
    try {
      mkdirSync(lock);
      break;
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
    }
    if (installed(folder)) return;
    const age = existsSync(lock) ? Date.now() - statSync(lock).mtimeMs : 0;
    if (age > LOCK_MS || Date.now() - started > LOCK_MS) rmSync(lock, { recursive: true, force: true });
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 250);
  }
  const free = () => rmSync(lock, { recursive: true, force: true });
  process.once('exit', free);
  try {
    if (!installed(folder)) work();
  } finally {
    free();
  }
}

/**
 * @param {string} folder
 * @param {string} what
 */
function install(folder, what) {
  if (installed(folder)) return;
  alone(folder, () => {
    say(`Setting up: ${what} (once; needs the npm registry) …`);
    const began = Date.now();
    const npm = spawnSync('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'], {
      cwd: folder,
      env,
      stdio: ['ignore', 2, 2],
    });
    if (npm.error) stop(`Setting up failed: npm could not be started (${npm.error.message}).`);
    if (npm.status !== 0) stop(`Setting up failed: "npm ci" in ${folder} ended with ${npm.status ?? npm.signal}.`);
    writeFileSync(join(folder, 'node_modules', '.installed'), fingerprint(folder));
    say(`Set up ${what} in ${((Date.now() - began) / 1000).toFixed(1)} s.`);
  });
}

/** @param {string} folder */
function putFirst(folder) {
  env['PATH'] = folder + delimiter + (env['PATH'] ?? '');
}

if (Number(process.versions.node.split('.')[0]) < NEEDED_MAJOR) {
  const tools = join(root, 'tools', 'node');
  install(tools, `Node ${NEEDED_MAJOR}, as this machine has ${process.versions.node}`);
  const bin = join(tools, 'node_modules', '.bin');
  if (!existsSync(join(bin, 'node'))) {
    stop(`Please install Node ${NEEDED_MAJOR} or newer: there is none on npm for ${process.platform} ${process.arch}.`);
  }
  putFirst(bin);
}
install(root, "the project's packages");
putFirst(join(root, 'node_modules', '.bin'));

const [command, ...args] = process.argv.slice(2);
if (!command) stop('Usage: node scripts/run.mjs <command> [arguments]');
const child = spawn(command, args, { cwd: root, env, stdio: 'inherit' });
// A terminal sends its signal to the whole group, a supervisor to this process alone: the command hears it either way.
for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP']))
  process.on(signal, () => child.kill(signal));
child.on('error', (error) => stop(`${command} could not be started: ${error.message}`));
child.on('exit', (code, signal) => process.exit(code ?? 128 + (signal ? constants.signals[signal] : 0)));
