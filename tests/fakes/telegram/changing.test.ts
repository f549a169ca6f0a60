import { describe, expect, it } from 'vitest';
import { Clock, stage } from './stage.ts';

const keyboard = (text: string) => ({ inline_keyboard: [[{ text, callback_data: text }]] });

describe('editing', () => {
  it('changes the words, and takes buttons away that are not given again', async () => {
    const { bot, api } = await stage();
    const siti = bot.person();
    const { message_id: id } = await api.sendMessage(siti.id, 'lama', { reply_markup: keyboard('a') });
    await api.editMessageText(siti.id, id, 'baru');
    expect(await siti.next()).toMatchObject({ text: 'baru', buttons: [], edited: true });
    await api.editMessageReplyMarkup(siti.id, id, { reply_markup: keyboard('b') });
    expect(siti.read()[0]?.buttons[0]?.[0]?.label).toBe('b');
  });

  it('is refused when nothing changes, or the message is not there or not of the bot', async () => {
    const { bot, api } = await stage();
    const siti = bot.person();
    const { message } = siti.say('punya saya');
    const { message_id: id } = await api.sendMessage(siti.id, 'sama', { reply_markup: keyboard('a') });
    const same = { reply_markup: keyboard('a') };
    await expect(api.editMessageText(siti.id, id, 'sama', same)).rejects.toThrow('message is not modified');
    await expect(api.editMessageReplyMarkup(siti.id, id, same)).rejects.toThrow('message is not modified');
    await expect(api.editMessageText(siti.id, 99, 'a')).rejects.toThrow('message to edit not found');
    await expect(api.editMessageText(siti.id, message.message_id, 'a')).rejects.toThrow("message can't be edited");
  });
});

describe('deleting', () => {
  it('takes away what the bot and what the person wrote in a private chat', async () => {
    const { bot, api } = await stage();
    const siti = bot.person();
    const { message } = siti.say('3273014107900001');
    const { message_id: id } = await api.sendMessage(siti.id, 'Terima kasih.');
    await api.deleteMessage(siti.id, message.message_id);
    expect(siti.read().map(({ text }) => text)).toEqual(['Terima kasih.']);
    await api.deleteMessages(siti.id, [message.message_id, id]);
    expect(siti.read()).toEqual([]);
    await expect(api.deleteMessage(siti.id, id)).rejects.toThrow('400: Bad Request: message to delete not found');
  });

  it('is refused two days later', async () => {
    const clock = new Clock();
    const { bot, api } = await stage({ now: clock.now });
    const siti = bot.person();
    const { message } = siti.say('halo');
    clock.pass(48 * 3_600 + 1);
    const refused = "400: Bad Request: message can't be deleted for everyone";
    await expect(api.deleteMessage(siti.id, message.message_id)).rejects.toThrow(refused);
    expect(siti.read()).toHaveLength(1);
  });

  it('is refused for what others wrote in a group', async () => {
    const { bot, api } = await stage();
    const group = bot.group();
    const { message } = group.person(bot.person()).command('saldo');
    await expect(api.deleteMessage(group.id, message.message_id)).rejects.toThrow("message can't be deleted");
    const own = await api.sendMessage(group.id, 'halo');
    expect(await api.deleteMessage(group.id, own.message_id)).toBe(true);
  });
});

describe('taps', () => {
  it('reach the bot once each, under ids of their own, and are answered once', async () => {
    const { bot, api } = await stage();
    const siti = bot.person();
    await api.sendMessage(siti.id, 'Menu', { reply_markup: keyboard('saldo') });
    const seen = await siti.next();
    const [first, second] = [siti.tap(seen, 'saldo'), siti.tap(seen, 'saldo')];
    const updates = await api.getUpdates();
    expect(updates.map(({ callback_query: query }) => [query?.id, query?.data, query?.from.id])).toEqual([
      [first.id, 'saldo', siti.id],
      [second.id, 'saldo', siti.id],
    ]);
    expect(updates[0]?.callback_query?.message).toMatchObject({ message_id: seen.messageId, text: 'Menu' });
    expect(first.id).not.toBe(second.id);
    await api.answerCallbackQuery(first.id, { text: 'Sebentar', show_alert: true });
    expect(await first.answered).toEqual({ text: 'Sebentar', alert: true });
    const refused = 'query is too old and response timeout expired or query ID is invalid';
    await expect(api.answerCallbackQuery(first.id)).rejects.toThrow(refused);
    await expect(api.answerCallbackQuery(second.id, { text: 'a'.repeat(201) })).rejects.toThrow('MESSAGE_TOO_LONG');
  });

  it('can be answered for a while only', async () => {
    const clock = new Clock();
    const { bot, api } = await stage({ now: clock.now });
    const siti = bot.person();
    await api.sendMessage(siti.id, 'Menu', { reply_markup: keyboard('saldo') });
    const { id } = siti.tap(await siti.next(), 'saldo');
    clock.pass(151);
    await expect(api.answerCallbackQuery(id)).rejects.toThrow('query is too old');
  });

  it('reach the bot also when message or button are gone', async () => {
    const { bot, api } = await stage();
    const siti = bot.person();
    await api.sendMessage(siti.id, 'Menu', { reply_markup: keyboard('saldo') });
    const seen = await siti.next();
    await api.deleteMessage(siti.id, seen.messageId);
    siti.tap(seen, 'saldo');
    const [update] = await api.getUpdates();
    expect(update?.callback_query).toMatchObject({
      data: 'saldo',
      message: { message_id: seen.messageId, date: 0, chat: { id: siti.id } },
    });
  });

  it('need a button that tells the bot something', async () => {
    const { bot, api } = await stage();
    const siti = bot.person();
    const inline_keyboard = [[{ text: 'Situs', url: 'https://a.example/' }]];
    await api.sendMessage(siti.id, 'Menu', { reply_markup: { inline_keyboard } });
    const seen = await siti.next();
    expect(() => siti.tap(seen, 'Situs')).toThrow('tells the bot nothing');
    expect(() => siti.tap(seen, 'Saldo')).toThrow('has no button "Saldo"; it has: Situs');
  });
});
