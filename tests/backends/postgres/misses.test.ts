import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { postgresMisses, recentMisses } from '../../../src/backends/postgres/misses.ts';
import { sweepMisses } from '../../../src/backends/postgres/sweep.ts';
import { type Miss, Unavailable } from '../../../src/core/services.ts';
import { day, hour } from '../../../src/core/time.ts';
import { type PostgresServer, startPostgres } from '../../servers/postgres.ts';
import { kinds, openOwned } from './places.ts';

let server: PostgresServer;
beforeAll(async () => {
  server = await startPostgres();
});
afterAll(() => server.stop());

const never = new AbortController().signal;
const most = 2_000;

/** The day in Jakarta, so many days ago. */
function dayBefore(days: number): string {
  return new Date(Date.now() + 7 * hour - days * day).toISOString().slice(0, 10);
}

function miss(text: string, details: Partial<Miss> = {}): Miss {
  return { text, language: 'id', at: Date.now(), ...details };
}

for (const { name, place } of kinds) {
  describe(`${name}: messages that were not understood`, () => {
    async function stage() {
      const database = await openOwned(await place(server));
      onTestFinished(() => database.close());
      const misses = postgresMisses(database);
      return {
        database,
        misses,
        recent: () => recentMisses(database, most),
        old: (text: string, days: number) =>
          database.asOwner(`insert into registry.misses values ('${dayBefore(days)}', 'id', '${text}', 1)`),
        left: async () =>
          (await database.asOwner('select text from registry.misses order by text')).map((row) => row['text']),
      };
    }

    it('are counted by text, language and day, what came most often first', async () => {
      const { misses, recent } = await stage();
      for (const text of ['mau •', 'tiket # kereta', 'tiket # kereta']) await misses.note(miss(text));
      await misses.note(miss('tiket # kereta', { at: Date.now() - 3 * day }));
      await Promise.all([1, 2, 3, 4].map(() => misses.note(miss('mau •', { language: 'en', at: Date.now() - day }))));
      expect(await recent()).toEqual([
        { text: 'mau •', language: 'en', newest: dayBefore(1), times: 4 },
        { text: 'tiket # kereta', language: 'id', newest: dayBefore(0), times: 3 },
        { text: 'mau •', language: 'id', newest: dayBefore(0), times: 1 },
      ]);
    });

    it('are kept without a time, a chat or a channel: the day is that in Jakarta', async () => {
      const { database, misses } = await stage();
      await misses.note(miss('a', { at: Date.parse('2026-11-21T16:59:59Z') }));
      await misses.note(miss('b', { at: Date.parse('2026-11-21T17:00:00Z') }));
      expect(await database.asOwner(`select to_jsonb(m) as row from registry.misses m order by text`)).toEqual([
        { row: { day: '2026-11-21', language: 'id', text: 'a', times: 1 } },
        { row: { day: '2026-11-22', language: 'id', text: 'b', times: 1 } },
      ]);
    });

    it('are refused when a digit was left, or when they are long: the second look at what is masked', async () => {
      const { misses, recent } = await stage();
      for (const text of ['nik 3', 'x'.repeat(257)]) {
        await expect(misses.note(miss(text))).rejects.toBeInstanceOf(Unavailable);
      }
      await misses.note(miss('•'.repeat(256)));
      expect(await recent()).toHaveLength(1);
    });

    it('are never shown once they are 30 days old, swept or not', async () => {
      const { old, recent } = await stage();
      await old('old', 30);
      await old('young', 29);
      expect((await recent()).map(({ text }) => text)).toEqual(['young']);
    });

    it('are swept then, in batches, and nothing younger', async () => {
      const { database, old, left } = await stage();
      await old('old', 30);
      await old('young', 29);
      await database.asOwner(`insert into registry.misses
        select '${dayBefore(31)}', 'id', repeat('x', n % 100) || chr(200 + n / 100), 1 from generate_series(1, 1200) as n`);
      expect(await sweepMisses(database, AbortSignal.abort())).toBe(0);
      expect(await sweepMisses(database, never)).toBe(1201);
      expect(await left()).toEqual(['young']);
      expect(await sweepMisses(database, never)).toBe(0);
    });

    it('take a few old ones with them, where no nightly work is done', async () => {
      const { misses, old, left } = await stage();
      await old('old', 40);
      await old('young', 29);
      await misses.note(miss('new'));
      expect(await left()).toEqual(['new', 'young']);
    });

    it('fill no table: of a day 5,000 different ones are kept, and counted on', async () => {
      const { database, misses, left } = await stage();
      await database.asOwner(`insert into registry.misses
        select '${dayBefore(0)}', 'id', repeat('x', n % 100) || chr(200 + n / 100), 1 from generate_series(1, 4999) as n`);
      for (const text of ['last', 'too many', 'last']) await misses.note(miss(text));
      await misses.note(miss('of another day', { at: Date.now() - day }));
      const kept = await left();
      expect(kept).toHaveLength(5_001);
      expect(kept).toContain('of another day');
      expect(kept).not.toContain('too many');
      expect(await recentMisses(database, 1)).toMatchObject([{ text: 'last', times: 2 }]);
    });
  });
}
