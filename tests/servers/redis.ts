import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as pause } from 'node:timers/promises';
import { Redis } from 'ioredis';
import { end, endWithThisProcess, freePort, isRunning } from './process.ts';
import { findRedis } from './redis-program.ts';

export { findRedis } from './redis-program.ts';

/** What a test may want of its server. It keeps nothing on disk unless `appendfsync` says so. */
export interface RedisOptions {
  /** Keeps every write in an append-only file, flushed so often. */
  readonly appendfsync?: 'always' | 'everysec';
  /** As in redis.conf: `3mb`. */
  readonly maxmemory?: string;
  /** As in redis.conf; `noeviction` when not said. */
  readonly maxmemoryPolicy?: string;
  /** Allows DEBUG, for `DEBUG SLEEP`. */
  readonly debug?: boolean;
}

/** A Redis server of this test's own, on a free port, with its data in a temporary folder. */
export interface RedisServer {
  readonly url: string;
  /** The process that serves now: another one after a restart. */
  pid(): number;
  /** Ends it by SIGKILL: nothing is finished, nothing is said. */
  crash(): Promise<void>;
  /** Starts it again at the same address, with what it had written to disk; ready when it resolves. */
  restart(): Promise<void>;
  /** Holds the process where it is: connections are taken and nothing answers. */
  freeze(): void;
  thaw(): void;
  stop(): Promise<void>;
}

/** Starts a server; it is ready when this resolves, in some 20 ms. Throws where {@link findRedis} finds none. */
export async function startRedis(options: RedisOptions = {}): Promise<RedisServer> {
  return onFreePorts(() =>
    serve([
      '--maxmemory-policy',
      options.maxmemoryPolicy ?? 'noeviction',
      ...(options.maxmemory === undefined ? [] : ['--maxmemory', options.maxmemory]),
      ...(options.appendfsync === undefined ? [] : ['--appendonly', 'yes', '--appendfsync', options.appendfsync]),
      ...(options.debug === true ? ['--enable-debug-command', 'local'] : []),
    ]),
  );
}

/** A cluster of three masters that share all slots. */
export interface RedisCluster {
  /** One of its nodes, from which a client finds the others. */
  readonly url: string;
  readonly nodes: readonly RedisServer[];
  stop(): Promise<void>;
}

const slots = 16_384;
const masters = 3;

/** Starts a cluster; every node knows every slot when this resolves, in some three seconds. */
export async function startRedisCluster(): Promise<RedisCluster> {
  const nodes: RedisServer[] = [];
  const clients: Redis[] = [];
  const stop = async () => void (await Promise.all(nodes.map((node) => node.stop())));
  try {
    const busPorts: number[] = [];
    for (let nth = 0; nth < masters; nth += 1) {
      const { node, busPort } = await onFreePorts(async () => {
        // By default the bus is at the port + 10,000, which may be no port at all.
        const bus = await freePort();
        const own = ['--cluster-enabled', 'yes', '--cluster-port', String(bus), '--cluster-announce-ip', '127.0.0.1'];
        return { node: await serve([...own, '--cluster-node-timeout', '2000']), busPort: bus };
      });
      busPorts.push(busPort);
      nodes.push(node);
      clients.push(new Redis(node.url));
    }
    for (const [nth, client] of clients.entries()) {
      const from = Math.floor((nth * slots) / masters);
      const to = Math.floor(((nth + 1) * slots) / masters) - 1;
      await client.call('CLUSTER', 'SET-CONFIG-EPOCH', nth + 1);
      await client.call('CLUSTER', 'ADDSLOTSRANGE', from, to);
    }
    // Only now: a node that knows another one takes no epoch any more.
    for (const [nth, client] of clients.entries()) {
      for (const [other, node] of nodes.entries()) {
        if (other === nth) continue;
        await client.call('CLUSTER', 'MEET', '127.0.0.1', new URL(node.url).port, String(busPorts[other]));
      }
    }
    for (const client of clients) await knowsAll(client);
    const [first] = nodes;
    if (!first) throw new Error('A cluster has nodes.');
    return { url: first.url, nodes, stop };
  } catch (error) {
    await stop();
    throw error;
  } finally {
    for (const client of clients) client.disconnect();
  }
}

async function knowsAll(client: Redis): Promise<void> {
  for (let tries = 0; tries < 300; tries += 1) {
    const told = String(await client.call('CLUSTER', 'INFO'));
    if (told.includes('cluster_state:ok') && told.includes(`cluster_known_nodes:${masters}`)) return;
    await pause(50);
  }
  throw new Error('The cluster did not come together.');
}

/** A port that was free a moment ago may be somebody's by now: then another one is taken. */
async function onFreePorts<Started>(start: () => Promise<Started>): Promise<Started> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await start();
    } catch (error) {
      const taken = error instanceof Error && error.message.includes('Address already in use');
      if (!taken || tries === 5) throw error;
    }
  }
}

async function serve(settings: readonly string[]): Promise<RedisServer> {
  const folder = mkdtempSync(join(tmpdir(), 'redis-'));
  const port = await freePort();
  const all = ['--port', String(port), '--bind', '127.0.0.1', '--dir', folder, '--save', '', ...settings];
  let server = await start(all);
  return {
    url: `redis://127.0.0.1:${port}`,
    pid: () => server.pid ?? 0,
    crash: () => end(server, 'SIGKILL'),
    async restart() {
      server = await start(all);
    },
    freeze: () => void server.kill('SIGSTOP'),
    thaw: () => void server.kill('SIGCONT'),
    async stop() {
      if (isRunning(server)) server.kill('SIGCONT');
      await end(server, 'SIGKILL');
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function start(settings: readonly string[]): Promise<ChildProcess> {
  const program = findRedis();
  if (program === null) throw new Error('There is no redis-server here.');
  const libraries = [...program.libraries, process.env['LD_LIBRARY_PATH'] ?? ''].filter((folder) => folder !== '');
  const server = spawn(program.path, settings, {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, ...(libraries.length > 0 && { LD_LIBRARY_PATH: libraries.join(delimiter) }) },
  });
  endWithThisProcess(server, 'KILL');
  const said: string[] = [];
  for await (const line of createInterface({ input: server.stdout })) {
    if (line.includes('Ready to accept connections')) {
      server.stdout.resume();
      return server;
    }
    said.push(line);
  }
  throw new Error(`Redis did not start: ${said.join(' / ')}`);
}
