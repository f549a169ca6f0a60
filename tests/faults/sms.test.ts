import { randomInt } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { findKannel } from '../servers/kannel.ts';
import { findRedis } from '../servers/redis.ts';
import { smsChaos } from './sms-chaos.ts';
import { brokenSmsPromises, smsLine } from './sms-promises.ts';

describe.skipIf(findKannel() === null || findRedis() === null)(
  'telephones, while everything on their way is killed',
  () => {
    it('lose nothing that was acknowledged, and get no code twice', { timeout: 180_000 }, async () => {
      const figures = await smsChaos(2, randomInt(1_000_000));
      process.stdout.write(`\n${smsLine(figures)}`);
      expect(brokenSmsPromises(figures)).toEqual([]);
    });
  },
);
