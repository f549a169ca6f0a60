import { randomInt } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { findRedis } from '../servers/redis.ts';
import { chaos } from './chaos.ts';
import { brokenPromises } from './promises.ts';
import { tableOf } from './table.ts';

describe.skipIf(findRedis() === null)('a minute of faults', () => {
  it('loses nothing, doubles nothing, and keeps everything in order', { timeout: 180_000 }, async () => {
    const figures = await chaos(60, randomInt(1_000_000));
    process.stdout.write(`\n${tableOf(figures)}`);
    expect(brokenPromises(figures)).toEqual([]);
  });
});
