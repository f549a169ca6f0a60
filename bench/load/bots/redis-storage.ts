import type { StorageAdapter } from 'grammy';
import { Redis } from 'ioredis';

const keptFor = 26 * 60 * 60;

export function openRedis(url: string): Redis {
  return new Redis(url, { enableAutoPipelining: true });
}

/** What grammY keeps, as JSON in Redis. */
export function redisStorage<Value>(redis: Redis, prefix: string): StorageAdapter<Value> {
  return {
    async read(key) {
      const text = await redis.get(`${prefix}:${key}`);
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- as such adapters do: what was written is believed
      return text === null ? undefined : (JSON.parse(text) as Value);
    },
    async write(key, value) {
      await redis.set(`${prefix}:${key}`, JSON.stringify(value), 'EX', keptFor);
    },
    async delete(key) {
      await redis.del(`${prefix}:${key}`);
    },
  };
}
