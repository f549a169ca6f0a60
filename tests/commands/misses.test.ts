import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openDatabase } from '../../src/backends/postgres/database.ts';
import { postgresMisses } from '../../src/backends/postgres/misses.ts';
import { type PostgresServer, startPostgres } from '../servers/postgres.ts';
import { runProgram, startProduct, startScriptedChat } from '../servers/product.ts';

let server: PostgresServer;
beforeAll(async () => {
  server = await startPostgres();
});
afterAll(() => server.stop());

async function settings() {
  const DATABASE_URL = await server.createDatabase();
  return { DATABASE_URL, SECRET_KEY: 'a secret for tests only, long enough', DEMO: 'on' };
}

describe('npm run misses', () => {
  it('shows what was not understood in a conversation, masked, with what it would be taken for now', async () => {
    const env = await settings();
    const chat = startScriptedChat(env);
    for (const text of ['qwxkvj Zubaidah 7788 zzyzx', 'Zubaidah fkwqj 1 zzyzx']) await chat.says({ text });
    await chat.leaves();
    const ended = await runProgram(['misses', '--json'], env);
    expect(ended).toMatchObject({ code: 0, stderr: '' });
    const lines = ended.stdout.trimEnd().split('\n');
    expect(lines.map((line) => JSON.parse(line) as unknown)).toEqual([
      {
        times: 2,
        newest: expect.stringMatching(/^\d{4}-\d\d-\d\d$/) as unknown,
        texts: [{ text: '• • # •', language: 'id', nearest: expect.any(Array) as unknown }],
      },
    ]);
    const { stdout } = await runProgram(['misses'], env);
    expect(stdout).toMatch(/^2 times, last on \S+\n {2}id {2}• • # •\n {6}now: [a-z_]+ \d\.\d\d/);
  });

  it('shows at most three texts of a group, and says how many more there are and what is mended', async () => {
    const env = await settings();
    const database = await openDatabase({ kind: 'server', url: env.DATABASE_URL });
    const misses = postgresMisses(database);
    for (const rest of ['•', '• •', '• # •', 'ya •', 'ya']) {
      await misses.note({ text: `berapa saldo jht saya ${rest}`, language: 'id', at: Date.now() });
    }
    await database.close();
    const { stdout } = await runProgram(['misses'], env);
    expect(stdout).toMatch(/^5 times, last on /);
    expect(stdout.match(/now: balance 0\.[6-9]|now: balance 1/g)).toHaveLength(3);
    expect(stdout).toContain('… and 2 more like these');
  });

  it('says that there is nothing, and what switches it on', async () => {
    const env = await settings();
    expect((await runProgram(['misses'], env)).stdout).toMatch(
      /^Nothing has been kept .*\(KEEP_MISSES is on here\)\.\n$/,
    );
    const off = await runProgram(['misses', '--json'], { ...env, KEEP_MISSES: 'off' });
    expect(off).toMatchObject({ code: 0, stdout: '' });
    expect(off.stderr).toContain('KEEP_MISSES=on switches it on');
  });

  it('has nothing to show where KEEP_MISSES is off', async () => {
    const env = { ...(await settings()), KEEP_MISSES: 'off' };
    const chat = startScriptedChat(env);
    await chat.says({ text: 'qwxkvj Zubaidah 7788 zzyzx' });
    await chat.leaves();
    expect((await runProgram(['misses'], env)).stdout).toMatch(/^Nothing has been kept/);
  });

  it('says in one line that another process has the embedded database open', async () => {
    const product = await startProduct();
    try {
      const ended = await runProgram(['misses'], { DATA_FOLDER: product.dataFolder });
      expect(ended).toMatchObject({ code: 1, stdout: '' });
      expect(ended.stderr).toMatch(/^[^\n]*in use by process \d+: stop that one[^\n]*\n$/);
    } finally {
      await product.stop();
    }
  });
});
