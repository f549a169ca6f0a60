import { once } from 'node:events';
import { createServer } from 'node:http';
import { Redis } from 'ioredis';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { z } from 'zod';
import { shownMembers } from '../src/commands/demo.ts';
import { Tab } from './bots/web/tab.ts';
import { found, partsOf, unlikeTimes, valuesOf, waysToWrite } from './leak-search.ts';
import { freePort } from './servers/process.ts';
import { type Product, startProduct } from './servers/product.ts';
import { findRedis, type RedisServer, startRedis } from './servers/redis.ts';

/** The program's own secrets. */
const password = 'sesame-of-redis';
const secretKey = 'a secret for tests only, long enough';

/** Where the member is, by the proxy's word. */
const source = '203.0.113.77';

/** What the member says of themselves beside it all. */
const ownWords = ['Zubaidah', 'Jalan Kemuning'];

const patience = { timeout: 10_000, interval: 20 };

/** Keys that stay: the lanes with work in them, empty when there is none, and the times of scheduled work. */
const lasting = [/^jamsostek:\{\d+\}:due:[a-z]+$/, /^jamsostek:\{schedule\}:/];

describe.skipIf(findRedis() === null)('a conversation up to the balance, with faults on its way', () => {
  let redis: RedisServer;
  let product: Product;
  let watcher: Redis;
  /** Every argument of every command that Redis was ever given, those of scripts included. */
  const commands: string[] = [];
  /** Everything that lay in Redis after each message. */
  const dumps: string[] = [];
  /** Keys that were seen without an end, and are not among the lasting ones. */
  const endless = new Set<string>();
  /** What left by SMS: number and text. */
  const sms: { readonly to: string; readonly text: string }[] = [];
  /** What the member and the assistant have said. */
  const said: { readonly by: 'member' | 'assistant'; readonly text: string }[] = [];
  let metrics = '';
  let log = '';
  let secrets: readonly string[] = [];

  beforeAll(async () => {
    redis = await startRedis({ appendfsync: 'everysec' });
    watcher = new Redis(redis.url);
    await watcher.call('ACL', 'SETUSER', 'app', 'on', `>${password}`, '~*', '&*', '+@all');
    const monitor = await new Redis(redis.url).monitor();
    monitor.on('monitor', (_time: string, args: readonly string[]) => commands.push(...args));
    const gateway = await smsGateway(sms);
    product = await startProduct({
      REDIS_URL: redis.url.replace('//', `//app:${password}@`),
      SECRET_KEY: secretKey,
      SMS_SEND_URL: `${gateway.url}/?to={to}&text={text}`,
      DEMO: 'on',
      LOG_LEVEL: 'debug',
      METRICS_PORT: '0',
      TRUST_PROXY: 'loopback',
    });

    const [member, other] = shownMembers(Date.now());
    if (!member || !other) throw new Error('A demo has members.');
    const tab = new Tab(product.url);
    const from = { 'x-forwarded-for': source };
    await tab.connect(from);
    const send = (text: string) => tab.post('/web/messages', { id: `message-${dumps.length}`, text }, from);
    const say = async (text: string) => {
      said.push({ by: 'member', text });
      // While Redis takes nothing, as the page: again.
      await vi.waitUntil(async () => (await send(text)).status === 202, patience);
      const answer = await tab.until(({ kind }) => kind === 'assistant');
      said.push({ by: 'assistant', text: String(answer?.data['text']) });
      dumps.push(await dump());
    };
    const newCode = async (nth: number) => {
      await vi.waitUntil(() => sms.length === nth, patience);
      return /\b\d{6}\b/.exec(sms[nth - 1]?.text ?? '')?.[0] ?? '';
    };

    await say(`halo, ini ${ownWords.join(' di ')}`);
    await say('min cek saldo jht sy dong');
    await say('setuju');
    await say(other.nik);
    const otherCode = await newCode(1);
    await say(`eh salah, yang bener ${member.nik.replace(/(.{4})/g, '$1 ').trim()}`);
    const code = await newCode(2);
    const wrong = code === '314159' ? '271828' : '314159';
    await say(wrong);

    // Redis stands still, every connection breaks, and then it is full for a while and refuses what it is given.
    redis.freeze();
    await vi.waitUntil(() => product.log().includes('"store.failed"'), patience);
    redis.thaw();
    await watcher.call('CLIENT', 'KILL', 'USER', 'app');
    await watcher.call('CONFIG', 'SET', 'maxmemory', '1');
    expect((await send(code)).status).toBe(503);
    await watcher.call('CONFIG', 'SET', 'maxmemory', '0');

    await say(code);
    await say('iuran');
    await say('periksa iuran saya');
    await say('lupa nomor kpj');
    await say('minta kartu digital saya');
    await say('minta surat saldo');
    await say('data chat ini');
    await say('saldo');
    await say('keluar');
    tab.disconnect();

    const port = /"code":"metrics.listening","port":(\d+)/.exec(product.log())?.[1] ?? '';
    metrics = await (await fetch(`http://127.0.0.1:${port}/metrics`)).text();
    ({ stderr: log } = await product.stop());
    monitor.disconnect();
    gateway.close();
    const people = [member, other];
    secrets = [
      ...people.map(({ nik }) => nik),
      ...people.flatMap(({ kpj }) => kpj),
      ...people.flatMap(({ phone }) => waysToWrite(phone ?? '')),
      ...people.flatMap(({ name }) => name.split(' ')),
      ...unlikeTimes([otherCode, code, wrong]),
      source,
      password,
      secretKey,
      tab.cookie.split('=')[1] ?? '',
      ...ownWords,
      ...said.flatMap(({ text }) => partsOf(text)),
    ];
  }, 60_000);

  afterAll(async () => {
    watcher.disconnect();
    await redis.stop();
  });

  /** All that lies in Redis now, and notes what would stay for ever. */
  async function dump(): Promise<string> {
    const lines: string[] = [];
    for await (const keys of watcher.scanStream({ count: 1_000 })) {
      for (const key of z.array(z.string()).parse(keys)) {
        if ((await watcher.pttl(key)) === -1 && !lasting.some((pattern) => pattern.test(key))) endless.add(key);
        lines.push(key, ...(await valuesOf(watcher, key)));
      }
    }
    return lines.join('\n');
  }

  it('came to the balance, by way of every fault', () => {
    const figures = said.filter(({ by, text }) => by === 'assistant' && /Rp\s?\d/.test(text));
    expect(figures).toHaveLength(3);
    for (const code of ['store.failed', 'request.failed', 'effect.unsent']) expect(log).toContain(`"${code}"`);
    expect(log.match(/"turn.committed"/g)).toHaveLength(said.length / 2);
    expect(commands.length).toBeGreaterThan(1_000);
    expect(dumps.every((text) => /:session:/.test(text))).toBe(true);
  });

  it('finds what it looks for where that may be', () => {
    const open = [...said.map(({ text }) => text), ...sms.map(({ to, text }) => `${to} ${text}`)].join('\n');
    expect(found(secrets, open).length).toBeGreaterThan(25);
    expect(found(secrets, Buffer.from(open).toString('base64')).length).toBeGreaterThan(25);
  });

  it('leaves no NIK, code, number, name, amount or word of anybody in the log', () => {
    expect(found(secrets, log)).toEqual([]);
  });

  it('leaves none of it in the metrics', () => {
    expect(metrics).toContain('jamsostek_turns_total{');
    expect(found(secrets, metrics)).toEqual([]);
  });

  it('leaves none of it in Redis, at no time', () => {
    expect(found(secrets, dumps.join('\n'))).toEqual([]);
    expect(found(secrets, commands.join('\n'))).toEqual([]);
  });

  it('leaves nothing in Redis for ever', () => {
    expect([...endless]).toEqual([]);
  });
});

/** Takes SMS as the gateway of a network operator does, every one at its second try. */
async function smsGateway(sms: { readonly to: string; readonly text: string }[]) {
  let tries = 0;
  const server = createServer((request, response) => {
    const asked = new URL(request.url ?? '', 'http://gateway').searchParams;
    tries += 1;
    if (tries % 2 === 1) {
      response.writeHead(429, { 'retry-after': '0' }).end(`not now: ${asked.toString()}`);
      return;
    }
    sms.push({ to: asked.get('to') ?? '', text: asked.get('text') ?? '' });
    response.end('0: Accepted for delivery');
  });
  const port = await freePort();
  await once(server.listen(port, '127.0.0.1'), 'listening');
  return { url: `http://127.0.0.1:${port}`, close: () => void server.close() };
}
