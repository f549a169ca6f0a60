import { Redis } from 'ioredis';
import { z } from 'zod';
import { second } from '../../core/time.ts';
import { CannotOpen } from '../cannot-open.ts';
import type { Durability } from './durability.ts';
import type { Store } from './store.ts';

/** The first version with everything that our scripts use. */
const oldest = [6, 2] as const;

/**
 * Throws {@link CannotOpen}, with one line that says what to do, when Redis cannot keep what the engine promises: it
 * cannot be reached, does not let us in, is too old, throws keys away when its memory is full, or writes less to disk
 * than `durability` says. In a cluster this is asked of every master. `within` milliseconds it may take to answer at all:
 * when the program starts it may be starting, too.
 */
export async function checkStore(store: Store, durability: Durability, within = 5 * second): Promise<void> {
  await connected(store, within);
  const { client } = store;
  if (client instanceof Redis) return checkNode(client, store.address, durability);
  for (const node of client.nodes('master')) {
    await checkNode(node, `${node.options.host ?? ''}:${node.options.port ?? ''}`, durability, 'cluster');
  }
}

/** Resolves when commands get through. */
async function connected({ client, address }: Store, within: number): Promise<void> {
  if (client.status === 'ready') return;
  const ready = Promise.withResolvers<void>();
  let last: Error | undefined;
  const fail = () => ready.reject(new CannotOpen(reasonOf(last, address), { cause: last }));
  const failed = (error: Error) => {
    // What a cluster says of itself tells less than what its node said.
    last = 'lastNodeError' in error && error.lastNodeError instanceof Error ? error.lastNodeError : error;
    if (final.some((beginning) => last?.message.startsWith(beginning))) fail();
  };
  const timer = setTimeout(fail, within);
  client.on('ready', ready.resolve).on('error', failed);
  try {
    await ready.promise;
  } finally {
    clearTimeout(timer);
    client.off('ready', ready.resolve).off('error', failed);
  }
}

const wrongPassword = 'WRONGPASS';
const noPassword = 'NOAUTH';
const noCluster = 'ERR This instance has cluster support disabled';

/** Answers that stay the same however often one asks. */
const final = [wrongPassword, noPassword, noCluster];

function reasonOf(error: Error | undefined, address: string): string {
  const redis = `Redis at ${address}`;
  if (!error) return `${redis} does not answer.`;
  if (error.message.startsWith(wrongPassword)) return `${redis} refuses the name and password in REDIS_URL.`;
  if (error.message.startsWith(noPassword)) return `${redis} asks for a password: REDIS_URL takes one.`;
  if (error.message.startsWith(noCluster)) return `${redis} is a single server and not a cluster.`;
  const code = 'code' in error ? ` (${String(error.code)})` : '';
  return `${redis} cannot be reached${code}.`;
}

/** What Redis says of itself, as far as it matters here. */
const information = z.object({
  redis_version: z.string().regex(/^\d+\.\d+/),
  redis_mode: z.string(),
  maxmemory_policy: z.string(),
  aof_enabled: z.enum(['0', '1']),
});

async function checkNode(
  node: Redis,
  address: string,
  durability: Durability,
  usedAs: 'standalone' | 'cluster' = 'standalone',
): Promise<void> {
  const redis = `Redis at ${address}`;
  const told = information.safeParse(await informationOf(node, redis));
  if (!told.success) throw new CannotOpen(`${redis} does not say enough about itself in INFO: is it a Redis?`);
  const { redis_version: version, redis_mode: mode, maxmemory_policy: policy, aof_enabled: aof } = told.data;

  const [major = 0, minor = 0] = version.split('.').map(Number);
  const [oldestMajor, oldestMinor] = oldest;
  if (major < oldestMajor || (major === oldestMajor && minor < oldestMinor)) {
    throw new CannotOpen(`${redis} is version ${version}: it takes ${oldest.join('.')} or newer.`);
  }
  if (mode === 'cluster' && usedAs !== 'cluster') {
    throw new CannotOpen(`${redis} is a node of a cluster and not a single server.`);
  }
  if (policy !== 'noeviction') {
    throw new CannotOpen(
      `${redis} throws keys away when its memory is full (maxmemory-policy ${policy}): set maxmemory-policy noeviction.`,
    );
  }
  if (durability === 'none') return;
  const orElse = (less: string) => `or say REDIS_DURABILITY=${less}`;
  if (aof === '0') {
    throw new CannotOpen(
      `${redis} does not write to disk what REDIS_DURABILITY=${durability} promises: set appendonly yes, ${orElse('none')}.`,
    );
  }
  if (durability === 'everysec') return;
  const fsync = await appendfsyncOf(node, redis);
  if (fsync === 'always') return;
  throw new CannotOpen(
    fsync === null
      ? `${redis} does not let us ask for appendfsync, which REDIS_DURABILITY=always needs: allow its user CONFIG GET (ACL +config|get), ${orElse('everysec')}.`
      : `${redis} answers before it has written to disk (appendfsync ${fsync}), against REDIS_DURABILITY=always: set appendfsync always, ${orElse('everysec')}.`,
  );
}

/** The lines of INFO as an object. */
async function informationOf(node: Redis, redis: string): Promise<Record<string, string>> {
  try {
    const lines = (await node.info()).split('\r\n');
    return Object.fromEntries(
      lines.map((line) => {
        const [name = '', value = ''] = line.split(':', 2);
        return [name, value] as const;
      }),
    );
  } catch (cause) {
    throw new CannotOpen(
      isForbidden(cause)
        ? `${redis} does not let us ask how it is set: allow its user INFO (ACL +info).`
        : `${redis} does not answer.`,
      { cause },
    );
  }
}

/** Null where we may not ask. */
async function appendfsyncOf(node: Redis, redis: string): Promise<string | null> {
  try {
    const [, value] = z.tuple([z.literal('appendfsync'), z.string()]).parse(await node.config('GET', 'appendfsync'));
    return value;
  } catch (cause) {
    // Managed servers take the command away altogether.
    if (isForbidden(cause)) return null;
    throw new CannotOpen(`${redis} does not say how it writes to disk.`, { cause });
  }
}

/** By its rules for users, or because the command was taken away or renamed. */
function isForbidden(error: unknown): boolean {
  return error instanceof Error && /^NOPERM|^ERR unknown command/i.test(error.message);
}
