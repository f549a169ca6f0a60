import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { type Product, runProgram, startProduct, startScriptedChat } from './servers/product.ts';
import { allSettings } from './servers/settings.ts';

const running: Product[] = [];
afterEach(async () => {
  for (const product of running.splice(0)) await product.stop('SIGKILL');
});

async function start(env?: Parameters<typeof startProduct>[0]): Promise<Product> {
  const product = await startProduct(env);
  running.push(product);
  return product;
}

/** One line for a person: no JSON of the log, no stack. */
const oneLine = /^[^\n{][^\n]+\n$/;

describe('npm start', () => {
  it('serves the page, is ready when it says so, and keeps its key to itself', async () => {
    const { url, dataFolder } = await start();
    expect((await fetch(url)).status).toBe(200);
    expect(await (await fetch(`${url}/readyz`)).json()).toEqual({ ready: true, parts: { database: true } });
    const key = join(dataFolder, 'secret-key');
    expect(statSync(key).mode & 0o777).toBe(0o600);
    expect(readFileSync(key, 'utf8').trim().length).toBeGreaterThanOrEqual(32);
  });

  it('lists the demo members in a demo', async () => {
    const { url } = await start();
    const listed = z.array(z.object({ nik: z.string() })).parse(await (await fetch(`${url}/demo/members`)).json());
    expect(listed.length).toBeGreaterThanOrEqual(40);
  });

  it('has no demo at all when it is off', async () => {
    const { url } = await start({
      DEMO: 'off',
      SECRET_KEY: 'k'.repeat(32),
      SMS_SEND_URL: 'http://127.0.0.1:1/?to={to}&text={text}',
    });
    expect((await fetch(`${url}/demo/members`)).status).toBe(404);
  });

  it.each([[['SIGTERM']], [['SIGINT']], [['SIGHUP']], [['SIGINT', 'SIGINT', 'SIGTERM']]] as const)(
    'stops within two seconds at %j, with a page open, and ends with 0',
    async (signals) => {
      const product = await start();
      const page = await fetch(`${product.url}/web/events`, { headers: { 'sec-fetch-site': 'same-origin' } });
      expect(page.headers.get('content-type')).toContain('text/event-stream');
      const { code, signal, milliseconds, stderr } = await product.stop(...signals);
      expect({ code, signal }).toEqual({ code: 0, signal: null });
      expect(milliseconds).toBeLessThan(2_000);
      expect(stderr.match(/server\.stopping/g)).toHaveLength(1);
      await page.body?.cancel().catch(() => undefined);
    },
  );

  it('can be started again in the same folder, with the same key', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'jamsostek-chat-'));
    const keys: string[] = [];
    for (let time = 0; time < 2; time += 1) {
      const product = await start({ DATA_FOLDER: folder });
      keys.push(readFileSync(join(folder, 'secret-key'), 'utf8'));
      expect((await product.stop()).code).toBe(0);
    }
    expect(keys[0]).toBe(keys[1]);
    rmSync(folder, { recursive: true });
  });
});

describe('a start that cannot be', () => {
  it('says in one line that the port is taken', async () => {
    const taken = createServer();
    await new Promise<void>((resolve) => taken.listen(0, '127.0.0.1', resolve));
    const { port } = z.object({ port: z.number() }).parse(taken.address());
    const folder = mkdtempSync(join(tmpdir(), 'jamsostek-chat-'));
    const ended = await runProgram(['serve'], { PORT: String(port), DATA_FOLDER: folder, LOG_LEVEL: 'warn' });
    expect(ended).toMatchObject({ code: 1, stdout: '' });
    expect(ended.stderr).toMatch(oneLine);
    expect(ended.stderr).toContain(`Port ${port} is taken`);
    rmSync(folder, { recursive: true });
    await new Promise((resolve) => taken.close(resolve));
  });

  it('says in one line that another process uses the data folder', async () => {
    const { dataFolder } = await start();
    const ended = await runProgram(['serve'], { PORT: '0', DATA_FOLDER: dataFolder, LOG_LEVEL: 'warn' });
    expect(ended).toMatchObject({ code: 1, stdout: '' });
    expect(ended.stderr).toMatch(oneLine);
    expect(ended.stderr).toContain(dataFolder);
  });

  it('says in one line that the data folder is no folder', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'jamsostek-chat-'));
    const file = join(folder, 'file');
    writeFileSync(file, '');
    const ended = await runProgram(['serve'], { PORT: '0', DATA_FOLDER: file });
    expect(ended).toMatchObject({ code: 1, stdout: '', stderr: expect.stringMatching(oneLine) as unknown });
    expect(ended.stderr).toContain('DATA_FOLDER');
    rmSync(folder, { recursive: true });
  });

  it('says in one line that its key is damaged', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'jamsostek-chat-'));
    writeFileSync(join(folder, 'secret-key'), 'short');
    const ended = await runProgram(['serve'], { PORT: '0', DATA_FOLDER: folder });
    expect(ended).toMatchObject({ code: 1, stdout: '', stderr: expect.stringMatching(oneLine) as unknown });
    expect(ended.stderr).toContain('secret-key');
    rmSync(folder, { recursive: true });
  });

  it('says in one line that the database server cannot be used, without its password', async () => {
    const ended = await runProgram(['serve'], {
      PORT: '0',
      DATABASE_URL: 'postgres://bot:hunter2@127.0.0.1:1/members',
      SECRET_KEY: 'k'.repeat(32),
      DEMO: 'on',
      LOG_LEVEL: 'warn',
    });
    expect(ended).toMatchObject({ code: 1, stdout: '' });
    expect(ended.stderr).toMatch(oneLine);
    expect(ended.stderr).toContain('127.0.0.1:1');
    expect(ended.stderr).not.toContain('hunter2');
  });

  it.each([
    [['serve'], { PORT: 'abc' }, 'PORT takes'],
    [['chat'], { DEMO: 'maybe' }, 'DEMO takes'],
    [['chat', '--lang', 'fr'], {}, '--lang takes id or en'],
    [['chat', '--jsno'], {}, '--jsno'],
    [['serve', 'now'], {}, 'now'],
    [['dance'], {}, '"dance"'],
  ] as const)('%j %j is answered with one line: %s', async (args, env, words) => {
    const ended = await runProgram(args, env);
    expect(ended).toMatchObject({ code: 1, stdout: '', stderr: expect.stringMatching(oneLine) as unknown });
    expect(ended.stderr).toContain(words);
  });
});

describe('the other commands', () => {
  it('--help names every setting, --version the version', async () => {
    const help = await runProgram(['--help']);
    for (const { name, help: words } of allSettings) {
      expect(help.stdout).toContain(name);
      expect(help.stdout).toContain(words);
    }
    expect(await runProgram(['chat', '--help'])).toMatchObject({ code: 0, stdout: help.stdout });
    expect((await runProgram(['--version'])).stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
  });

  it('members lists the demo members: a table for people, lines of JSON for scripts', async () => {
    const row = z.strictObject({
      nik: z.string().regex(/^\d{16}$/),
      kpj: z.array(z.string()).min(1),
      phone: z.string().nullable(),
      name: z.string(),
      scenario: z.string(),
    });
    const json = await runProgram(['members', '--json']);
    const table = await runProgram(['members']);
    const rows = json.stdout
      .trimEnd()
      .split('\n')
      .map((line) => row.parse(JSON.parse(line)));
    expect(rows.length).toBeGreaterThanOrEqual(40);
    expect(rows.some(({ phone }) => phone === null)).toBe(true);
    expect(rows.some(({ kpj }) => kpj.length > 1)).toBe(true);
    for (const { nik } of rows) expect(table.stdout).toContain(nik);
  });
});

describe('the log', () => {
  it('of a whole conversation at debug holds no NIK, code, phone, membership number, name or amount', async () => {
    const members = (await runProgram(['members', '--json'])).stdout.trimEnd().split('\n');
    const rows = members.map((line) =>
      z
        .object({ nik: z.string(), kpj: z.array(z.string()), phone: z.string().nullable(), name: z.string() })
        .parse(JSON.parse(line)),
    );
    const member = rows[1];
    if (!member) throw new Error('There is no second demo member');
    const chat = startScriptedChat({ LOG_LEVEL: 'debug' });
    const heard: string[] = [];
    const say = async (line: object) => {
      for (const reply of await chat.says(line)) if ('text' in reply) heard.push(reply.text);
    };
    await say({ text: 'saldo' });
    await say({ choice: 'consent_yes' });
    await say({ text: `NIK saya ${member.nik}` });
    const code = /\b(\d{6})\./.exec(heard.join(' '))?.[1] ?? '';
    await say({ text: code === '000000' ? '111111' : '000000' });
    await say({ text: code });
    await say({ text: 'iuran' });
    await say({ text: 'hunter2 rahasia' });
    await say({ text: 'keluar' });
    const { stderr } = await chat.leaves();

    const amounts = heard.join(' ').match(/(?<=Rp)[\d.]+/g) ?? [];
    expect(amounts.length).toBeGreaterThan(3);
    const secrets = [
      code,
      'hunter2',
      'PT Awan',
      ...amounts,
      ...rows.flatMap(({ nik, kpj, phone, name }) =>
        kpj.concat(
          nik,
          phone ?? nik,
          name,
          name.split(' ').filter(({ length }) => length > 4),
        ),
      ),
    ];
    for (const secret of secrets) expect(stderr).not.toContain(secret);
    expect(stderr.match(/"turn\.committed"/g)).toHaveLength(8);
    expect(stderr).not.toMatch(/(?<![\w-])\d{6,}(?![\w-])/);
  });
});
