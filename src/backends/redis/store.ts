import { createHash } from 'node:crypto';
import { Cluster, Redis, type RedisOptions } from 'ioredis';
import type { z } from 'zod';
import { second } from '../../core/time.ts';

/** A command that has not been answered by then counts as failed; it may still take effect. */
const patience = 2 * second;

/** A Lua script of ours. Each reads and writes keys of one hash slot only, and is idempotent or works only once. */
export interface Script<Reply> {
  readonly lua: string;
  /** What it answers; anything else is a fault. */
  readonly reply: z.ZodType<Reply>;
}

/** Redis as the program uses it: a single server or a cluster, and scripts on it. */
export interface Store {
  readonly client: Redis | Cluster;
  /** Host and port, for messages: the address that was given may hold a password. */
  readonly address: string;
  /** What every key of this program begins with. */
  readonly prefix: string;
  /**
   * Runs a script. `key` names the hash slot that it works in. Rejects when there is no answer in time; it may have
   * taken effect all the same, and the client sends what was not answered again after a cut connection.
   */
  run<Reply>(script: Script<Reply>, key: string, ...args: readonly (string | number)[]): Promise<Reply>;
  /** A connection of its own for what blocks or listens: it waits for an answer however long. The caller closes it. */
  connect(): Redis | Cluster;
  /**
   * Hears what is called out on these channels, on a connection of its own, also after it was cut. `listening` is called
   * each time that it begins to hear: what was called out before that is lost.
   */
  listen(channels: readonly string[], hear: (channel: string, text: string) => void, listening?: () => void): Listener;
  close(): Promise<void>;
}

/** Somebody who hears what is called out. */
export interface Listener {
  stop(): void;
}

export interface StoreOptions {
  readonly url: string;
  /** Other programs, and other tests, may use the same server. */
  readonly prefix?: string;
  /** True for a Redis Cluster that `url` names one node of. */
  readonly cluster?: boolean;
}

/** Opens the store. Connecting goes on in the background: what is asked meanwhile waits, but not for long. */
export function openStore({ url, prefix = 'jamsostek', cluster = false }: StoreOptions): Store {
  const open = (manner: Manner) => (cluster ? clusterAt(url, manner) : serverAt(url, manner));
  const client = open(asking);
  const digests = new Map<string, string>();
  const digestOf = (lua: string): string => {
    const known = digests.get(lua);
    if (known !== undefined) return known;
    const digest = createHash('sha1').update(lua).digest('hex');
    digests.set(lua, digest);
    return digest;
  };
  return {
    client,
    address: new URL(url).host,
    prefix,
    connect: () => open(listening),
    listen(channels, hear, begun) {
      const listener = open(listening);
      listener.on('message', hear);
      // One that is ended while it subscribes complains to nobody.
      const subscribe = () => listener.subscribe(...channels).then(begun, () => undefined);
      listener.on('ready', () => void subscribe());
      return { stop: () => listener.disconnect() };
    },
    async run({ lua, reply }, key, ...args) {
      try {
        return reply.parse(await client.evalsha(digestOf(lua), 1, key, ...args));
      } catch (error) {
        if (!isUnknownScript(error)) throw error;
        return reply.parse(await client.eval(lua, 1, key, ...args));
      }
    },
    async close() {
      client.disconnect();
    },
  };
}

/** After a start, a failover or `SCRIPT FLUSH` the server does not know the script by its digest. */
function isUnknownScript(error: unknown): boolean {
  return error instanceof Error && error.message.startsWith('NOSCRIPT');
}

/** How a connection takes waiting. */
type Manner = Pick<
  RedisOptions,
  'enableAutoPipelining' | 'maxRetriesPerRequest' | 'commandTimeout' | 'autoResubscribe'
>;

const asking: Manner = { enableAutoPipelining: true, maxRetriesPerRequest: 3, commandTimeout: patience };
// The client subscribes again by itself, but a rejection of that is caught by nobody.
const listening: Manner = { maxRetriesPerRequest: null, autoResubscribe: false };

const retryPause = (times: number): number => Math.min(50 * times, second);

function serverAt(url: string, manner: Manner): Redis {
  // A server that loads its data, or has become a replica, is one to come back to.
  return quiet(
    new Redis(url, {
      ...manner,
      connectTimeout: patience,
      retryStrategy: retryPause,
      reconnectOnError: ({ message }) => (message.startsWith('READONLY') ? 2 : false),
    }),
  );
}

function clusterAt(url: string, manner: Manner): Cluster {
  const { hostname, port, username, password, protocol } = new URL(url);
  return quiet(
    new Cluster([{ host: hostname, port: Number(port || 6_379) }], {
      enableAutoPipelining: manner.enableAutoPipelining === true,
      clusterRetryStrategy: retryPause,
      redisOptions: {
        ...manner,
        connectTimeout: patience,
        ...(username !== '' && { username: decodeURIComponent(username) }),
        ...(password !== '' && { password: decodeURIComponent(password) }),
        ...(protocol === 'rediss:' && { tls: {} }),
      },
    }),
  );
}

/** What goes wrong on a connection is told by the commands that fail; unheard, the event would end the program. */
function quiet<Client extends Redis | Cluster>(client: Client): Client {
  client.on('error', () => undefined);
  return client;
}
