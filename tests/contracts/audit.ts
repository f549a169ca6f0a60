import * as fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { auditLog } from '../../src/backends/audit/log.ts';
import { verifyAudit } from '../../src/backends/audit/verify.ts';
import type { AuditTable } from '../../src/backends/postgres/audit.ts';
import { branded } from '../../src/core/brand.ts';
import type { ConversationId } from '../../src/core/inbound.ts';
import { acts } from '../../src/core/services.ts';
import { auditedChat, auditKeys, entryOf } from './audit-entries.ts';
import { poison } from './registry.ts';

/** All rows of a log, in their order. */
export function everyRow(table: Pick<AuditTable, 'page'>) {
  return table.page(Number.MIN_SAFE_INTEGER, 1_000_000);
}

/** What every table of the audit log promises, with the chain that is put into it. */
export function auditContract(
  name: string,
  open: () => Promise<{ readonly table: AuditTable; close(): Promise<void> }>,
): void {
  describe(`${name}: the audit log`, () => {
    let opened: Awaited<ReturnType<typeof open>>;
    let table: AuditTable;
    const log = () => auditLog({ table, keys: auditKeys });
    const verified = () => verifyAudit({ table, keys: auditKeys });
    beforeAll(async () => {
      opened = await open();
      table = opened.table;
    });
    afterAll(() => opened.close());

    it('is whole when it is empty', async () => {
      expect(await verified()).toEqual({ is: 'whole', head: { seq: 0, hash: '' } });
    });

    it('keeps what was recorded, in its order, when it has resolved', async () => {
      const audit = log();
      await audit.record([entryOf('1', { act: 'code right', detail: '' }), entryOf('1')]);
      await audit.record([entryOf('2', { member: null, act: 'consent refused', detail: '' })]);
      const rows = await everyRow(table);
      expect(rows).toMatchObject([
        { seq: 1, act: 'code right', detail: '', member: entryOf('1').member, at: String(entryOf('1').at) },
        { seq: 2, act: 'viewed', detail: 'balance', channel: 'web', conversation: auditedChat },
        { seq: 3, act: 'consent refused', member: null },
      ]);
      expect(await verified()).toEqual({ is: 'whole', head: { seq: 3, hash: rows.at(-1)?.hash } });
    });

    it('holds nothing of the turn or the message that it could be found by', async () => {
      await log().record([entryOf('event-4711')]);
      expect(JSON.stringify(await everyRow(table))).not.toContain('4711');
    });

    it('takes the same entry once, as it was first said, from whoever brings it again', async () => {
      const before = await everyRow(table);
      await log().record([
        entryOf('1'),
        entryOf('again'),
        entryOf('again'),
        entryOf('2', { act: 'consent refused', detail: '' }),
      ]);
      await Promise.all([1, 2, 3].map((at) => log().record([entryOf('again', { at })])));
      const after = await everyRow(table);
      expect(after).toHaveLength(before.length + 1);
      expect(after.at(-1)?.at).toBe(String(entryOf('again').at));
      expect(await verified()).toMatchObject({ is: 'whole' });
    });

    it('tells entries apart by turn, act and detail', async () => {
      const before = (await everyRow(table)).length;
      await log().record([
        entryOf('apart'),
        entryOf('apart', { detail: 'balance chart' }),
        entryOf('apart', { act: 'session ended' }),
        entryOf('apart!'),
      ]);
      expect(await everyRow(table)).toHaveLength(before + 4);
    });

    it('takes any text and any time, and is whole with it', async () => {
      const before = (await everyRow(table)).length;
      await log().record(
        poison.map((text, nth) =>
          entryOf(`poison ${nth}`, { detail: text, channel: text, conversation: branded<ConversationId>(text) }),
        ),
      );
      const time = fc.oneof(fc.integer({ min: -2e12, max: 1.9e12 }), fc.constantFrom(0, -1, 0.5, 1e12 + 0.25, -0.5));
      const times = fc.sample(time, 200);
      await log().record(times.map((at, nth) => entryOf(`time ${nth}`, { at })));
      expect(await everyRow(table)).toHaveLength(before + poison.length + times.length);
      expect(await verified()).toMatchObject({ is: 'whole' });
    });

    it('is one chain with each entry once, however many logs record at the same time', async () => {
      const before = (await everyRow(table)).length;
      const logs = [log(), log(), log()];
      const record = async (which: number, turn: number) => {
        const act = acts[turn % acts.length] ?? 'viewed';
        await logs[which % logs.length]?.record([
          entryOf(`at once ${turn}`, { act, detail: 'a' }),
          entryOf(`at once ${turn}`),
        ]);
      };
      const turns = Array.from({ length: 200 }, (_, nth) => nth);
      await Promise.all(turns.flatMap((turn) => [record(turn, turn), record(turn + 1, turn)]));
      const rows = await everyRow(table);
      expect(rows).toHaveLength(before + 400);
      expect(new Set(rows.map(({ id }) => id)).size).toBe(rows.length);
      expect(await verified()).toEqual({ is: 'whole', head: { seq: rows.length, hash: rows.at(-1)?.hash } });
    });

    it('is found with the newest first, by time, act and member', async () => {
      const member = auditKeys.mac('audit', 'somebody else');
      const [a, b, c] = [1, 2, 3].map((nth) =>
        entryOf(`found ${nth}`, { member, at: 2e12 + nth, act: nth === 2 ? 'chat linked' : 'viewed' }),
      );
      await log().record([a, b, c].flatMap((entry) => entry ?? []));
      const found = async (filter: Parameters<AuditTable['newest']>[1], before: number | null = null) =>
        (await table.newest(before, filter, 10)).map(({ at }) => Number(at) - 2e12);
      expect(await found({ member })).toEqual([3, 2, 1]);
      expect(await found({ member, act: 'viewed' })).toEqual([3, 1]);
      expect(await found({ since: 2e12 + 2 })).toEqual([3, 2]);
      expect(await found({ since: 2e12 + 1, until: 2e12 + 3 })).toEqual([2, 1]);
      const [newest] = await table.newest(null, {}, 1);
      expect(await found({ member }, newest?.seq)).toEqual([2, 1]);
      expect(await table.newest(null, { member: 'nobody' }, 10)).toEqual([]);
    });
  });
}
