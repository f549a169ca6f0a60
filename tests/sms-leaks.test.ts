import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { z } from 'zod';
import { messagesPath } from '../src/bots/sms/names.ts';
import { shownMembers } from '../src/commands/demo.ts';
import { found, type Onlooker, onlookerAt, partsOf, unlikeTimes, waysToWrite } from './leak-search.ts';
import { startProduct } from './servers/product.ts';
import { findRedis, type RedisServer, startRedis } from './servers/redis.ts';

const secret = 'what-the-gateway-shows-to-us';
const patience = { timeout: 20_000, interval: 20 };
const ownWords = 'halo, ini Zubaidah dari Jalan Kemuning';

/** A gateway that takes texts by GET; what it was handed, by the number that it goes to. */
class Gateway {
  readonly #server: Server;
  readonly sent: { readonly to: string; readonly text: string }[] = [];
  url = '';

  private constructor() {
    this.#server = createServer((request, response) => {
      const { searchParams } = new URL(request.url ?? '', 'http://gateway');
      this.sent.push({ to: searchParams.get('to') ?? '', text: searchParams.get('text') ?? '' });
      response.end();
    });
  }

  static async start(): Promise<Gateway> {
    const gateway = new Gateway();
    gateway.#server.listen(0, '127.0.0.1');
    await once(gateway.#server, 'listening');
    const { port } = z.object({ port: z.number() }).parse(gateway.#server.address());
    gateway.url = `http://127.0.0.1:${port}/?to={to}&text={text}&ref={ref}`;
    return gateway;
  }

  close(): void {
    this.#server.closeAllConnections();
    this.#server.close();
  }
}

describe.skipIf(findRedis() === null)('a member who reads the balance by SMS', () => {
  let redis: RedisServer;
  let gateway: Gateway;
  let log = '';
  let metrics = '';
  let onlooker: Onlooker;
  /** All that lay in Redis at the end. */
  let dump: readonly string[] = [];
  const said: string[] = [];
  let secrets: readonly string[] = [];

  beforeAll(async () => {
    [redis, gateway] = await Promise.all([startRedis({ appendfsync: 'everysec' }), Gateway.start()]);
    onlooker = await onlookerAt(redis.url);
    const product = await startProduct({
      REDIS_URL: redis.url,
      SECRET_KEY: 'a secret for tests only, long enough',
      SMS_SEND_URL: gateway.url,
      SMS_WEBHOOK_SECRET: secret,
      DEMO: 'on',
      LOG_LEVEL: 'debug',
      METRICS_PORT: '0',
    });
    const member = shownMembers(Date.now()).find(({ phone, kpj }) => phone !== null && kpj.length > 0);
    if (!member?.phone) throw new Error('A demo has members with phones.');
    const { phone } = member;
    const bring = (from: string, text: string, id: string) =>
      fetch(`${product.url}${messagesPath}?key=${secret}`, {
        method: 'POST',
        body: new URLSearchParams({ from, text, id }),
      });
    const tell = async (text: string, texts: number) => {
      const before = gateway.sent.length;
      expect((await bring(phone, text, `id-${said.length}`)).status).toBe(200);
      await vi.waitUntil(() => gateway.sent.length === before + texts, patience);
      said.push(text, ...gateway.sent.slice(before).map((sent) => sent.text));
    };
    await tell(ownWords, 1);
    await tell(`SALDO ${member.kpj[0]}`, 1);
    await tell('ya', 2);
    const code = said.flatMap((text) => /kode Anda (\d{6})/.exec(text)?.[1] ?? []).at(-1) ?? '';
    await tell(code, 1);
    await tell(`DAFTAR SALDO#${member.nik}#${member.name}#01-01-1990#${member.kpj[0]}`, 1);
    // What is turned away is not told of either.
    await bring('+4477009001234', ownWords, 'from abroad');
    await fetch(`${product.url}${messagesPath}?key=wrong&from=${encodeURIComponent(phone)}&text=saldo`);

    const port = /"code":"metrics.listening","port":(\d+)/.exec(product.log())?.[1] ?? '';
    metrics = await (await fetch(`http://127.0.0.1:${port}/metrics`)).text();
    dump = await onlooker.everything();
    ({ stderr: log } = await product.stop());
    onlooker.leave();
    secrets = [
      member.nik,
      member.name,
      ...member.kpj,
      ...waysToWrite(phone),
      ...unlikeTimes([code]),
      secret,
      '4477009001234',
      'Zubaidah',
      'Jalan Kemuning',
      ...said.flatMap(partsOf),
    ];
  }, 90_000);

  afterAll(async () => {
    gateway.close();
    await redis.stop();
  });

  it('came to the balance, all to the phone on file', () => {
    expect(said.filter((text) => /Rp\s?\d/.test(text))).toHaveLength(1);
    expect(new Set(gateway.sent.map(({ to }) => to)).size).toBe(1);
    expect(onlooker.commands.length).toBeGreaterThan(200);
    expect(found(secrets, said.join('\n')).length).toBeGreaterThan(10);
  });

  it('leaves nothing of theirs in the log, nor the secret of the gateway', () => {
    expect(log).toContain('"channel":"sms"');
    expect(log).toContain('"code":"channel.aside"');
    expect(found(secrets, log)).toEqual([]);
  });

  it('leaves nothing of it in the metrics', () => {
    expect(metrics).toContain('jamsostek_channel_link{channel="sms",state="up"} 1');
    expect(found(secrets, metrics)).toEqual([]);
  });

  it('leaves nothing of it in Redis, neither in values nor in names', () => {
    expect(found(secrets, dump.join('\n'))).toEqual([]);
    expect(found(secrets, onlooker.commands.join('\n'))).toEqual([]);
  });
});
