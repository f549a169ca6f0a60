import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findFaketime, wrongClock } from '../servers/faketime.ts';
import { type PostgresServer, startPostgres } from '../servers/postgres.ts';
import { findRedis } from '../servers/redis.ts';
import type { Worker } from './fleet.ts';
import { Member, memberDatabase } from './member.ts';
import { Stage } from './stage.ts';
import { timesSchema } from './wire.ts';

const minute = 60_000;
const faketime = findFaketime();

async function timesOf({ url }: Worker): Promise<{ computer: number; program: number }> {
  const response = await fetch(url ?? '');
  return timesSchema.parse(await response.json());
}

describe.skipIf(findRedis() === null || faketime === null)('a worker whose computer shows another time', () => {
  let postgres: PostgresServer;
  beforeAll(async () => {
    postgres = await startPostgres();
  });
  afterAll(() => postgres.stop());

  it.each(['+1h', '-1h'])(
    'by %s goes by the time of Redis, to a second, and its codes are as good as any',
    async (by) => {
      const stage = await Stage.open({
        workers: ['right', 'wrong'],
        database: await memberDatabase(postgres),
        env: { wrong: wrongClock(faketime ?? '', by) },
      });
      const [right, wrong] = [stage.fleet.worker('right'), stage.fleet.worker('wrong')];
      const [atRight, atWrong] = [await timesOf(right), await timesOf(wrong)];
      expect(Math.abs(atWrong.computer - atRight.computer)).toBeGreaterThan(59 * minute);
      expect(Math.abs(atWrong.program - atRight.program)).toBeLessThan(1_000);

      const asked = new Member(stage, 'asks where the clock is right', 0);
      expect(await asked.says(await asked.asksForCode(right), wrong)).toMatch(/Saldo JHT Anda/);
      const other = new Member(stage, 'asks where the clock is wrong', 1);
      expect(await other.says(await other.asksForCode(wrong), right)).toMatch(/Saldo JHT Anda/);
    },
  );
});
