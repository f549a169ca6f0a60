import { describe, expect, it, onTestFinished } from 'vitest';
import { demoMembers } from '../../src/backends/demo/members.ts';
import type { Language } from '../../src/core/language.ts';
import { stageDay } from '../conversations/stage.ts';
import type { FakeBot } from '../fakes/telegram/fake-bot.ts';
import { FakeTelegram } from '../fakes/telegram/fake-telegram.ts';
import { freePort } from '../servers/process.ts';
import { type Product, startProduct } from '../servers/product.ts';

const token = '123456789:AAabcdefghijklmnopqrstuvwxyz-_12345';
const slow = { within: 20_000 };

const { nik = '' } = demoMembers(stageDay).find(({ scenario }) => scenario === 'one KPJ') ?? {};

/** The whole program, on a platform on loopback. */
async function start(env: Record<string, string> = {}): Promise<{ bot: FakeBot; product: Product }> {
  const platform = await FakeTelegram.start();
  const bot = platform.bot(token, { username: 'jamsostek_test_bot' });
  const product = await startProduct({
    TELEGRAM_BOT_TOKEN: token,
    TELEGRAM_API_ROOT: platform.apiRoot,
    LOG_LEVEL: 'debug',
    ...env,
  });
  onTestFinished(async () => {
    await product.stop();
    await platform.close();
  });
  return { bot, product };
}

/** From a stranger to the balance, in this language. */
async function readBalance(bot: FakeBot, product: Product, language: Language): Promise<void> {
  const words = {
    id: ['cek saldo', 'Setuju', 'Saldo JHT Anda'],
    en: ['check my balance', 'I agree', 'Your JHT balance'],
  };
  const [ask = '', agree = '', balance = ''] = words[language];
  const member = bot.person({ languageCode: language });
  member.say(ask);
  member.tap(await member.next(slow), agree);
  await member.next();
  const before = product.screen().length;
  const written = [member.say(nik)];
  await member.next();
  const codeOf = () => /^SMS to \+\d+: .*?(\d{6})/m.exec(product.screen().slice(before))?.[1];
  await expect.poll(codeOf).toBeDefined();
  written.push(member.say(codeOf() ?? ''));
  const answer = await member.next();
  expect(answer.text).toContain(balance);
  expect(answer.text).toMatch(/Rp[\d.,]{9,}/);
  expect(answer.protected).toBe(true);
  const left = member.read().map(({ messageId }) => messageId);
  for (const { message } of written) expect(left).not.toContain(message.message_id);
}

function holdsNoSecret(product: Product): void {
  expect(product.log()).toContain('"code":"turn.committed"');
  for (const secret of [token, token.split(':')[1] ?? '', nik]) expect(product.log()).not.toContain(secret);
}

describe('a member on Telegram', () => {
  it('reads the balance by polling, in both languages, with one setting', async () => {
    const { bot, product } = await start();
    await readBalance(bot, product, 'id');
    await readBalance(bot, product, 'en');
    expect(bot.pollers).toBe(1);
    const ready = await (await fetch(`${product.url}/readyz`)).json();
    expect(ready).toEqual({ ready: true, parts: { database: true }, channels: { telegram: 'up' } });
    holdsNoSecret(product);
  });

  it('reads the balance by webhook, in both languages', async () => {
    const port = await freePort();
    const url = `http://127.0.0.1:${port}`;
    const { bot, product } = await start({ PORT: String(port), TELEGRAM_WEBHOOK_URL: url });
    await readBalance(bot, product, 'id');
    await readBalance(bot, product, 'en');
    expect(bot.pollers).toBe(0);
    expect(bot.webhook).toMatchObject({ url: `${url}/telegram/webhook`, pending: 0 });
    const forged = await fetch(`${url}/telegram/webhook`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-telegram-bot-api-secret-token': 'guessed' },
      body: '{}',
    });
    expect(forged.status).toBe(401);
    holdsNoSecret(product);
    expect(product.log()).not.toContain(bot.webhook.secret);
  });

  it('is answered what was taken before the program was asked to stop', async () => {
    const { bot, product } = await start();
    const members = Array.from({ length: 20 }, () => bot.person());
    const [first] = members;
    first?.say('menu');
    await first?.next(slow);
    for (const member of members) member.say('call center nomor berapa');
    await expect.poll(() => product.log().split('"code":"inbound.accepted"').length > 10).toBe(true);
    const { code } = await product.stop();
    expect(code).toBe(0);
    const answered = members.filter((member) => member.read().some(({ text }) => text.includes('175'))).length;
    const accepted = product.log().split('"code":"inbound.accepted"').length - 2;
    expect(answered).toBe(accepted);
    expect(answered + bot.pending).toBeGreaterThanOrEqual(members.length);
  });
});

it('a token that Telegram refuses is told, and the page is served all the same', async () => {
  const platform = await FakeTelegram.start();
  const product = await startProduct({
    TELEGRAM_BOT_TOKEN: token,
    TELEGRAM_API_ROOT: platform.apiRoot,
    LOG_LEVEL: 'info',
  });
  onTestFinished(async () => {
    await product.stop();
    await platform.close();
  });
  await expect.poll(() => product.log()).toContain('"code":"channel.link"');
  await expect
    .poll(async () => (await fetch(`${product.url}/readyz`)).json())
    .toMatchObject({ ready: true, channels: { telegram: 'stopped' } });
  expect((await fetch(product.url)).status).toBe(200);
  expect(product.log()).not.toContain(token);
});
