import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { auditLog } from '../../src/backends/audit/log.ts';
import { demoMembers } from '../../src/backends/demo/members.ts';
import { auditTable } from '../../src/backends/postgres/audit.ts';
import { openDatabase } from '../../src/backends/postgres/database.ts';
import { keysFrom } from '../../src/backends/system/keys.ts';
import { daySchema } from '../../src/core/jamsostek/month.ts';
import { onServer } from '../backends/postgres/places.ts';
import { entryOf } from '../contracts/audit-entries.ts';
import { type PostgresServer, startPostgres } from '../servers/postgres.ts';
import { runProgram } from '../servers/product.ts';

const SECRET_KEY = 'a secret for tests only, long enough';
const keys = keysFrom(SECRET_KEY);
const [siti, other] = demoMembers(daySchema.parse('2026-11-22'));
if (!siti || !other) throw new Error('There are no demo members.');

let server: PostgresServer;
beforeAll(async () => {
  server = await startPostgres();
});
afterAll(() => server.stop());

type Entries = readonly Parameters<typeof entryOf>[1][];

/** A database with these in its log, and without members. */
function logged(...entries: Entries) {
  return loggedIn({ DEMO: 'off', SMS_SEND_URL: 'http://127.0.0.1:1/?to={to}&text={text}' }, entries);
}

async function loggedIn(settings: Record<string, string>, entries: Entries) {
  const env = { ...settings, DATABASE_URL: await server.createDatabase(), SECRET_KEY };
  const database = await openDatabase({ kind: 'server', url: env.DATABASE_URL });
  const log = auditLog({ table: auditTable(database), keys });
  await log.record(entries.map((entry, nth) => entryOf(`turn ${nth}`, entry)));
  const { head } = log;
  await database.close();
  const run = (args: readonly string[], input?: string) => runProgram(['audit', ...args], env, input);
  const line = z.object({ detail: z.string() });
  return {
    env,
    head: head === null ? '' : `${head.seq}:${head.hash}`,
    run,
    /** The details of what it shows, in its order. */
    shown: async (args: readonly string[], input?: string) => {
      const { stdout } = await run(['--json', ...args], input);
      return stdout === ''
        ? []
        : stdout
            .trimEnd()
            .split('\n')
            .map((text) => line.parse(JSON.parse(text)).detail);
    },
  };
}

const at = (text: string) => Date.parse(text);

describe('npm run audit', () => {
  it('shows the newest first, in the time of Jakarta, with shortened digests', async () => {
    const member = keys.mac('audit', siti.ref);
    const { run } = await logged(
      { member, detail: 'balance', at: at('2026-11-21T16:59:59Z') },
      { member: null, act: 'session ended', detail: 'idle', at: at('2026-11-21T17:00:00Z') },
    );
    const { code, stdout, stderr } = await run([]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const lines = stdout.trimEnd().split('\n');
    expect(lines[0]).toMatch(/^entry +time \(WIB\) +act +detail +member +channel +chat$/);
    expect(lines.slice(1)).toEqual([
      `2      2026-11-22 00:00:00  session ended  idle     –         web      c5a1c5a1`,
      `1      2026-11-21 23:59:59  viewed         balance  ${member.slice(0, 8)}  web      c5a1c5a1`,
    ]);
  });

  it('shows all of an entry as JSON', async () => {
    const { run } = await logged({ detail: 'balance', at: at('2026-11-21T16:59:59Z') });
    const entry: unknown = JSON.parse((await run(['--json'])).stdout);
    expect(entry).toEqual({
      seq: 1,
      at: '2026-11-21T16:59:59.000Z',
      act: 'viewed',
      detail: 'balance',
      member: entryOf('').member,
      channel: 'web',
      conversation: entryOf('').conversation,
      hash: expect.stringMatching(/^[\w-]{43}$/) as unknown,
    });
  });

  it('shows what is asked for by day in Jakarta, act and number', async () => {
    const { shown } = await logged(
      { detail: 'a', at: at('2026-11-20T23:59:59+07:00') },
      { detail: 'b', at: at('2026-11-21T00:00:00+07:00') },
      { detail: 'c', at: at('2026-11-22T23:59:59+07:00'), act: 'chat linked' },
      { detail: 'd', at: at('2026-11-23T00:00:00+07:00') },
    );
    expect(await shown(['--since', '2026-11-21', '--until', '2026-11-22'])).toEqual(['c', 'b']);
    expect(await shown(['--act', 'chat linked'])).toEqual(['c']);
    expect(await shown(['--most', '3'])).toEqual(['d', 'c', 'b']);
  });

  it('shows what is of one member, whose NIK comes in on the standard input', async () => {
    const { run, shown } = await loggedIn({ DEMO: 'on' }, [
      { detail: 'a', member: keys.mac('audit', siti.ref) },
      { detail: 'b', member: keys.mac('audit', other.ref) },
      { detail: 'c', member: null },
    ]);
    expect(await shown(['--member'], `${siti.nik}\n`)).toEqual(['a']);
    const unknown = await run(['--member'], '1111111111111111\n');
    expect(unknown).toMatchObject({ code: 1, stdout: '', stderr: 'No member has this NIK.\n' });
    const none = await run(['--member'], 'siti\n');
    expect(none).toMatchObject({
      code: 1,
      stderr: '--member takes a NIK of 16 digits on the standard input.\n',
    });
  });

  it('says that there is nothing', async () => {
    const { run } = await logged();
    expect(await run([])).toMatchObject({ code: 0, stdout: 'There is no such entry in the audit log.\n' });
    expect(await run(['--json'])).toMatchObject({ code: 0, stdout: '' });
    expect(await run(['--verify'])).toMatchObject({ code: 0, stdout: 'The audit log is empty.\n' });
  });

  it('cannot be made to steer the terminal by who can write the table', async () => {
    const { env, run } = await logged({});
    await onServer(
      env.DATABASE_URL,
      `insert into registry.audit values (2, 'x', 'infinity', 'a', e'\\x1b[2J', null, 'web', 'c', 'h')`,
    );
    const { code, stdout } = await run([]);
    expect(code).toBe(0);
    expect(stdout).toContain('?[2J');
  });

  it.each([
    [['--since', 'yesterday'], '--since takes a day like 2026-11-30.'],
    [['--until', '2026-02-30'], '--until takes a day like 2026-11-30.'],
    [['--act', 'seen'], '--act takes one of: consent given, '],
    [['--most', '0'], '--most takes a whole number from 1 to 100000.'],
    [['--verify', '--head', '12'], '--head takes what --verify or the log has called the head'],
    [['--head', `1:${'x'.repeat(43)}`], '--head goes with --verify.'],
    [['--member', '3175011234560001'], 'Unexpected argument'],
  ])('%j is answered with one line: %s', async (args, words) => {
    const ended = await runProgram(['audit', ...args]);
    expect(ended).toMatchObject({ code: 1, stdout: '' });
    expect(ended.stderr).toContain(words);
    expect(ended.stderr.trim().split('\n')).toHaveLength(1);
  });
});

describe('npm run audit -- --verify', () => {
  it('says that the log is whole, and its head, which it takes back', async () => {
    const { run, head } = await logged({}, {}, {});
    const whole = { code: 0, stderr: '', stdout: `The audit log is whole: 3 entries. Its head is ${head}\n` };
    expect(await run(['--verify'])).toMatchObject(whole);
    expect(await run(['--verify', '--head', head])).toMatchObject(whole);
  });

  it('ends with 1, and names the entry, when one was changed or the end is gone', async () => {
    const { env, run, head } = await logged({}, {}, {}, {});
    const tamper = (change: string) =>
      onServer(env.DATABASE_URL, `alter table registry.audit disable trigger audit_is_kept; ${change}`);
    await tamper('delete from registry.audit where seq = 4');
    const cut = await run(['--verify', '--head', head]);
    expect(cut).toMatchObject({ code: 1, stdout: expect.stringContaining('broken at entry 4:') as unknown });
    await tamper(`update registry.audit set detail = 'menu' where seq = 2`);
    const changed = await run(['--verify']);
    expect(changed).toMatchObject({ code: 1, stdout: expect.stringContaining('broken at entry 2:') as unknown });
  });
});
