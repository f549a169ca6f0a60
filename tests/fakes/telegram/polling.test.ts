import { Bot } from 'grammy';
import { describe, expect, it } from 'vitest';
import { eventually } from '../../eventually.ts';
import { Clock, stage } from './stage.ts';

describe('polling', () => {
  it('answers a poll that waits as soon as something happens', async () => {
    const { bot, api } = await stage();
    const siti = bot.person();
    const poll = api.getUpdates({ timeout: 30 });
    await eventually(() => expect(bot.pollers).toBe(1));
    siti.say('halo');
    expect((await poll).map(({ message }) => message?.text)).toEqual(['halo']);
    expect(bot.pollers).toBe(0);
  });

  it('answers a poll with nothing when its time is over, and not before', async () => {
    const { api } = await stage();
    const began = performance.now();
    expect(await api.getUpdates({ timeout: 1 })).toEqual([]);
    expect(performance.now() - began).toBeGreaterThan(950);
  });

  it('keeps an update until a later offset confirms it', async () => {
    const { bot, api } = await stage();
    const { updateId } = bot.person().say('halo');
    for (const offset of [0, updateId ?? 0]) expect(await api.getUpdates({ offset })).toHaveLength(1);
    expect(bot.pending).toBe(1);
    expect(await api.getUpdates({ offset: (updateId ?? 0) + 1 })).toEqual([]);
    expect(bot.pending).toBe(0);
  });

  it('forgets all but the last few for a negative offset', async () => {
    const { bot, api } = await stage();
    const siti = bot.person();
    for (const text of ['satu', 'dua', 'tiga']) siti.say(text);
    const updates = await api.getUpdates({ offset: -2 });
    expect(updates.map(({ message }) => message?.text)).toEqual(['dua', 'tiga']);
    expect(bot.pending).toBe(2);
  });

  it('brings a hundred at a time, or fewer when asked', async () => {
    const { bot, api } = await stage();
    const siti = bot.person();
    for (let nth = 0; nth < 120; nth += 1) siti.say(`pesan ${nth}`);
    expect(await api.getUpdates({ limit: 500 })).toHaveLength(100);
    expect(await api.getUpdates({ limit: 3 })).toHaveLength(3);
  });

  it('tells only of what the bot wants, from then on', async () => {
    const { bot, api } = await stage();
    const siti = bot.person();
    const { message } = siti.say('sebelum');
    await api.getUpdates({ allowed_updates: ['edited_message'] });
    expect(siti.say('sesudah').updateId).toBeNull();
    siti.edit(message.message_id, 'diubah');
    const updates = await api.getUpdates();
    expect(updates.map((update) => Object.keys(update)[1])).toEqual(['message', 'edited_message']);
  });

  it('ends a poll with 409 when another begins', async () => {
    const { bot, call } = await stage();
    const first = call('getUpdates', { timeout: 30 });
    await eventually(() => expect(bot.pollers).toBe(1));
    const second = call('getUpdates', { timeout: 30 });
    expect(await first).toMatchObject({
      status: 409,
      description: 'Conflict: terminated by other getUpdates request; make sure that only one bot instance is running',
    });
    expect(bot.conflicts).toBe(1);
    bot.person().say('halo');
    expect(await second).toMatchObject({ ok: true, result: [{ message: { text: 'halo' } }] });
  });

  it('forgets a poll whose caller has left', async () => {
    const { telegram, bot } = await stage();
    const leaves = new AbortController();
    const poll = fetch(`${telegram.apiRoot}/bot${bot.token}/getUpdates?timeout=30`, { signal: leaves.signal });
    await eventually(() => expect(bot.pollers).toBe(1));
    leaves.abort();
    await expect(poll).rejects.toThrow('aborted');
    await eventually(() => expect(bot.pollers).toBe(0));
    expect(bot.conflicts).toBe(0);
  });

  it('gives messages up after a day, and taps after two and a half minutes', async () => {
    const clock = new Clock();
    const { bot, api } = await stage({ now: clock.now });
    const siti = bot.person();
    await api.sendMessage(siti.id, 'Menu', {
      reply_markup: { inline_keyboard: [[{ text: 'Saldo', callback_data: 's' }]] },
    });
    siti.tap(await siti.next(), 'Saldo');
    siti.say('halo');
    clock.pass(149);
    expect(bot.pending).toBe(2);
    clock.pass(2);
    expect((await api.getUpdates()).map((update) => Object.keys(update)[1])).toEqual(['message']);
    clock.pass(86_400);
    expect(bot.pending).toBe(0);
  });
});

describe('what goes wrong with updates', () => {
  it('tells an update twice under one number', async () => {
    const { bot, api } = await stage();
    const { updateId } = bot.person().say('halo');
    const [first] = await api.getUpdates();
    const offset = (updateId ?? 0) + 1;
    expect(await api.getUpdates({ offset })).toEqual([]);
    bot.redeliver(updateId ?? 0);
    expect(await api.getUpdates({ offset })).toEqual([first]);
    expect(await api.getUpdates({ offset })).toEqual([]);
  });

  it('tells updates out of order', async () => {
    const { bot, api } = await stage();
    const siti = bot.person();
    await bot.shuffle(() => {
      siti.say('satu');
      siti.say('dua');
    });
    const updates = await api.getUpdates();
    expect(updates.map(({ message }) => message?.text)).toEqual(['dua', 'satu']);
    expect(updates[0]?.update_id).toBeGreaterThan(updates[1]?.update_id ?? 0);
  });

  it('tells all that happens together in one answer', async () => {
    const { bot, api } = await stage();
    const siti = bot.person();
    const poll = api.getUpdates({ timeout: 30 });
    await eventually(() => expect(bot.pollers).toBe(1));
    await bot.together(() => {
      siti.say('satu');
      siti.say('dua');
    });
    expect(await poll).toHaveLength(2);
  });

  it('takes an offset of an old numbering for none, and confirms nothing by it', async () => {
    const { bot, api } = await stage();
    const siti = bot.person();
    const { updateId } = siti.say('lama');
    const old = (updateId ?? 0) + 1;
    expect(await api.getUpdates({ offset: old })).toEqual([]);
    bot.startUpdateIdsAt(17);
    siti.say('baru');
    for (let times = 0; times < 2; times += 1) {
      expect((await api.getUpdates({ offset: old })).map(({ update_id: id }) => id)).toEqual([17]);
    }
    expect(await api.getUpdates({ offset: 18 })).toEqual([]);
    expect(bot.pending).toBe(0);
  });
});

describe('grammY', () => {
  it('runs a bot on it, unmodified', async () => {
    const { telegram, bot } = await stage();
    const grammy = new Bot(bot.token, { client: { apiRoot: telegram.apiRoot } });
    grammy.on('message:text', (context) => context.reply(`Anda menulis: ${context.message.text}`));
    const running = grammy.start();
    const siti = bot.person();
    siti.say('halo');
    siti.say('lagi');
    expect((await siti.next()).text).toBe('Anda menulis: halo');
    expect((await siti.next()).text).toBe('Anda menulis: lagi');
    await grammy.stop();
    await running;
    expect(bot.pending).toBe(0);
  });
});
