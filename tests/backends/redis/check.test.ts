import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';
import { Redis } from 'ioredis';
import { describe, expect, it, onTestFinished } from 'vitest';
import { CannotOpen } from '../../../src/backends/cannot-open.ts';
import { checkStore } from '../../../src/backends/redis/check.ts';
import type { Durability } from '../../../src/backends/redis/durability.ts';
import { openStore } from '../../../src/backends/redis/store.ts';
import { freePort } from '../../servers/process.ts';
import { type RedisOptions, startRedis, startRedisCluster } from '../../servers/redis.ts';

/** A server of the test's own. */
async function server(options: RedisOptions = {}) {
  const redis = await startRedis(options);
  onTestFinished(() => redis.stop());
  return {
    ...redis,
    address: new URL(redis.url).host,
    /** Sends commands as the server's owner. */
    tell: async (command: string, ...args: readonly string[]) => {
      const client = new Redis(redis.url);
      await client.call(command, ...args);
      client.disconnect();
    },
  };
}

interface Asked {
  readonly durability?: Durability;
  readonly within?: number;
  readonly cluster?: boolean;
}

/** What the check of this address comes to: the one line that it throws, or `fine`. */
async function verdict(url: string, { durability = 'none', within, cluster = false }: Asked = {}) {
  const store = openStore({ url, cluster });
  try {
    await checkStore(store, durability, within);
    return 'fine';
  } catch (error) {
    expect(error).toBeInstanceOf(CannotOpen);
    return error instanceof CannotOpen ? error.message : '';
  } finally {
    await store.close();
  }
}

function withUser(url: string, credentials: string): string {
  return url.replace('redis://', `redis://${credentials}@`);
}

describe('the check of Redis at the start', () => {
  it('takes a server that keeps what was promised', async () => {
    const nothing = await server();
    const everysec = await server({ appendfsync: 'everysec' });
    const always = await server({ appendfsync: 'always' });
    expect(await verdict(nothing.url, { durability: 'none' })).toBe('fine');
    expect(await verdict(everysec.url, { durability: 'everysec' })).toBe('fine');
    expect(await verdict(always.url, { durability: 'everysec' })).toBe('fine');
    expect(await verdict(always.url, { durability: 'always' })).toBe('fine');
  });

  it('refuses a server that evicts keys, whatever was promised', async () => {
    for (const policy of ['allkeys-lru', 'volatile-ttl']) {
      const { url, address } = await server({ maxmemoryPolicy: policy });
      expect(await verdict(url)).toBe(
        `Redis at ${address} throws keys away when its memory is full (maxmemory-policy ${policy}): set maxmemory-policy noeviction.`,
      );
    }
  });

  it('refuses a server without an append-only file where the settings promise one', async () => {
    const { url, address } = await server();
    for (const durability of ['everysec', 'always'] as const) {
      expect(await verdict(url, { durability })).toBe(
        `Redis at ${address} does not write to disk what REDIS_DURABILITY=${durability} promises: set appendonly yes, or say REDIS_DURABILITY=none.`,
      );
    }
  });

  it('refuses a server that answers before it has written, where every write was promised', async () => {
    const { url, address } = await server({ appendfsync: 'everysec' });
    expect(await verdict(url, { durability: 'always' })).toBe(
      `Redis at ${address} answers before it has written to disk (appendfsync everysec), against REDIS_DURABILITY=always: set appendfsync always, or say REDIS_DURABILITY=everysec.`,
    );
  });

  it('needs CONFIG only for what INFO does not say, and says how to go on without it', async () => {
    const { url, address, tell } = await server({ appendfsync: 'always' });
    await tell('ACL', 'SETUSER', 'app', 'on', '>sesame', '~*', '&*', '+@all', '-config');
    const app = withUser(url, 'app:sesame');
    expect(await verdict(app, { durability: 'everysec' })).toBe('fine');
    expect(await verdict(app, { durability: 'always' })).toBe(
      `Redis at ${address} does not let us ask for appendfsync, which REDIS_DURABILITY=always needs: allow its user CONFIG GET (ACL +config|get), or say REDIS_DURABILITY=everysec.`,
    );
    await tell('ACL', 'SETUSER', 'app', '+config|get');
    expect(await verdict(app, { durability: 'always' })).toBe('fine');
  });

  it('says so when it may not ask at all', async () => {
    const { url, address, tell } = await server();
    await tell('ACL', 'SETUSER', 'app', 'on', '>sesame', '~*', '&*', '+@all', '-info');
    expect(await verdict(withUser(url, 'app:sesame'))).toBe(
      `Redis at ${address} does not let us ask how it is set: allow its user INFO (ACL +info).`,
    );
  });

  it('refuses a version that is too old', async () => {
    const { url } = await server();
    const proxy = await rewriting(url, 'redis_version:7.0.15', 'redis_version:6.0.16');
    expect(await verdict(proxy.url)).toBe(`Redis at ${proxy.address} is version 6.0.16: it takes 6.2 or newer.`);
    const young = await rewriting(url, 'redis_version:7.0.15', 'redis_version:6.2.14');
    expect(await verdict(young.url)).toBe('fine');
  });

  it('tells a wrong password from none, at once and without showing it', async () => {
    const { url, address, tell } = await server();
    await tell('CONFIG', 'SET', 'requirepass', 'sesame');
    const patient = { within: 60_000 };
    expect(await verdict(withUser(url, ':hunter2'), patient)).toBe(
      `Redis at ${address} refuses the name and password in REDIS_URL.`,
    );
    expect(await verdict(url, patient)).toBe(`Redis at ${address} asks for a password: REDIS_URL takes one.`);
    expect(await verdict(withUser(url, ':sesame'))).toBe('fine');
  });

  it('gives up when nobody listens at the address, and does not show the password that was meant for it', async () => {
    const address = `127.0.0.1:${await freePort()}`;
    const url = `redis://app:sesame@${address}`;
    expect(await verdict(url, { within: 300 })).toBe(`Redis at ${address} cannot be reached (ECONNREFUSED).`);
    // A cluster's client does not say why.
    expect(await verdict(url, { within: 300, cluster: true })).toBe(`Redis at ${address} cannot be reached.`);
  });

  it('gives up when the server takes connections and says nothing', async () => {
    const redis = await server();
    redis.freeze();
    expect(await verdict(redis.url, { within: 300 })).toBe(`Redis at ${redis.address} does not answer.`);
  });

  it('waits for a server that is just starting', async () => {
    const redis = await server({ appendfsync: 'everysec' });
    await redis.crash();
    const checked = verdict(redis.url, { durability: 'everysec' });
    await redis.restart();
    expect(await checked).toBe('fine');
  });

  it('asks every master of a cluster', async () => {
    const cluster = await startRedisCluster();
    onTestFinished(() => cluster.stop());
    expect(await verdict(cluster.url, { cluster: true })).toBe('fine');
    const [, , last] = cluster.nodes;
    const node = new Redis(last?.url ?? '');
    await node.config('SET', 'maxmemory-policy', 'allkeys-lfu');
    node.disconnect();
    expect(await verdict(cluster.url, { cluster: true })).toBe(
      `Redis at ${new URL(last?.url ?? '').host} throws keys away when its memory is full (maxmemory-policy allkeys-lfu): set maxmemory-policy noeviction.`,
    );
  });

  it('tells a cluster from a single server', async () => {
    const single = await server();
    expect(await verdict(single.url, { cluster: true, within: 60_000 })).toBe(
      `Redis at ${single.address} is a single server and not a cluster.`,
    );
    const cluster = await startRedisCluster();
    onTestFinished(() => cluster.stop());
    expect(await verdict(cluster.url)).toBe(
      `Redis at ${new URL(cluster.url).host} is a node of a cluster and not a single server.`,
    );
  });
});

/** Stands before a server and says one thing in the place of another of the same length. */
async function rewriting(url: string, from: string, to: string) {
  const open = new Set<Socket>();
  const proxy = createServer((inner) => {
    const outer = connect(Number(new URL(url).port), '127.0.0.1');
    for (const socket of [inner, outer]) open.add(socket.on('error', () => socket.destroy()));
    inner.pipe(outer);
    outer.on('data', (bytes) => inner.write(bytes.toString('latin1').replace(from, to), 'latin1'));
    outer.on('end', () => inner.end());
  });
  const port = await freePort();
  const address = `127.0.0.1:${port}`;
  await once(proxy.listen(port, '127.0.0.1'), 'listening');
  onTestFinished(() => {
    for (const socket of open) socket.destroy();
    proxy.close();
  });
  return { url: `redis://${address}`, address };
}
