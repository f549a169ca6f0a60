import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { Tab } from '../bots/web/tab.ts';
import { type Product, runProgram, startProduct } from '../servers/product.ts';

const running: Product[] = [];
afterEach(async () => {
  for (const product of running.splice(0)) await product.stop('SIGKILL');
});

async function start(env?: Parameters<typeof startProduct>[0]): Promise<Product> {
  const product = await startProduct(env);
  running.push(product);
  return product;
}

/** Where the log says that metrics are served. */
function metricsOf(product: Product): string {
  const port = /"metrics\.listening","port":(\d+)/.exec(product.log())?.[1];
  return `http://127.0.0.1:${port}`;
}

const memberRow = z.object({
  nik: z.string(),
  name: z.string(),
  phone: z.string().nullable(),
  kpj: z.array(z.string()),
});

describe('metrics', () => {
  it('are served on a port of their own, never on that of the members', async () => {
    const product = await start({ METRICS_PORT: '0' });
    const answer = await fetch(`${metricsOf(product)}/metrics`);
    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-type')).toBe('text/plain; version=0.0.4; charset=utf-8');
    expect(await answer.text()).toContain('jamsostek_inbounds_total{channel="web",result="accepted"} 0');
    expect((await fetch(`${product.url}/metrics`)).status).toBe(404);
    expect((await fetch(`${metricsOf(product)}/`)).status).toBe(404);
    expect((await fetch(`${metricsOf(product)}/readyz`)).status).toBe(200);
    expect(await product.stop()).toMatchObject({ code: 0 });
  });

  it('are off unless they are asked for', async () => {
    const product = await start();
    expect(product.log()).not.toContain('metrics.listening');
  });

  it('whose port is taken stop the start with one line that names the setting', async () => {
    const taken = createServer();
    await new Promise<void>((resolve) => taken.listen(0, '127.0.0.1', resolve));
    const { port } = z.object({ port: z.number() }).parse(taken.address());
    const folder = mkdtempSync(join(tmpdir(), 'jamsostek-chat-'));
    const env = { PORT: '0', METRICS_PORT: String(port), DATA_FOLDER: folder, LOG_LEVEL: 'error' };
    const ended = await runProgram(['serve'], env);
    expect(ended).toMatchObject({ code: 1, stdout: '' });
    expect(ended.stderr).toMatch(/^Port \d+ is taken: [^\n]+ METRICS_PORT\.\n$/);
    rmSync(folder, { recursive: true });
    await new Promise((resolve) => taken.close(resolve));
  });

  it('of a whole conversation tell its steps and hold no NIK, code, phone, name, membership number or amount', async () => {
    const product = await start({ METRICS_PORT: '0' });
    const listed = await runProgram(['members', '--json']);
    const members = listed.stdout
      .trimEnd()
      .split('\n')
      .map((line) => memberRow.parse(JSON.parse(line)));
    const member = members[1];
    if (!member) throw new Error('There is no second demo member');

    const tab = new Tab(product.url);
    await tab.connect();
    let number = 0;
    const say = async (text: string): Promise<void> => {
      number += 1;
      await tab.write(`message-${number}`, text);
      await tab.until(({ kind }) => kind === 'assistant');
    };
    await say('saldo');
    await say('ya');
    await say(member.nik);
    if (!tab.shown.some((line) => line.startsWith('sms'))) await tab.until(({ kind }) => kind === 'sms');
    const code = /\b(\d{6})\./.exec(tab.shown.join(' '))?.[1] ?? '';
    await say(code === '000000' ? '111111' : '000000');
    await say(code);
    await say('iuran');
    tab.disconnect();

    const text = await (await fetch(`${metricsOf(product)}/metrics`)).text();
    for (const line of [
      'jamsostek_inbounds_total{channel="web",result="accepted"} 6',
      'jamsostek_turns_total{channel="web",state="verified"} 2',
      'jamsostek_commit_latency_seconds_count{channel="web"} 6',
      'jamsostek_sends_total{channel="web",result="sent"} 6',
      'jamsostek_sends_total{channel="code",result="sent"} 1',
      'jamsostek_codes_total{event="sent"} 1',
      'jamsostek_codes_total{event="wrong"} 1',
      'jamsostek_codes_total{event="right"} 1',
    ])
      expect(text).toContain(`${line}\n`);

    const amounts = tab.shown.join(' ').match(/(?<=Rp)[\d.]+/g) ?? [];
    expect(amounts.length).toBeGreaterThan(3);
    const cookie = tab.cookie.split('=')[1] ?? '';
    const ofMembers = members.flatMap(({ nik, kpj, phone, name }) =>
      kpj.concat(
        nik,
        phone ?? nik,
        name.split(' ').filter((word) => word.length > 4),
      ),
    );
    const plain = amounts.map((amount) => amount.replaceAll('.', ''));
    for (const secret of ofMembers.concat(cookie, code, amounts, plain)) expect(text).not.toContain(secret);
  });
});
