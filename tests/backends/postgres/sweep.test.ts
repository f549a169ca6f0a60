import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { sweepCodeFailures } from '../../../src/backends/postgres/sweep.ts';
import { type PostgresServer, startPostgres } from '../../servers/postgres.ts';
import { kinds, openOwned, ownerOf } from './places.ts';

let server: PostgresServer;
beforeAll(async () => {
  server = await startPostgres();
});
afterAll(() => server.stop());

const never = new AbortController().signal;

/** Rows of failed codes: `nik` last tried so many days ago. */
function rows(nik: string, days: string, disabled = false): string {
  return `insert into registry.code_failures (nik, failures, disabled, turns, last_try_at)
    values ('${nik}', 7, ${disabled}, '{}', now() - interval '${days}')`;
}

for (const { name, place } of kinds) {
  describe(`${name}: the sweep of failed codes`, () => {
    async function stage() {
      const database = await openOwned(await place(server));
      onTestFinished(() => database.close());
      return {
        database,
        left: async () =>
          (await database.asOwner('select nik from registry.code_failures order by nik')).map((row) => row['nik']),
      };
    }

    it('forgets what nobody has tried for 90 days, and nothing younger', async () => {
      const { database, left } = await stage();
      await database.asOwner(rows('a', '91 days'));
      await database.asOwner(rows('b', '90 days 1 second'));
      await database.asOwner(rows('c', '89 days 23 hours'));
      await database.asOwner(rows('d', '0 days'));
      expect(await sweepCodeFailures(database, never)).toBe(2);
      expect(await left()).toEqual(['c', 'd']);
      expect(await sweepCodeFailures(database, never)).toBe(0);
    });

    it('never forgets that a NIK is disabled', async () => {
      const { database, left } = await stage();
      await database.asOwner(rows('disabled', '4000 days', true));
      await database.asOwner(rows('other', '4000 days'));
      expect(await sweepCodeFailures(database, never)).toBe(1);
      expect(await left()).toEqual(['disabled']);
    });

    it('goes through any number in batches, and leaves the rest to the next when it is stopped', async () => {
      const { database, left } = await stage();
      await database.asOwner(`insert into registry.code_failures (nik, failures, disabled, turns, last_try_at)
        select 'nik ' || n, 1, false, '{}', now() - interval '100 days' from generate_series(1, 1200) as n`);
      expect(await sweepCodeFailures(database, AbortSignal.abort())).toBe(0);
      expect(await left()).toHaveLength(1200);
      expect(await sweepCodeFailures(database, never)).toBe(1200);
      expect(await left()).toEqual([]);
    });
  });
}

describe('a sweep beside the counting of codes', () => {
  it('does not wait for a NIK that is being tried, and does not forget it', async () => {
    const url = await server.createDatabase();
    const database = await openOwned({ kind: 'server', url });
    onTestFinished(() => database.close());
    await database.asOwner(rows('tried', '100 days'));
    await database.asOwner(rows('idle', '100 days'));
    await ownerOf(url, async (owner) => {
      await owner.query('begin');
      await owner.query(`select bot.count_code_failure('tried', 'turn', now(), '[]')`);
      expect(await sweepCodeFailures(database, never)).toBe(1);
      await owner.query('commit');
    });
    expect(await sweepCodeFailures(database, never)).toBe(0);
    expect(await database.asOwner('select nik, failures from registry.code_failures')).toEqual([
      { nik: 'tried', failures: 8 },
    ]);
  });
});
