import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { shownMembers } from '../src/commands/demo.ts';
import { FakeTelegram } from './fakes/telegram/fake-telegram.ts';
import { FakeWhatsApp } from './fakes/whatsapp/server.ts';
import { found, type Onlooker, onlookerAt, partsOf, unlikeTimes, waysToWrite } from './leak-search.ts';
import { type Product, startProduct } from './servers/product.ts';
import { findRedis, type RedisServer, startRedis } from './servers/redis.ts';

const token = '123456789:AAabcdefghijklmnopqrstuvwxyz-_12345';
const trust = new URL('fakes/whatsapp/trust.ts', import.meta.url).href;
const patience = { timeout: 20_000, interval: 20 };
const assistantsNumber = '+6281110000001';
const ownWords = 'halo, ini Zubaidah dari Jalan Kemuning';

/** Whatever key material looks like when libsignal, or anybody else, prints it. */
const keyMaterial =
  /privKey|rootKey|chainKey|SessionEntry|registrationId|ephemeralKeyPair|<Buffer |privateKey|noiseKey/;

describe.skipIf(findRedis() === null)('members on Telegram and on WhatsApp who read their balance', () => {
  let redis: RedisServer;
  let product: Product;
  let telegram: FakeTelegram;
  let whatsapp: FakeWhatsApp;
  let screen = '';
  let log = '';
  let metrics = '';
  let onlooker: Onlooker;
  /** All that lay in Redis at the end. */
  let dump: readonly string[] = [];
  const said: string[] = [];
  let secrets: readonly string[] = [];

  beforeAll(async () => {
    [redis, telegram, whatsapp] = await Promise.all([
      startRedis({ appendfsync: 'everysec' }),
      FakeTelegram.start(),
      FakeWhatsApp.start(),
    ]);
    onlooker = await onlookerAt(redis.url);
    const bot = telegram.bot(token, { username: 'jamsostek_test_bot' });
    product = await startProduct({
      REDIS_URL: redis.url,
      SECRET_KEY: 'a secret for tests only, long enough',
      TELEGRAM_BOT_TOKEN: token,
      TELEGRAM_API_ROOT: telegram.apiRoot,
      WHATSAPP: 'on',
      WHATSAPP_WS_URL: whatsapp.url,
      WHATSAPP_PAIR_WITH: assistantsNumber,
      FAKE_WHATSAPP_ROOT: whatsapp.rootKey,
      NODE_OPTIONS: `--import=${trust}`,
      DEMO: 'on',
      LOG_LEVEL: 'debug',
      METRICS_PORT: '0',
    });
    const [first, second] = shownMembers(Date.now());
    if (!first || !second) throw new Error('A demo has members.');
    const codeFor = async (after: number) => {
      const shown = () => /^SMS to \+\d+: .*?(\d{6})/m.exec(product.screen().slice(after))?.[1];
      await vi.waitUntil(() => shown() !== undefined, patience);
      return shown() ?? '';
    };

    const siti = bot.person({ firstName: 'Rukmini' });
    const tell = async (text: string) => {
      siti.say(text);
      said.push(text, (await siti.next({ within: patience.timeout })).text);
    };
    for (const text of [ownWords, 'cek saldo', 'setuju']) await tell(text);
    let before = product.screen().length;
    await tell(first.nik);
    const telegramCode = await codeFor(before);
    await tell(telegramCode);

    await vi.waitUntil(() => /[A-Z\d]{4}-[A-Z\d]{4}/.test(product.screen()), patience);
    const pairing = /([A-Z\d]{4})-([A-Z\d]{4})/.exec(product.screen()) ?? [];
    await whatsapp.wait(({ kind }) => kind === 'code wanted', patience.timeout);
    await whatsapp.owner(assistantsNumber).enterCode(`${pairing[1]}${pairing[2]}`);
    const phones = ['+6281298765432', '+6285712345678'];
    const [wati, lestari] = phones.map((phone, nth) =>
      whatsapp.person(phone, { name: 'Wahyuningsih', lid: nth === 1 }),
    );
    if (!wati || !lestari) throw new Error('Nobody is there');
    const write = async (text: string, person = wati) => {
      await person.say(text);
      said.push(text, (await person.next(patience.timeout)).text ?? '');
    };
    await write(ownWords, lestari);
    for (const text of [ownWords, 'cek saldo', 'setuju']) await write(text);
    before = product.screen().length;
    await write(second.nik);
    const whatsAppCode = await codeFor(before);
    await write(whatsAppCode);

    const port = /"code":"metrics.listening","port":(\d+)/.exec(product.log())?.[1] ?? '';
    metrics = await (await fetch(`http://127.0.0.1:${port}/metrics`)).text();
    dump = await onlooker.everything();
    ({ stdout: screen, stderr: log } = await product.stop());
    onlooker.leave();
    const people = [first, second];
    secrets = [
      ...people.map(({ nik }) => nik),
      ...people.flatMap(({ kpj }) => kpj),
      ...people.flatMap(({ phone }) => waysToWrite(phone ?? '')),
      // A shorter name stands by chance somewhere in so much that is encrypted.
      ...people.map(({ name }) => name),
      ...people.flatMap(({ name }) => name.split(' ').filter((part) => part.length > 7)),
      ...[...phones, assistantsNumber].flatMap(waysToWrite),
      ...[wati, lestari].map(({ phone }) => phone.hiddenAddress.split('@')[0] ?? ''),
      String(siti.id),
      ...unlikeTimes([telegramCode, whatsAppCode]),
      token,
      token.split(':')[1] ?? '',
      `${pairing[1]}${pairing[2]}`,
      'Rukmini',
      'Wahyuningsih',
      'Zubaidah',
      'Jalan Kemuning',
      ...said.flatMap(partsOf),
    ];
  }, 90_000);

  afterAll(async () => {
    await Promise.all([telegram.close(), whatsapp.close()]);
    await redis.stop();
  });

  it('came to the balance on both', () => {
    expect(said.filter((text) => /Rp\s?\d/.test(text))).toHaveLength(2);
    expect(onlooker.commands.length).toBeGreaterThan(1_000);
    expect(dump.some((text) => text.includes('{own:whatsapp}:kept:creds'))).toBe(true);
    expect(found(secrets, said.join('\n')).length).toBeGreaterThan(10);
  });

  it('leave nothing of theirs in the log, nor the token', () => {
    expect(log).toContain('"channel":"whatsapp"');
    expect(log).toContain('"channel":"telegram"');
    expect(found(secrets, log)).toEqual([]);
  });

  it('leave nothing of it in the metrics', () => {
    expect(metrics).toContain('jamsostek_channel_link{channel="whatsapp",state="up"} 1');
    expect(found(secrets, metrics)).toEqual([]);
  });

  it('leave nothing of it in Redis, neither in values nor in names', () => {
    expect(found(secrets, dump.join('\n'))).toEqual([]);
    expect(found(secrets, onlooker.commands.join('\n'))).toEqual([]);
  });

  it('have no key material shown anywhere', () => {
    expect(screen).not.toMatch(keyMaterial);
    expect(log).not.toMatch(keyMaterial);
    expect(onlooker.commands.join('\n')).not.toMatch(keyMaterial);
  });
});
