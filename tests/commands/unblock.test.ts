import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { demoMembers } from '../../src/backends/demo/members.ts';
import { postgresBlocks } from '../../src/backends/postgres/blocks.ts';
import { openDatabase } from '../../src/backends/postgres/database.ts';
import { dayInJakarta } from '../../src/core/jamsostek/month.ts';
import { type PostgresServer, startPostgres } from '../servers/postgres.ts';
import { runProgram } from '../servers/product.ts';

let server: PostgresServer;
beforeAll(async () => {
  server = await startPostgres();
});
afterAll(() => server.stop());

/** Each starts the program several times. */
const patience = { timeout: 120_000 };

describe('npm run unblock', () => {
  it('opens the access of the member whose NIK it reads, once, and the audit log has it', patience, async () => {
    const [member] = demoMembers(dayInJakarta(Date.now()));
    if (!member) throw new Error('the demo has members');
    const env = {
      DATABASE_URL: await server.createDatabase(),
      SECRET_KEY: 'a secret for tests only, long enough',
      DEMO: 'on',
    };
    // Makes the schema, and puts the demo members in.
    expect((await runProgram(['unblock'], env, `${member.nik}\n`)).stdout).toBe(
      'The access by chat was not stopped.\n',
    );
    const database = await openDatabase({ kind: 'server', url: env.DATABASE_URL });
    const blocks = postgresBlocks(database);
    await blocks.block(member.ref, Date.now());

    const ended = await runProgram(['unblock'], env, `${member.nik}\n`);
    expect(ended).toMatchObject({ code: 0, stderr: '', stdout: 'The access by chat is open again.\n' });
    expect(await blocks.blocked(member.ref, Date.now() + 1)).toBe(false);
    await database.close();

    const { stdout } = await runProgram(['audit', '--json', '--member'], env, `${member.nik}\n`);
    const entry = z.object({ act: z.string(), channel: z.string() });
    expect(
      stdout
        .trimEnd()
        .split('\n')
        .map((line) => entry.parse(JSON.parse(line))),
    ).toEqual([{ act: 'access unblocked', channel: 'operator' }]);
    expect(stdout).not.toContain(member.nik);
  });

  it('says in one line what it cannot do, without repeating what it read', patience, async () => {
    const env = { SECRET_KEY: 'a secret for tests only, long enough', DEMO: 'on' };
    const settings = { ...env, DATABASE_URL: await server.createDatabase() };
    const unknown = await runProgram(['unblock'], settings, '3210014101900001\n');
    expect(unknown).toMatchObject({ code: 1, stdout: '', stderr: 'There is no member with this NIK.\n' });
    const none = await runProgram(['unblock'], settings, 'hello\n');
    expect(none.code).toBe(1);
    expect(none.stderr).toMatch(/^unblock reads a NIK of 16 digits [^\n]*\n$/);
  });
});
