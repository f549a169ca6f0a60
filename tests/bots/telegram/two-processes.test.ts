import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { type LeasePace, redisOwning } from '../../../src/backends/redis/owning.ts';
import { openStore, type Store } from '../../../src/backends/redis/store.ts';
import { keysFrom } from '../../../src/backends/system/keys.ts';
import { systemRandom } from '../../../src/backends/system/random.ts';
import { sealing } from '../../../src/backends/system/sealing.ts';
import { systemTimer } from '../../../src/backends/system/timer.ts';
import type { Owning } from '../../../src/bots/owning.ts';
import { eventually } from '../../eventually.ts';
import { findRedis, type RedisServer, startRedis } from '../../servers/redis.ts';
import { openStage, type Stage } from './stage.ts';

const pace: LeasePace = { lease: 2_000, renewEvery: 200, margin: 200, tryEvery: 50 };

describe.skipIf(findRedis() === null)('two processes with one bot', () => {
  const ring = [randomBytes(32)];
  const keys = keysFrom('a secret for tests only');
  let server: RedisServer;
  let prefixes = 0;
  beforeAll(async () => {
    server = await startRedis();
  });
  afterAll(() => server.stop());

  function owningOn(prefix: string): { readonly store: Store; readonly owning: Owning } {
    const store = openStore({ url: server.url, prefix });
    onTestFinished(() => store.close());
    const services = { store, keys, sealing: sealing(() => ring), timer: systemTimer(), random: systemRandom(), pace };
    return { store, owning: redisOwning(services) };
  }

  /** The first has the bot's messages, the second stands by. */
  async function open(webhook = false) {
    const prefix = `test ${(prefixes += 1)}`;
    const [ground, other] = [owningOn(prefix), owningOn(prefix)];
    const first = await openStage({ owning: ground.owning, webhook });
    await eventually(() => expect(first.channel.standing()).toBe('up'));
    const second = await openStage({ owning: other.owning, beside: first, webhook });
    return { first, second, store: ground.store };
  }

  const up = ({ channel }: Stage) => eventually(() => expect(channel.standing()).toBe('up'));

  it('take messages one at a time: the other does not ask Telegram for any', async () => {
    const { first, second } = await open();
    const siti = first.bot.person();
    siti.say('satu');
    expect((await siti.next()).text).toBe('satu');
    expect([second.channel.standing(), first.bot.conflicts]).toEqual(['elsewhere', 0]);
  });

  it('go on where the one that falls silent was, with nothing lost and nothing doubled', async () => {
    const { first, second, store } = await open();
    const people = Array.from({ length: 3 }, () => first.bot.person());
    const sayAll = (text: string) => people.map((person) => person.say(text));
    sayAll('satu');
    for (const person of people) expect((await person.next()).text).toBe('satu');
    // Kept, but the process falls silent before it can tell Telegram so …
    first.trouble.push('dies', 'dies', 'dies');
    await first.bot.together(() => void sayAll('dua'));
    for (const person of people) expect((await person.next()).text).toBe('dua');
    store.client.disconnect();
    // … and this comes while nobody is there.
    sayAll('tiga');
    await up(second);
    for (const person of people) expect((await person.next({ within: 10_000 })).text).toBe('tiga');
    await eventually(() => expect(first.bot.pending).toBe(0));
    expect(first.words()).toEqual(['satu', 'dua', 'tiga'].flatMap((text) => people.map(() => text)));
    expect(first.channel.standing()).toBe('elsewhere');
    expect(first.events).toContainEqual({ kind: 'link', channel: 'telegram', state: 'elsewhere' });
  });

  it('hand over at once when the one that polls stops', async () => {
    const { first, second } = await open();
    await first.channel.stop();
    await up(second);
    const siti = first.bot.person();
    siti.say('satu');
    expect((await siti.next()).text).toBe('satu');
    await eventually(() => expect(second.results).toEqual([{ sent: true }]));
  });

  it('both serve the webhook, and one of them sets it', async () => {
    const { first, second } = await open(true);
    expect(first.bot.callsOf('setWebhook')).toHaveLength(1);
    expect([second.channel.standing(), second.channel.routes === undefined]).toEqual(['elsewhere', false]);
    await first.channel.stop();
    await up(second);
    expect(first.bot.webhook.url).toBe(second.url);
  });
});
