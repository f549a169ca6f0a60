import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest';
import { FakeWhatsApp } from '../fakes/whatsapp/server.ts';
import { runProgram, startCommand, startProduct } from '../servers/product.ts';
import { findRedis, type RedisServer, startRedis } from '../servers/redis.ts';

const trust = new URL('../fakes/whatsapp/trust.ts', import.meta.url).href;
const patience = { timeout: 20_000, interval: 20 };
const first = '+6281110000001';
const second = '+6281110000002';

describe.skipIf(findRedis() === null)('npm run link', () => {
  let redis: RedisServer;
  let whatsapp: FakeWhatsApp;
  beforeAll(async () => {
    [redis, whatsapp] = await Promise.all([startRedis({ appendfsync: 'everysec' }), FakeWhatsApp.start()]);
  });
  afterAll(async () => {
    await whatsapp.close();
    await redis.stop();
  });

  /** Types on this phone the code that the screen shows. */
  async function typeCode(phone: string, screen: () => string): Promise<void> {
    await vi.waitUntil(() => /[A-Z\d]{4}-[A-Z\d]{4}/.test(screen()), patience);
    const [, left = '', right = ''] = /([A-Z\d]{4})-([A-Z\d]{4})/.exec(screen()) ?? [];
    await vi.waitUntil(async () => {
      try {
        await whatsapp.owner(phone).enterCode(left + right);
        return true;
      } catch {
        return false;
      }
    }, patience);
  }

  it('links another number while the program runs, which then goes on with that one', async () => {
    const env = {
      REDIS_URL: redis.url,
      SECRET_KEY: 'a secret for tests only, long enough',
      WHATSAPP: 'on',
      WHATSAPP_WS_URL: whatsapp.url,
      FAKE_WHATSAPP_ROOT: whatsapp.rootKey,
      NODE_OPTIONS: `--import=${trust}`,
    };
    const product = await startProduct({ ...env, WHATSAPP_PAIR_WITH: first, DEMO: 'on', LOG_LEVEL: 'info' });
    onTestFinished(async () => void (await product.stop()));
    const standing = async () => (await fetch(`${product.url}/readyz`)).json();
    await typeCode(first, () => product.screen());
    await expect.poll(standing, patience).toMatchObject({ channels: { whatsapp: 'up' } });
    const member = whatsapp.person('+6281298765432');
    await member.say('halo');
    await member.next(patience.timeout);

    const command = startCommand(['link', 'whatsapp'], { ...env, WHATSAPP_PAIR_WITH: second, DEMO: 'on' });
    await typeCode(second, () => command.screen());
    const { code, stdout, stderr } = await command.ended;
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toContain('whatsapp is linked');
    await expect.poll(standing, patience).toMatchObject({ channels: { whatsapp: 'up' } });
    expect(whatsapp.devices.map(({ owner }) => `+${owner.number}`)).toContain(second);
    expect(product.log()).toContain('"state":"elsewhere"');
  }, 60_000);

  it.each([
    [['link'], 'link takes sms or telegram or whatsapp'],
    [['link', 'fax'], 'link takes sms or telegram or whatsapp'],
    [['link', 'whatsapp'], 'whatsapp is not switched on'],
  ])('%j is answered with one line: %s', async (args, words) => {
    const ended = await runProgram(args);
    expect(ended).toMatchObject({ code: 1, stdout: '' });
    expect(ended.stderr).toContain(words);
    expect(ended.stderr.trim().split('\n')).toHaveLength(1);
  });
});
