import * as fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { type AuditRow, canonical } from '../../../src/backends/audit/chain.ts';
import { auditLog } from '../../../src/backends/audit/log.ts';
import { verifyAudit } from '../../../src/backends/audit/verify.ts';
import { auditTable } from '../../../src/backends/postgres/audit.ts';
import { keysFrom } from '../../../src/backends/system/keys.ts';
import { auditContract, everyRow } from '../../contracts/audit.ts';
import { auditKeys, entryOf } from '../../contracts/audit-entries.ts';
import { type PostgresServer, startPostgres } from '../../servers/postgres.ts';
import { kinds, openOwned } from './places.ts';

let server: PostgresServer;
beforeAll(async () => {
  server = await startPostgres();
});
afterAll(() => server.stop());

for (const { name, place } of kinds) {
  auditContract(name, async () => {
    const database = await openOwned(await place(server));
    return { table: auditTable(database), close: () => database.close() };
  });
}

describe('one text for one row', () => {
  const text = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 5 }),
    fc.constantFrom('', ',', '"', '","', '\\', '\\"', 'null'),
  );
  const row: fc.Arbitrary<AuditRow> = fc.record({
    id: text,
    at: text,
    act: text,
    detail: text,
    member: fc.option(text, { nil: null }),
    channel: text,
    conversation: text,
  });
  const placed = fc.tuple(text, fc.nat(20), row);

  it('is another for every other row, place and row before', () => {
    fc.assert(
      fc.property(placed, placed, (one, other) => {
        expect(canonical(...one) === canonical(...other)).toBe(JSON.stringify(one) === JSON.stringify(other));
      }),
      { numRuns: 2_000 },
    );
  });

  it('is another when what stands in two columns is divided otherwise', () => {
    fc.assert(
      fc.property(placed, fc.nat(10), ([before, seq, row], at) => {
        const both = row.detail + row.channel;
        const moved = { ...row, detail: both.slice(0, at), channel: both.slice(at) };
        expect(canonical(before, seq, row) === canonical(before, seq, moved)).toBe(moved.detail === row.detail);
      }),
    );
  });
});

/** What somebody does who owns the database. */
const tampered = (change: string) => `alter table registry.audit disable trigger audit_is_kept;
  ${change};
  alter table registry.audit enable trigger audit_is_kept`;

/** A change, and the entry that is the first to show it. */
const tamperings: readonly (readonly [what: string, change: string, seq: number])[] = [
  ['another id', `update registry.audit set id = 'x' where seq = 4`, 4],
  ['another time, by a microsecond', `update registry.audit set at = at + interval '1 microsecond' where seq = 4`, 4],
  ['no end of time', `update registry.audit set at = 'infinity' where seq = 4`, 4],
  ['another act', `update registry.audit set act = 'code sent' where seq = 4`, 4],
  ['another detail', `update registry.audit set detail = 'menu' where seq = 4`, 4],
  ['another member', `update registry.audit set member = 'x' where seq = 4`, 4],
  ['no member', 'update registry.audit set member = null where seq = 4', 4],
  ['another channel', `update registry.audit set channel = 'sms' where seq = 4`, 4],
  ['another conversation', `update registry.audit set conversation = 'x' where seq = 4`, 4],
  ['another digest', `update registry.audit set hash = 'x' where seq = 4`, 4],
  ['another place', 'update registry.audit set seq = 100 where seq = 4', 4],
  [
    'a detail that was empty and is none at all',
    'alter table registry.audit alter detail drop not null; update registry.audit set detail = null where seq = 6',
    6,
  ],
  ['the first taken out', 'delete from registry.audit where seq = 1', 1],
  ['one taken out of the middle', 'delete from registry.audit where seq = 4', 4],
  [
    'one taken out of the middle, and the rest moved up',
    `delete from registry.audit where seq = 4;
      update registry.audit set seq = -seq where seq > 4; update registry.audit set seq = -seq - 1 where seq < 0`,
    4,
  ],
  [
    'two that have changed places',
    `update registry.audit set seq = -seq where seq in (3, 4); update registry.audit set seq = 7 + seq where seq < 0`,
    3,
  ],
  [
    'one put in behind, with the digest of the last',
    `insert into registry.audit select 7, 'x', at, act, detail, member, channel, conversation, hash from registry.audit where seq = 6`,
    7,
  ],
  [
    'one put in before all others',
    `insert into registry.audit select 0, 'x', at, act, detail, member, channel, conversation, '' from registry.audit where seq = 6`,
    1,
  ],
  [
    'one put in between, and the rest moved down',
    `update registry.audit set seq = -seq where seq > 3; update registry.audit set seq = 1 - seq where seq < 0;
      insert into registry.audit select 4, 'x', at, act, detail, member, channel, conversation, hash from registry.audit where seq = 3`,
    4,
  ],
];

for (const { name, place } of kinds) {
  describe(`${name}: whoever changes the audit log`, () => {
    async function stage() {
      const database = await openOwned(await place(server));
      onTestFinished(() => database.close());
      const table = auditTable(database);
      const log = auditLog({ table, keys: auditKeys });
      for (let nth = 1; nth <= 6; nth += 1) await log.record([entryOf(`turn ${nth}`, nth === 6 ? { detail: '' } : {})]);
      return {
        database,
        table,
        log,
        verified: (head = log.head) => verifyAudit({ table, keys: auditKeys, known: head }),
      };
    }

    it('is refused, even who owns the database, as long as the table is as it was made', async () => {
      const { database, verified } = await stage();
      for (const change of [
        'update registry.audit set act = act',
        'delete from registry.audit',
        'truncate registry.audit',
      ]) {
        await expect(database.asOwner(change)).rejects.toThrow('is not allowed');
      }
      expect(await verified()).toMatchObject({ is: 'whole', head: { seq: 6 } });
    });

    it('is found out, whatever it was', async () => {
      const { database, table, verified } = await stage();
      const before = await everyRow(table);
      await database.asOwner('create table registry.as_it_was as table registry.audit');
      for (const [what, change, seq] of tamperings) {
        await database.asOwner(tampered(change));
        expect(await everyRow(table), what).not.toEqual(before);
        expect(await verified(null), what).toEqual({ is: 'broken', seq });
        await database.asOwner(
          tampered('delete from registry.audit; insert into registry.audit table registry.as_it_was'),
        );
        expect(await verified(), what).toMatchObject({ is: 'whole' });
      }
    });

    it('is found out by a head from before when the end was cut off, and not without one', async () => {
      const { database, verified } = await stage();
      await database.asOwner(tampered('delete from registry.audit where seq > 4'));
      expect(await verified(null)).toMatchObject({ is: 'whole', head: { seq: 4 } });
      expect(await verified()).toEqual({ is: 'broken', seq: 5 });
    });

    it('is found out by a head from before when the end was cut off and others came in its place', async () => {
      const { database, table, log } = await stage();
      const { head } = log;
      await database.asOwner(tampered('delete from registry.audit where seq > 4'));
      await auditLog({ table, keys: auditKeys }).record([entryOf('later'), entryOf('later 2'), entryOf('later 3')]);
      const verified = (known: typeof head) => verifyAudit({ table, keys: auditKeys, known });
      expect(await verified(null)).toMatchObject({ is: 'whole', head: { seq: 7 } });
      expect(await verified(head)).toEqual({ is: 'broken', seq: 6 });
    });

    it('is found out by the program itself at its next entry, when the end was cut off meanwhile', async () => {
      const { database, table } = await stage();
      const seen: unknown[] = [];
      const log = auditLog({ table, keys: auditKeys, report: (event) => seen.push(event) });
      await log.record([entryOf('turn 7')]);
      expect(seen).toEqual([]);
      await database.asOwner(tampered('delete from registry.audit where seq > 4'));
      await log.record([entryOf('turn 8')]);
      expect(seen).toEqual([{ kind: 'cut', seq: 5 }]);
      expect((await everyRow(table)).map(({ seq }) => seq)).toEqual([1, 2, 3, 4, 5]);
    });

    it('cannot make a digest without the key', async () => {
      const { table } = await stage();
      const other = keysFrom('another secret for tests, also long enough');
      await auditLog({ table, keys: other }).record([entryOf('forged')]);
      expect(await verifyAudit({ table, keys: auditKeys })).toEqual({ is: 'broken', seq: 7 });
    });
  });

  describe(`${name}: a long audit log`, () => {
    it('is looked through page by page, and when it was told to stop, no further', async () => {
      const database = await openOwned(await place(server));
      onTestFinished(() => database.close());
      const table = auditTable(database);
      const log = auditLog({ table, keys: auditKeys });
      for (let batch = 0; batch < 5; batch += 1) {
        await log.record(Array.from({ length: 500 }, (_, nth) => entryOf(`${batch}/${nth}`)));
      }
      expect(await verifyAudit({ table, keys: auditKeys })).toEqual({ is: 'whole', head: log.head });
      expect(log.head?.seq).toBe(2_500);
      const pages: number[] = [];
      const stopping = new AbortController();
      const watched = {
        page: async (after: number, most: number) => {
          pages.push(after);
          stopping.abort();
          return table.page(after, most);
        },
      };
      const { signal } = stopping;
      expect(await verifyAudit({ table: watched, keys: auditKeys, signal })).toEqual({ is: 'unfinished' });
      expect(pages).toHaveLength(1);
      await database.asOwner(tampered(`update registry.audit set act = 'code sent' where seq = 2222`));
      expect(await verifyAudit({ table, keys: auditKeys })).toEqual({ is: 'broken', seq: 2_222 });
    });
  });
}
