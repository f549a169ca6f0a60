import { appendFileSync, mkdtempSync, readdirSync, readFileSync, rmSync, truncateSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { type AuditEvent, auditLog } from '../../../src/backends/audit/log.ts';
import { verifyAudit } from '../../../src/backends/audit/verify.ts';
import { diskSpool } from '../../../src/backends/disk/audit-spool.ts';
import { type AuditTable, auditTable } from '../../../src/backends/postgres/audit.ts';
import { openDatabase } from '../../../src/backends/postgres/database.ts';
import { systemRandom } from '../../../src/backends/system/random.ts';
import { Unavailable } from '../../../src/core/services.ts';
import { everyRow } from '../../contracts/audit.ts';
import { auditedChat, auditKeys, entryOf } from '../../contracts/audit-entries.ts';
import { testSealing } from '../../contracts/owning.ts';
import { ManualTime } from '../../engine/manual-time.ts';
import { eventually } from '../../eventually.ts';
import { type PostgresServer, startPostgres } from '../../servers/postgres.ts';

let server: PostgresServer;
let url: string;
let folder: string;
beforeAll(async () => {
  server = await startPostgres();
});
afterAll(() => server.stop());
beforeEach(async () => {
  url = await server.createDatabase();
  folder = mkdtempSync(join(tmpdir(), 'audit-log-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
});

/** A log on a server, which counts what it asks of that, with time that is moved by hand. */
async function open({ spooling = true } = {}) {
  const database = await openDatabase({ kind: 'server', url });
  const table = auditTable(database);
  const events: AuditEvent[] = [];
  const time = new ManualTime();
  const asked: number[] = [];
  const counted: AuditTable = {
    ...table,
    append(head, rows) {
      asked.push(rows.length);
      return table.append(head, rows);
    },
  };
  const spool = diskSpool({ folder, sealing: testSealing(), random: systemRandom() });
  const log = auditLog({
    table: counted,
    keys: auditKeys,
    report: (event) => events.push(event),
    monotonic: () => time.now(),
    ...(spooling && { away: { spool, timer: time } }),
  });
  onTestFinished(async () => {
    await log.close();
    await database.close();
  });
  const kept = async () => (await everyRow(table)).map(({ detail }) => detail);
  return {
    log,
    table,
    database,
    events,
    time,
    asked,
    kept,
    /** Lets time pass until these are in the log, and no others. */
    becomes: (...details: readonly string[]) =>
      eventually(async () => {
        await time.advance(10_000);
        expect(await kept()).toEqual(details);
      }),
    verified: () => verifyAudit({ table, keys: auditKeys }),
  };
}

const viewed = (detail: string) => entryOf('turn', { detail });
const spoolFiles = () => readdirSync(folder).filter((name) => name.endsWith('.spool'));

describe('while the database is away', () => {
  it('entries wait on the disk, unreadable, and are in the log in their order once it is back', async () => {
    const { log, events, becomes, verified } = await open();
    await log.record([viewed('a')]);
    await server.crash();
    await log.record([viewed('b'), viewed('c')]);
    await log.record([viewed('d')]);
    expect(events).toMatchObject([{ kind: 'spooled', error: { name: 'Unavailable' } }]);
    const [file = ''] = spoolFiles();
    const bytes = readFileSync(join(folder, file), 'latin1');
    expect(bytes.length).toBeGreaterThan(300);
    expect(bytes).not.toContain(auditedChat);
    expect(Buffer.from(bytes, 'base64').includes(auditedChat)).toBe(false);
    await server.restart();
    await becomes('a', 'b', 'c', 'd');
    await expect.poll(() => readdirSync(folder)).toEqual([]);
    expect(await verified()).toMatchObject({ is: 'whole', head: { seq: 4 } });
    await expect.poll(() => events.slice(1)).toEqual([{ kind: 'drained', entries: 3 }]);
  });

  it('entries of a process that is gone are in the log once another starts', async () => {
    const first = await open();
    await server.crash();
    await first.log.record([viewed('a')]);
    await first.log.close();
    await server.restart();
    expect(await first.kept()).toEqual([]);
    const next = await open();
    await next.becomes('a');
    await expect.poll(() => readdirSync(folder)).toEqual([]);
  });

  it('entries that waited follow the first that comes through', async () => {
    const { log, time, kept } = await open();
    await server.crash();
    await log.record([viewed('a')]);
    await server.restart();
    // Less than the pause between two looks, more than that for which members are spared a database that is away.
    await time.advance(3_000);
    await log.record([viewed('b')]);
    await expect.poll(kept).toEqual(['b', 'a']);
  });

  it('each keeps its own time', async () => {
    const { log, table, becomes } = await open();
    await server.crash();
    await log.record([entryOf('turn', { detail: 'a', at: 1_795_000_000_000 })]);
    await server.restart();
    await becomes('a');
    expect(await everyRow(table)).toMatchObject([{ at: '1795000000000' }]);
  });

  it('an entry that waits, and is brought again by its repeated turn elsewhere, is in the log once', async () => {
    const [here, elsewhere] = [await open(), await open({ spooling: false })];
    await server.crash();
    await here.log.record([viewed('a'), viewed('b')]);
    await here.log.record([viewed('b'), viewed('c')]);
    await server.restart();
    await elsewhere.log.record([viewed('b')]);
    await here.becomes('b', 'a', 'c');
    expect(await here.verified()).toMatchObject({ is: 'whole' });
  });

  it('an entry of which nobody knows whether it came through is in the log once', async () => {
    const { log, becomes, verified } = await open();
    await log.record([viewed('a')]);
    server.freeze();
    try {
      await log.record([viewed('b')]);
    } finally {
      server.thaw();
    }
    expect(spoolFiles()).toHaveLength(1);
    await becomes('a', 'b');
    expect(await verified()).toMatchObject({ is: 'whole' });
  });

  it('members who follow do not wait for it', async () => {
    const { log, time, asked } = await open();
    await server.crash();
    for (let nth = 0; nth < 5; nth += 1) await log.record([viewed(String(nth))]);
    expect(asked).toHaveLength(1);
    await time.advance(2_000);
    await log.record([viewed('later')]);
    expect(asked).toHaveLength(2);
    await server.restart();
  });

  it('nothing is recorded, and that is said, when the disk does not take it either', async () => {
    const { log, becomes } = await open();
    await server.crash();
    rmSync(folder, { recursive: true });
    for (const _ of [1, 2]) {
      await expect(log.record([viewed('a')])).rejects.toMatchObject({ name: 'Unavailable', service: 'audit' });
    }
    await server.restart();
    await becomes();
  });

  it('nothing is recorded, and that is said, where there is no spool', async () => {
    const { log, kept } = await open({ spooling: false });
    await server.crash();
    await expect(log.record([viewed('a')])).rejects.toBeInstanceOf(Unavailable);
    await server.restart();
    await log.record([viewed('b')]);
    expect(await kept()).toEqual(['b']);
  });
});

describe('what waited on the disk', () => {
  it('is told of when it was damaged, once, and the rest goes on', async () => {
    const { log, events, becomes } = await open();
    await server.crash();
    await log.record([viewed('a')]);
    appendFileSync(join(folder, spoolFiles()[0] ?? ''), 'no line of ours\n');
    await log.close();
    await server.restart();
    const next = await open();
    await next.becomes('a');
    await expect.poll(() => next.events).toContainEqual({ kind: 'damaged', lines: 1 });
    await next.time.advance(60_000);
    expect(next.events).toHaveLength(2);
    expect(events).toHaveLength(1);
    expect(readdirSync(folder).filter((name) => name.endsWith('.damaged'))).toHaveLength(1);
    await becomes('a');
  });

  it('is told of once when it cannot be got at, and holds up nobody', async () => {
    const { log, events, time, kept } = await open();
    await server.crash();
    await log.record([viewed('a')]);
    await server.restart();
    truncateSync(join(folder, spoolFiles()[0] ?? ''));
    await eventually(async () => {
      await time.advance(10_000);
      expect(events).toMatchObject([{ kind: 'spooled' }, { kind: 'stuck' }]);
    });
    await time.advance(60_000);
    await log.record([viewed('b')]);
    expect(await kept()).toEqual(['b']);
    expect(events).toHaveLength(2);
  });
});

describe('many at the same time', () => {
  it('go together: one statement for all that waits', async () => {
    const { log, asked, kept, verified } = await open({ spooling: false });
    await Promise.all(Array.from({ length: 200 }, (_, nth) => log.record([viewed(String(nth))])));
    expect(asked).toEqual([1, 199]);
    expect(await kept()).toHaveLength(200);
    expect(await verified()).toMatchObject({ is: 'whole' });
  });

  it('are one chain with each once, from two processes that do not know of each other', async () => {
    const logs = [await open({ spooling: false }), await open({ spooling: false })];
    const turns = Array.from({ length: 200 }, (_, nth) => String(nth));
    // Each in its own round, so that both have something to write all the time.
    await Promise.all(
      logs.map(async ({ log }, which) => {
        for (const turn of turns) await log.record([viewed(`${which} ${turn}`), viewed(`both ${turn}`)]);
      }),
    );
    const kept = await logs[0]?.kept();
    expect(kept).toHaveLength(600);
    expect(new Set(kept).size).toBe(600);
    expect(await logs[1]?.verified()).toMatchObject({ is: 'whole', head: { seq: 600 } });
  });

  it('are refused after it was closed, and what was under way is kept', async () => {
    const { log, kept } = await open();
    const underWay = Promise.all(['a', 'b', 'c'].map((detail) => log.record([viewed(detail)])));
    await log.close();
    await underWay;
    await expect(log.record([viewed('d')])).rejects.toBeInstanceOf(Unavailable);
    expect(await kept()).toEqual(['a', 'b', 'c']);
  });
});
