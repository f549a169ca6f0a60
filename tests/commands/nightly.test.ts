import { Queue } from 'bullmq';
import { Redis } from 'ioredis';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { onServer } from '../backends/postgres/places.ts';
import { type PostgresServer, startPostgres } from '../servers/postgres.ts';
import { startProduct } from '../servers/product.ts';
import { findRedis, startRedis } from '../servers/redis.ts';

let postgres: PostgresServer;
beforeAll(async () => {
  postgres = await startPostgres();
});
afterAll(() => postgres.stop());

/** The program on a database in which a NIK has not been tried for a hundred days. */
async function start(env: Record<string, string> = {}) {
  const url = await postgres.createDatabase();
  const settings = { DATABASE_URL: url, SECRET_KEY: 'a secret for tests only, long enough', DEMO: 'on', ...env };
  const first = await startProduct(settings);
  await first.stop();
  await onServer(
    url,
    `insert into registry.code_failures (nik, failures, disabled, turns, last_try_at)
      values ('idle', 7, false, '{}', now() - interval '100 days'), ('young', 7, false, '{}', now())`,
  );
  const product = await startProduct(settings);
  onTestFinished(async () => void (await product.stop()));
  return {
    product,
    left: async () => (await onServer(url, 'select nik from registry.code_failures')).map((row) => row['nik']),
  };
}

describe('what is done at night', () => {
  it('forgets old failed codes, at the start of a process that is alone', async () => {
    const { product, left } = await start();
    await expect.poll(left).toEqual(['young']);
    await expect.poll(() => product.log()).toContain('"code":"job.done","job":"sweep-code-failures"');
  });

  it.skipIf(findRedis() === null)('forgets them at its time where processes share a Redis', async () => {
    const redis = await startRedis({ appendfsync: 'everysec' });
    onTestFinished(() => redis.stop());
    const { product, left } = await start({ REDIS_URL: redis.url });
    expect(await left()).toEqual(['idle', 'young']);

    const connection = new Redis(redis.url);
    const queue = new Queue('jobs', { connection, prefix: 'jamsostek:{schedule}' });
    onTestFinished(async () => {
      await queue.close();
      connection.disconnect();
    });
    for (const tonight of await queue.getDelayed()) await tonight.promote();
    await expect.poll(left).toEqual(['young']);
    await expect.poll(() => product.log()).toContain('"code":"job.done","job":"sweep-code-failures"');
    await expect.poll(() => product.log()).toContain('"code":"job.done","job":"sweep-misses"');
    await expect.poll(() => product.log()).toMatch(/"code":"audit\.head","seq":0,"hash":""/);
    expect((await queue.getDelayed()).map(({ name }) => name).sort()).toEqual([
      'sweep-chats',
      'sweep-code-failures',
      'sweep-misses',
      'verify-audit',
    ]);
  });

  it.skipIf(findRedis() === null)('is left to workers', async () => {
    const redis = await startRedis({ appendfsync: 'everysec' });
    onTestFinished(() => redis.stop());
    await start({ REDIS_URL: redis.url, ROLES: 'web' });
    const connection = new Redis(redis.url);
    onTestFinished(() => connection.disconnect());
    expect(await connection.keys('*schedule*')).toEqual([]);
  });
});
