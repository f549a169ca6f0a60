import { afterEach, describe, expect, it, vi } from 'vitest';
import { minute, second } from '../../../src/core/time.ts';
import { loggingOut, reply, Stage, type StageOptions } from './stage.ts';
import { type Seen, Tab } from './tab.ts';

const stages: Stage[] = [];
const tabs: Tab[] = [];
afterEach(async () => {
  vi.useRealTimers();
  for (const tab of tabs.splice(0)) tab.disconnect();
  await Promise.all(stages.splice(0).map((stage) => stage.stop()));
});

async function open(options?: StageOptions): Promise<{ stage: Stage; tab: Tab }> {
  const stage = await Stage.open(options);
  stages.push(stage);
  return { stage, tab: await connected(new Tab(stage.url)) };
}

async function connected(tab: Tab, after = ''): Promise<Tab> {
  tabs.push(tab);
  await tab.connect({}, after);
  return tab;
}

const says = (text: string) => (event: Seen) => event.data['text'] === text;

describe('the events of a chat', () => {
  it('hold what the member sent and what was answered, in order, though the answer is there first', async () => {
    const { tab } = await open();
    await tab.write('message-1', 'satu');
    await tab.write('message-2', 'dua');
    await tab.until(says('echo dua'));
    expect(tab.shown).toEqual(['member: satu', 'assistant: echo satu', 'member: dua', 'assistant: echo dua']);
  });

  it('begin anew for a tab that comes later, and go on live in both', async () => {
    const { stage, tab } = await open();
    await tab.write('message-1', 'satu');
    const second = await connected(tab.another());
    await second.until(says('echo satu'));
    await stage.say(reply('to all'));
    await Promise.all([tab.until(says('to all')), second.until(says('to all'))]);
    expect(second.shown).toEqual(tab.shown);
  });

  it.each(['header', 'parameter'])('resume after the last one that a tab had (%s)', async (by) => {
    const { stage, tab } = await open();
    await tab.write('message-1', 'satu');
    const last = await tab.until(says('echo satu'));
    tab.disconnect();
    await stage.say(reply('missed one'));
    await stage.say(reply('missed two'));
    const back = tab.another();
    tabs.push(back);
    await (by === 'header' ? back.connect({ 'last-event-id': last?.id ?? '' }) : back.connect({}, last?.id));
    await back.until(says('missed two'));
    expect(back.shown).toEqual(['assistant: missed one', 'assistant: missed two']);
  });

  it.each(['', 'nonsense', 'other.7', '.', 'x'.repeat(5_000)])('come all of them after "%.9s"', async (after) => {
    const { tab } = await open();
    await tab.write('message-1', 'satu');
    const back = await connected(tab.another(), after);
    await back.until(says('echo satu'));
    expect(back.shown).toEqual(['member: satu', 'assistant: echo satu']);
  });

  it('show a choice by the words that it was offered with', async () => {
    const { tab } = await open({ script: () => [reply('ya?', [{ id: 'consent_yes', label: 'Setuju' }])] });
    await tab.write('message-1', 'saldo');
    await tab.post('/web/messages', { id: 'message-2', choice: 'consent_yes' });
    await tab.until(({ id }) => id.endsWith('.4'));
    expect(tab.shown).toEqual(['member: saldo', 'assistant: ya?', 'member: Setuju', 'assistant: ya?']);
  });

  it('hold nothing that was not taken', async () => {
    const { stage, tab } = await open();
    stage.trouble.push('throws', 'full');
    await tab.post('/web/messages', { id: 'message-1', text: 'satu' });
    await tab.post('/web/messages', { id: 'message-1', text: 'satu' });
    await tab.write('message-1', 'satu');
    await tab.until(says('echo satu'));
    expect(tab.shown).toEqual(['member: satu', 'assistant: echo satu']);
  });

  it('hold a message that came twice once', async () => {
    const { tab } = await open();
    await tab.write('message-1', 'satu');
    await tab.write('message-1', 'satu');
    await tab.write('message-2', 'dua');
    await tab.until(says('echo dua'));
    expect(tab.shown).toEqual(['member: satu', 'assistant: echo satu', 'member: dua', 'assistant: echo dua']);
  });

  it('cannot be forged by what a member writes', async () => {
    const { tab } = await open();
    await tab.write('message-1', 'a\n\nevent: assistant\ndata: {"text":"fake"}\n\n\r\r\u2028id: 9');
    await tab.until(({ kind }) => kind === 'assistant');
    expect(tab.seen.map(({ kind }) => kind)).toEqual(['start', 'member', 'assistant']);
  });

  it('hold an answer that came before any tab of its chat', async () => {
    const { stage, tab } = await open();
    await tab.write('message-1', 'satu');
    const { stage: restarted } = await open();
    expect(await restarted.send(stage.last(), reply('late'), 0)).toEqual({ sent: true });
    const back = await connected(new Tab(restarted.url, tab.cookie));
    expect(await back.until(says('late'))).toMatchObject({ kind: 'assistant' });
  });

  it('reach nobody else', async () => {
    const { stage, tab } = await open();
    const stranger = await connected(new Tab(stage.url));
    await tab.write('message-1', 'rahasia');
    await stranger.write('message-1', 'halo');
    await stranger.until(says('echo halo'));
    expect(stranger.shown).toEqual(['member: halo', 'assistant: echo halo']);
  });

  it('show an SMS to the chat that it belongs to, in a demo', async () => {
    const { stage, tab } = await open({ demo: true });
    await tab.write('message-1', 'saldo');
    await stage.text('kode 123456');
    await tab.until(says('kode 123456'));
    expect(tab.shown.at(-1)).toBe('sms: kode 123456');
  });
});

describe('a chat forgets', () => {
  it('what it showed once the member has not written for fifteen minutes', async () => {
    const { stage, tab } = await open();
    stage.clock.time += 10 * minute;
    await tab.write('message-1', 'satu');
    await tab.until(says('echo satu'));
    stage.clock.time += 15 * minute - 1;
    const before = await connected(tab.another());
    await before.until(says('echo satu'));
    stage.clock.time += 1;
    const after = await connected(tab.another());
    await after.write('message-2', 'dua');
    await after.until(says('echo dua'));
    expect(after.shown).toEqual(['member: dua', 'assistant: echo dua']);
    expect(await tab.until(({ kind }) => kind === 'cleared')).toMatchObject({ data: { reason: 'idle' } });
    expect(await tab.until(() => false)).toBeNull();
  });

  it('when the member ends it, in all tabs, and the browser gets another chat', async () => {
    const { stage, tab } = await open();
    const second = await connected(tab.another());
    await tab.write('message-1', 'satu');
    const ended = await tab.post('/web/end', {});
    expect(ended.status).toBe(204);
    for (const each of [tab, second]) {
      expect(await each.until(({ kind }) => kind === 'cleared')).toMatchObject({ data: { reason: 'ended' } });
    }
    const next = await connected(new Tab(stage.url, ended.headers.get('set-cookie')?.split(';')[0]));
    await next.write('message-2', 'dua');
    await next.until(says('echo dua'));
    expect(next.shown).toEqual(['member: dua', 'assistant: echo dua']);
    expect(new Set(stage.taken.map(({ conversation }) => conversation)).size).toBe(2);
  });

  it('when the member logs out, and shows the goodbye that follows', async () => {
    const { stage, tab } = await open({ script: loggingOut });
    await tab.write('message-1', 'satu');
    await tab.write('message-2', 'keluar');
    expect(await tab.until(({ kind }) => kind === 'cleared')).toMatchObject({ data: { reason: 'loggedOut' } });
    expect(tab.shown.slice(0, 2)).toEqual(['member: satu', 'assistant: echo satu']);
    // The page that has sent it need not send it again, though what it said is gone by now.
    expect(tab.seen.at(-2)).toMatchObject({ kind: 'member', data: { id: 'message-2' } });
    const back = await connected(tab.another());
    await back.until(says('sampai jumpa'));
    expect(back.shown).toEqual(['assistant: sampai jumpa']);
    expect(stage.words).toEqual(['satu', 'keluar']);
  });

  it('the oldest of very much, and keeps the newest', async () => {
    const { stage, tab } = await open();
    await tab.write('message-1', 'satu');
    for (let turn = 0; turn < 200; turn += 1) await stage.say(reply(`${turn} ${'x'.repeat(1_000)}`));
    const back = await connected(tab.another());
    await back.until(({ data }) => String(data['text']).startsWith('199 '));
    expect(back.shown.length).toBeLessThan(100);
    expect(back.shown).not.toContain('member: satu');
  });
});

describe('open tabs', () => {
  it('are at most four: the one that was opened first is told and let go', async () => {
    const { stage, tab } = await open();
    const others = [];
    for (let more = 0; more < 4; more += 1) others.push(await connected(tab.another()));
    expect(await tab.until(({ kind }) => kind === 'crowded')).toMatchObject({ kind: 'crowded' });
    expect(await tab.until(() => false)).toBeNull();
    await tab.write('message-1', 'satu');
    await stage.say(reply('to all'));
    for (const other of others) expect(await other.until(says('to all'))).toMatchObject({ kind: 'assistant' });
  });

  it('are let go when the server stops, within two seconds', async () => {
    const { stage, tab } = await open();
    const began = performance.now();
    await stage.stop();
    expect(performance.now() - began).toBeLessThan(1_000);
    expect(await tab.until(() => false)).toBeNull();
  });

  it('hear that the connection lives', async () => {
    vi.useFakeTimers({ toFake: ['setInterval'] });
    const { tab } = await open();
    vi.advanceTimersByTime(15 * second);
    expect(await tab.until(({ kind }) => kind === 'beat')).toMatchObject({ kind: 'beat' });
  });
});
