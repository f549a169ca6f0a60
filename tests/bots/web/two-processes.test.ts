import { randomBytes } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { redisChatLog } from '../../../src/backends/redis/chat-log.ts';
import { openStore, type Store } from '../../../src/backends/redis/store.ts';
import { systemRandom } from '../../../src/backends/system/random.ts';
import { sealing } from '../../../src/backends/system/sealing.ts';
import type { ChatLog } from '../../../src/bots/web/chat-log.ts';
import { second } from '../../../src/core/time.ts';
import { findRedis, type RedisServer, startRedis } from '../../servers/redis.ts';
import { loggingOut, reply, type Script, Stage } from './stage.ts';
import { type Seen, Tab } from './tab.ts';

const quiet: Script = () => [];
const says = (text: string) => (event: Seen) => event.data['text'] === text;

describe.skipIf(findRedis() === null)('a chat that two processes serve', () => {
  const ring = [randomBytes(32)];
  const sealed = sealing(() => ring);
  const cleanups: (() => Promise<unknown> | void)[] = [];
  let server: RedisServer;
  let stores = 0;
  beforeAll(async () => {
    server = await startRedis();
  });
  afterAll(() => server.stop());
  afterEach(async () => {
    vi.useRealTimers();
    for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
  });

  /** The log as one process has it: on connections of its own. */
  function logOn(prefix: string): { store: Store; log: ChatLog } {
    const store = openStore({ url: server.url, prefix });
    const log = redisChatLog({ store, sealing: sealed, random: systemRandom() });
    cleanups.push(
      () => store.close(),
      () => log.close(),
    );
    return { store, log };
  }

  /** Two processes: what `a` takes, `b` answers. */
  async function open(script?: Script) {
    const prefix = `test ${(stores += 1)}`;
    const [atA, atB] = [logOn(prefix), logOn(prefix)];
    const common = { demo: true, ...(script && { script }) };
    const b = await Stage.open({ ...common, log: atB.log });
    const a = await Stage.open({ ...common, log: atA.log, answeredBy: b });
    cleanups.push(
      () => a.stop(),
      () => b.stop(),
    );
    return { a, b, prefix, store: atA.store };
  }

  async function tabAt({ url }: Stage, like?: Tab, after = ''): Promise<Tab> {
    const tab = new Tab(url, like?.cookie);
    cleanups.push(() => tab.disconnect());
    const { status } = await tab.connect({}, after);
    expect(status).toBe(200);
    return tab;
  }

  it('shows at one what was written at the other, in order, and again after a reload from either', async () => {
    const { a, b } = await open();
    const writing = await tabAt(a);
    const reading = await tabAt(b, writing);
    await writing.write('message-1', 'satu');
    await writing.write('message-2', 'dua');
    const all = ['member: satu', 'assistant: echo satu', 'member: dua', 'assistant: echo dua'];
    for (const tab of [writing, reading, await tabAt(a, writing), await tabAt(b, writing)]) {
      await tab.until(says('echo dua'));
      expect(tab.shown).toEqual(all);
    }
  });

  it('takes a stream up at the other, with nothing missing and nothing twice', async () => {
    const { a, b } = await open(quiet);
    const first = await tabAt(a);
    await first.write('message-1', 'mulai');
    const expected = ['member: mulai'];
    let last = await first.until(({ kind }) => kind === 'member');
    let tab = first;
    for (let turn = 1; turn <= 20; turn += 1) {
      // The stream is cut before, between and after what is said.
      const before = turn % 2 === 0;
      if (before) tab.disconnect();
      await (turn % 3 === 0 ? b : a).send(a.last(), reply(`jawaban ${turn}`), turn);
      if (!before) last = await tab.until(says(`jawaban ${turn}`));
      expected.push(`assistant: jawaban ${turn}`);
      tab.disconnect();
      tab = await tabAt(turn % 2 === 0 ? a : b, first, last?.id);
      if (before) last = await tab.until(says(`jawaban ${turn}`));
    }
    cleanups.push(() => tab.disconnect());
    const whole = await tabAt(b, first);
    await whole.until(says('jawaban 20'));
    expect(whole.shown).toEqual(expected);
    expect(new Set(whole.seen.flatMap(({ id }) => (id === '' ? [] : [id]))).size).toBe(21);
  });

  it('shows a reply once that the outbox sends twice, by either', async () => {
    const { a, b } = await open(quiet);
    const tab = await tabAt(a);
    await tab.write('message-1', 'saldo');
    for (const each of [a, b, a]) await each.send(a.last(), reply('Rp1'), 0);
    await b.send(a.last(), reply('selesai'), 1);
    await tab.until(says('selesai'));
    expect(tab.shown).toEqual(['member: saldo', 'assistant: Rp1', 'assistant: selesai']);
  });

  it('shows a message before its answer when the process that took it died before it said so', async () => {
    const { a, b } = await open();
    const tab = await tabAt(b);
    const dying = new Tab(a.url, tab.cookie);
    a.trouble.push('dies');
    expect((await dying.post('/web/messages', { id: 'message-1', text: 'satu' })).status).toBe(503);
    await tab.until(says('echo satu'));
    expect(tab.shown).toEqual(['member: satu', 'assistant: echo satu']);
    await tab.write('message-1', 'satu');
    await tab.write('message-2', 'dua');
    await tab.until(says('echo dua'));
    expect(tab.shown).toEqual(['member: satu', 'assistant: echo satu', 'member: dua', 'assistant: echo dua']);
  });

  it('keeps nothing of a message that was not taken', async () => {
    const { a, store } = await open();
    const tab = await tabAt(a);
    a.trouble.push('full');
    expect((await tab.post('/web/messages', { id: 'message-1', text: 'satu' })).status).toBe(429);
    const [key = ''] = await store.client.keys(`${store.prefix}:*`);
    const fields = ['life', 'clearings', 'reason', 'first', 'last', 'size'];
    expect((await store.client.hkeys(key)).toSorted()).toEqual(fields.toSorted());
  });

  it('shows an SMS of the demo wherever its chat is open', async () => {
    const { a, b } = await open();
    const tab = await tabAt(a);
    const other = await tabAt(b, tab);
    await tab.write('message-1', 'saldo');
    await a.text('kode 123456');
    for (const each of [tab, other]) expect(await each.until(says('kode 123456'))).toMatchObject({ kind: 'sms' });
  });

  it('is cleared everywhere when its member logs out, also in a tab that was away', async () => {
    const { a, b } = await open(loggingOut);
    const [atA, away] = [await tabAt(a), await tabAt(b)];
    const atB = await tabAt(b, atA);
    await atA.write('message-1', 'saldo');
    const last = await atB.until(says('echo saldo'));
    away.disconnect();
    await atA.write('message-2', 'keluar');
    for (const tab of [atA, atB, await tabAt(b, atA, last?.id)]) {
      expect(await tab.until(({ kind }) => kind === 'cleared')).toMatchObject({ data: { reason: 'loggedOut' } });
      expect(tab.seen.some(({ kind, data }) => kind === 'member' && data['id'] === 'message-2')).toBe(true);
      expect(await tab.until(() => false)).toBeNull();
      // As a browser does: the last id that it was told.
      const back = await tabAt(a, atA, tab.seen.findLast(({ id }) => id !== '')?.id);
      await back.until(says('sampai jumpa'));
      expect(back.seen.map(({ kind }) => kind)).toEqual(['start', 'assistant']);
    }
  });

  it('is ended everywhere by its member', async () => {
    const { a, b } = await open();
    const tab = await tabAt(a);
    const other = await tabAt(b, tab);
    await tab.write('message-1', 'saldo');
    await other.until(says('echo saldo'));
    expect((await tab.post('/web/end', {})).status).toBe(204);
    for (const each of [tab, other]) {
      expect(await each.until(({ kind }) => kind === 'cleared')).toMatchObject({ data: { reason: 'ended' } });
      expect(await each.until(() => false)).toBeNull();
    }
    const back = await tabAt(b, tab);
    await b.send(a.last(), reply('tersisa'), 'more');
    await back.until(says('tersisa'));
    expect(back.shown).toEqual(['assistant: tersisa']);
  });

  it('is forgotten everywhere after fifteen minutes, and that is found though nobody says so', async () => {
    vi.useFakeTimers({ toFake: ['setInterval'] });
    const { a, b, store } = await open();
    const tab = await tabAt(a);
    const other = await tabAt(b, tab);
    await tab.write('message-1', 'saldo');
    for (const each of [tab, other]) await each.until(says('echo saldo'));
    const keys = await store.client.keys(`${store.prefix}:*`);
    expect(keys).toHaveLength(1);
    for (const key of keys) await store.client.pexpire(key, 0);
    vi.advanceTimersByTime(5 * second);
    for (const each of [tab, other]) {
      expect(await each.until(({ kind }) => kind === 'cleared')).toMatchObject({ data: { reason: 'idle' } });
      expect(await each.until(() => false)).toBeNull();
    }
  });

  it('lets four tabs be open at each', async () => {
    const { a, b } = await open();
    const first = await tabAt(a);
    const others = [];
    for (const stage of [a, a, a, b, b, b, b]) others.push(await tabAt(stage, first));
    await first.write('message-1', 'satu');
    for (const tab of [first, ...others]) await tab.until(says('echo satu'));
    await tabAt(a, first);
    expect(await first.until(({ kind }) => kind === 'crowded')).toMatchObject({ kind: 'crowded' });
  });

  it('has nothing of what is said in clear in Redis', async () => {
    const { b, store } = await open();
    const tab = await tabAt(b);
    await tab.write('message-1', 'NIK saya 3273014107900001');
    await tab.until(({ kind }) => kind === 'assistant');
    await b.text('kode 042917');
    const keys = await store.client.keys('*');
    const kept = JSON.stringify(await Promise.all(keys.map((key) => store.client.hgetall(key))));
    expect(kept).toContain('sms/');
    for (const secret of ['3273014107900001', '042917', '+6281234567890', 'NIK saya', 'echo', tab.cookie.slice(5)]) {
      expect(keys.join('\n') + kept).not.toContain(secret);
    }
  });

  it('shows within five seconds what it was not told of', async () => {
    vi.useFakeTimers({ toFake: ['setInterval'] });
    const { a, prefix } = await open(quiet);
    const deaf = await Stage.open({ log: { ...logOn(prefix).log, watch: () => () => undefined } });
    cleanups.push(() => deaf.stop());
    const tab = await tabAt(deaf);
    await new Tab(a.url, tab.cookie).write('message-1', 'satu');
    await a.say(reply('dua'));
    vi.advanceTimersByTime(5 * second);
    await tab.until(says('dua'));
    expect(tab.shown).toEqual(['member: satu', 'assistant: dua']);
  });
});
