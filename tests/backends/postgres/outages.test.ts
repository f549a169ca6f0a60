import { setImmediate } from 'node:timers/promises';
import { Client } from 'pg';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { CannotOpen } from '../../../src/backends/cannot-open.ts';
import { demoMembers } from '../../../src/backends/demo/members.ts';
import { openDatabase } from '../../../src/backends/postgres/database.ts';
import { postgresCodeFailures } from '../../../src/backends/postgres/failures.ts';
import { postgresRegistry } from '../../../src/backends/postgres/registry.ts';
import { branded } from '../../../src/core/brand.ts';
import { lockSteps } from '../../../src/core/conversation/limits.ts';
import { type Mac, type Registry, type TurnId, Unavailable } from '../../../src/core/services.ts';
import { registryDay } from '../../contracts/registry.ts';
import { type PostgresServer, startPostgres } from '../../servers/postgres.ts';
import { kinds, type OwnedDatabase, onServer, openOwned } from './places.ts';

const [member] = demoMembers(registryDay);
if (member === undefined) throw new Error('There are no demo members.');

let server: PostgresServer;
let url: string;
let database: OwnedDatabase;
let registry: Registry;
beforeAll(async () => {
  server = await startPostgres();
});
afterAll(() => server.stop());
beforeEach(async () => {
  url = await server.createDatabase();
  database = await openOwned({ kind: 'server', url });
  registry = postgresRegistry(database);
});
afterEach(() => database.close());

/** What the promise was refused with, and after how many milliseconds. */
async function refusal(asked: Promise<unknown>): Promise<{ readonly error: unknown; readonly after: number }> {
  const start = performance.now();
  const error = await asked.then(
    () => null,
    (error: unknown) => error,
  );
  return { error, after: performance.now() - start };
}

describe('a server that fails', () => {
  it('is given up after two seconds when a statement hangs, and answers again afterwards', async () => {
    const other = new Client({ connectionString: url });
    await other.connect();
    await other.query('begin; lock table registry.members in access exclusive mode');
    const { error, after } = await refusal(registry.account(member.ref));
    expect(error).toBeInstanceOf(Unavailable);
    expect(error).toMatchObject({ service: 'registry', cause: { message: 'code 57014' } });
    expect(after).toBeGreaterThan(1_900);
    expect(after).toBeLessThan(3_500);
    await other.query('rollback');
    await other.end();
    expect(await registry.account(member.ref)).toMatchObject({ name: member.name });
  });

  it('is given up in under five seconds when all of it hangs, closes in under two, and answers again afterwards', async () => {
    // More connections than will be asked for at first.
    await Promise.all(Array.from({ length: 6 }, () => database.ready()));
    server.freeze();
    try {
      const hung = [registry.memberByNik(member.nik), registry.account(member.ref), database.ready()];
      for (const { error, after } of await Promise.all(hung.map((asked) => refusal(asked)))) {
        expect(error).toBeInstanceOf(Unavailable);
        expect(error).toMatchObject({ cause: { message: 'timed out' } });
        expect(after).toBeLessThan(5_000);
      }
      const more = await openedAgain();
      expect(more.after).toBeLessThan(5_000);
      expect(more.error).toBeInstanceOf(CannotOpen);
      const late = refusal(database.ready());
      await setImmediate();
      const start = performance.now();
      await database.close();
      expect(performance.now() - start).toBeLessThan(2_000);
      expect((await late).error).toBeInstanceOf(Unavailable);
    } finally {
      server.thaw();
    }
    database = await openOwned({ kind: 'server', url });
    expect(await postgresRegistry(database).account(member.ref)).toMatchObject({ name: member.name });
  });

  const openedAgain = () => refusal(openDatabase({ kind: 'server', url }));

  it('is unavailable while it is down, cannot be opened then, and answers once it is back, with every failure still counted', async () => {
    const failures = postgresCodeFailures(database);
    const nik = branded<Mac>('nik');
    const count = (turn: number) => failures.countFirst(nik, branded<TurnId>(`c/${turn}`), 0, lockSteps);
    for (let turn = 0; turn < 9; turn++) await count(turn);
    await server.crash();
    expect((await refusal(registry.account(member.ref))).error).toBeInstanceOf(Unavailable);
    expect((await refusal(count(9))).error).toMatchObject({ name: 'Unavailable', service: 'failures' });
    const { error } = await openedAgain();
    expect(error).toBeInstanceOf(CannotOpen);
    expect(String(error)).toMatch(
      /^CannotOpen: The database server at 127\.0\.0\.1:\d+ cannot be used \(ECONNREFUSED\)\.$/,
    );
    await server.restart();
    expect(await registry.account(member.ref)).toMatchObject({ name: member.name });
    expect(await count(9)).toMatchObject({ counted: true, standing: { is: 'locked' } });
  });

  it('is asked once more, for reads only, when the connection breaks in the middle', async () => {
    const broken = async (asked: () => Promise<unknown>) => {
      const other = new Client({ connectionString: url });
      await other.connect();
      await other.query('begin; lock table registry.members, registry.code_failures in access exclusive mode');
      const answer = refusal(asked());
      const cut = `select pg_terminate_backend(pid) from pg_stat_activity
        where datname = current_database() and wait_event_type = 'Lock'`;
      while ((await other.query(cut)).rowCount === 0);
      await other.query('rollback');
      await other.end();
      return answer;
    };
    expect(await broken(() => registry.account(member.ref))).toMatchObject({ error: null });
    const failures = postgresCodeFailures(database);
    const { error } = await broken(() =>
      failures.countFirst(branded<Mac>('nik'), branded<TurnId>('c/1'), 0, lockSteps),
    );
    expect(error).toMatchObject({ name: 'Unavailable', cause: { message: 'code 57P01' } });
  });

  it('holds up nobody for long when far more ask than it has connections', async () => {
    const answers = await Promise.all(Array.from({ length: 300 }, () => registry.account(member.ref)));
    expect(new Set(answers.map((account) => account?.total)).size).toBe(1);
    const [{ most } = {}] = await onServer(
      url,
      `select count(*)::int as most from pg_stat_activity
        where datname = current_database() and pid <> pg_backend_pid()`,
    );
    expect(most).toBe(10);
  });
});

describe.each(kinds)('$name: a row that nobody expected', ({ place }) => {
  it('is no answer, and its values are in no error', async () => {
    const odd = await openOwned(await place(server));
    try {
      const registry = postgresRegistry(odd);
      await odd.asOwner(`alter table registry.members drop constraint members_phone_check;
        update registry.members set phone = '0274-555-123' where nik = '${member.nik}'`);
      const { error } = await refusal(registry.memberByNik(member.nik));
      expect(error).toMatchObject({
        name: 'Unavailable',
        cause: { message: 'a row has not the expected shape: 0.phone' },
      });
      await odd.asOwner('alter table registry.members rename to people');
      const gone = await refusal(registry.memberByNik(member.nik));
      expect(gone.error).toMatchObject({ name: 'Unavailable', cause: { message: 'code 42P01' } });
      const all = [error, gone.error].flatMap((each) =>
        each instanceof Error ? [each.stack, each.cause instanceof Error ? each.cause.stack : ''] : [],
      );
      expect(all.join('\n')).not.toMatch(/555-123|select|registry\.members/);
      expect(all.join('\n')).not.toContain(member.nik);
    } finally {
      await odd.close();
    }
  });
});
