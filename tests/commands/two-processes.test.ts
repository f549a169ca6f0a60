import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { type PostgresServer, startPostgres } from '../servers/postgres.ts';
import { type Product, startProduct } from '../servers/product.ts';
import { findRedis, type RedisServer, startRedis } from '../servers/redis.ts';
import { Balancer } from './balancer.ts';
import { Visitor } from './visitor.ts';

/** Which process is killed: the one that a message went to, or the other one. */
type Victim = 'taker' | 'other';

/**
 * When: as soon as the message is on its way to it, as soon as it is taken, or surely in the middle of its turn, while
 * the database keeps it waiting.
 */
type Moment = 'sent' | 'taken' | 'turn';

const patience = { timeout: 20_000, interval: 20 };
const figure = /Rp\s?\d/;

describe.skipIf(findRedis() === null)('two processes on one Redis and one database', () => {
  let postgres: PostgresServer;
  let redis: RedisServer;
  let env: Record<string, string>;
  const products = new Map<string, Product>();
  beforeAll(async () => {
    [postgres, redis] = await Promise.all([startPostgres(), startRedis({ appendfsync: 'everysec' })]);
    env = {
      DATABASE_URL: await postgres.createDatabase(),
      REDIS_URL: redis.url,
      SECRET_KEY: 'a secret for tests only, long enough',
      DEMO: 'on',
      LOG_LEVEL: 'warn',
    };
  });
  afterAll(async () => {
    await Promise.all([...products.values()].map((product) => product.stop('SIGKILL')));
    await Promise.all([postgres.stop(), redis.stop()]);
  });

  async function start(): Promise<string> {
    const product = await startProduct(env);
    products.set(product.url, product);
    return product.url;
  }

  async function kill(url: string): Promise<void> {
    const product = products.get(url);
    products.delete(url);
    await product?.stop('SIGKILL');
  }

  it('serve the same conversation: kill -9 either in the middle of a turn and the member notices but a delay', async () => {
    const balancer = await Balancer.open([await start(), await start()]);
    const member = new Visitor(balancer.url);
    const listening = member.listen();
    await expect.poll(() => member.connections, patience).toBe(1);
    const nik = z
      .array(z.object({ nik: z.string() }))
      .parse(await (await fetch(`${balancer.url}/demo/members`)).json());
    const delays: number[] = [];

    /** Sends a message, kills a process then, and waits for the answer; then two processes are there again. */
    const say = async (content: Parameters<Visitor['send']>[0], victim: Victim, moment: Moment) => {
      const answers = member.replies.length;
      const all = [...products.keys()];
      let taker = '';
      const passedOn = new Promise<void>((resolve) => {
        balancer.told = ({ to, post }) => {
          if (!post) return;
          taker = to;
          resolve();
        };
      });
      if (moment === 'turn') postgres.freeze();
      const taken = member.send(content);
      await (moment === 'sent' ? passedOn : taken);
      const since = performance.now();
      const killed = victim === 'taker' ? taker : (all.find((url) => url !== taker) ?? '');
      const dead = kill(killed);
      if (moment === 'turn') postgres.thaw();
      await Promise.all([dead, taken]);
      await expect.poll(() => member.replies.length, patience).toBe(answers + 1);
      delays.push(Math.round(performance.now() - since));
      await start();
      balancer.leadTo([...products.keys()]);
    };

    await say({ text: 'min cek saldo dong' }, 'taker', 'taken');
    await say({ choice: 'consent_yes' }, 'taker', 'turn');
    await say({ text: nik[0]?.nik ?? '' }, 'taker', 'turn');
    await expect.poll(() => member.sms.length, patience).toBe(1);
    const code = /\b\d{6}\b/.exec(member.sms[0] ?? '')?.[0] ?? '';
    await say({ text: code }, 'taker', 'turn');
    await say({ text: 'saldo' }, 'other', 'turn');
    await say({ text: 'iuran' }, 'taker', 'sent');
    await say({ text: 'saldo' }, 'other', 'sent');
    await say({ text: 'saldo' }, 'taker', 'turn');

    const [consent, asksNik, asksCode, balance, ...rest] = member.replies;
    expect(consent).toContain('27/2022');
    expect(asksNik).toContain('NIK');
    expect(asksCode).not.toMatch(figure);
    for (const reply of [balance, ...rest]) expect(reply).toMatch(figure);
    // Every message is there once, and after it its one answer.
    const conversation = (visitor: Visitor) =>
      visitor.events.flatMap(({ kind, data: { id } }) => (kind === 'sms' ? [] : [typeof id === 'string' ? id : kind]));
    const expected = Array.from({ length: 8 }, (_, nth) => [`message-${nth + 1}`, 'assistant']).flat();
    expect(conversation(member)).toEqual(expected);
    // The code once, and the notice that data was opened at most once.
    expect(member.sms.filter((text) => text.includes(code))).toHaveLength(1);
    expect(member.sms.length).toBeLessThanOrEqual(2);
    expect(member.connections).toBeGreaterThan(1);
    // After a reload, it is the same.
    const reloaded = new Visitor(balancer.url, member.cookie);
    const reading = reloaded.listen();
    await expect.poll(() => conversation(reloaded), patience).toEqual(expected);
    expect(reloaded.replies).toEqual(member.replies);
    // The lease of a second, and what it takes to notice.
    expect(delays.toSorted((a, b) => a - b)[4]).toBeLessThan(3_000);
    // Once the member has logged out, nothing of it is there any more.
    await member.send({ text: 'keluar' });
    await expect.poll(() => member.events.some(({ kind }) => kind === 'cleared'), patience).toBe(true);
    const next = new Visitor(balancer.url, member.cookie);
    const nextReading = next.listen();
    await expect.poll(() => conversation(next), patience).toEqual(['assistant']);
    expect(next.replies.join()).not.toMatch(figure);

    for (const visitor of [member, reloaded, next]) visitor.leave();
    await Promise.all([listening, reading, nextReading]);
    await balancer.close();
  }, 180_000);
});
