import { Api, GrammyError, InputFile } from 'grammy';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Desk } from './desk.ts';
import { botToken } from './telegram-side.ts';
import { chatOf, Visitor } from './visitor.ts';

describe('Telegram at the desk', () => {
  let desk: Desk;
  let visitor: Visitor;
  let api: Api;
  /** Siti, in her private chat. */
  let siti: { readonly chat: string; readonly person: string };

  beforeEach(async () => {
    desk = await Desk.start({ port: 0 });
    visitor = await Visitor.at(desk.url);
    api = new Api(botToken, { apiRoot: desk.telegram.apiRoot });
    const [first] = visitor.state.telegram.people;
    siti = { chat: first?.id ?? '', person: first?.id ?? '' };
  });

  afterEach(async () => {
    visitor.leave();
    await desk.close();
  });

  const act = (what: object, who: object = siti) => visitor.post('/telegram/acts', { ...who, act: what });
  const linesOf = (chat: string) => chatOf(visitor.state.telegram.chats, chat).lines;

  it('brings what a person writes to the bot, and shows the answer, its typing and that a message was deleted', async () => {
    expect(await act({ kind: 'text', text: '3273010101900001' })).toStrictEqual({ status: 200 });
    const [update] = await api.getUpdates();
    expect(update?.message).toMatchObject({ text: '3273010101900001', from: { first_name: 'Siti' } });

    await api.sendChatAction(siti.chat, 'typing');
    await visitor.until(({ telegram }) => chatOf(telegram.chats, siti.chat).typing);
    await api.deleteMessage(siti.chat, update?.message?.message_id ?? 0);
    await api.sendMessage(siti.chat, 'Kode …', { protect_content: true });
    await visitor.reply('telegram', siti.chat, 1);
    expect(linesOf(siti.chat)).toMatchObject([{ from: null, text: 'Kode …', notes: ['cannot be forwarded'] }]);
    expect(chatOf(visitor.state.telegram.chats, siti.chat).typing).toBe(false);
  });

  it('taps a button, or taps it twice, and shows what the bot says to that', async () => {
    const button = { text: 'Setuju', callback_data: 'yes' };
    await api.sendMessage(siti.chat, 'Setuju?', { reply_markup: { inline_keyboard: [[button]] } });
    const { id: message, buttons } = await visitor.reply('telegram', siti.chat, 1);
    expect(buttons).toStrictEqual([[{ label: 'Setuju', id: 'yes', url: null }]]);
    await act({ kind: 'tap', message, button: 'yes', twice: true });
    const taps = (await api.getUpdates()).map(({ callback_query: query }) => query);
    expect(taps.map((tap) => tap?.data)).toStrictEqual(['yes', 'yes']);
    expect(new Set(taps.map((tap) => tap?.id)).size).toBe(2);
    await api.answerCallbackQuery(taps[0]?.id ?? '', { text: 'Tombol ini sudah lama' });
    await visitor.until(({ telegram }) => chatOf(telegram.chats, siti.chat).notice === 'Tombol ini sudah lama');
    await act({ kind: 'tap', message, button: 'yes' });
    await visitor.until(({ telegram }) => chatOf(telegram.chats, siti.chat).notice === '');
  });

  it('presses a key that sends a place', async () => {
    const keyboard = [[{ text: 'Kirim lokasi', request_location: true }]];
    await api.sendMessage(siti.chat, 'Di mana?', { reply_markup: { keyboard, one_time_keyboard: true } });
    await visitor.until(({ telegram }) => chatOf(telegram.chats, siti.chat).keys[0]?.[0] === 'Kirim lokasi');
    await act({ kind: 'press', label: 'Kirim lokasi', latitude: -6.9, longitude: 107.6 });
    expect((await api.getUpdates())[0]?.message?.location).toStrictEqual({ latitude: -6.9, longitude: 107.6 });
    await visitor.until(({ telegram }) => chatOf(telegram.chats, siti.chat).keys.length === 0);
  });

  it.each([
    ['location', { latitude: -6.2, longitude: 106.8 }, 'location'],
    ['live location', { latitude: -6.2, longitude: 106.8 }, 'location'],
    ['contact', { phone: '+6281230000001' }, 'contact'],
    ['forwarded contact', { phone: '+6281230000001' }, 'forward_origin'],
    ['photo', {}, 'photo'],
    ['video', {}, 'video'],
    ['document', {}, 'document'],
    ['voice', {}, 'voice'],
    ['sticker', {}, 'sticker'],
  ])('sends a %s', async (kind, about, field) => {
    await act({ kind, ...about });
    expect((await api.getUpdates())[0]?.message).toHaveProperty(field);
  });

  it('edits what was written, and deletes it', async () => {
    await act({ kind: 'text', text: 'saldi' });
    const { lines } = chatOf((await visitor.until(() => linesOf(siti.chat).length === 1)).telegram.chats, siti.chat);
    const message = lines[0]?.id;
    await act({ kind: 'edit', message, text: 'saldo' });
    expect((await api.getUpdates()).map(({ edited_message: edited }) => edited?.text)).toStrictEqual([
      undefined,
      'saldo',
    ]);
    await visitor.until(() => linesOf(siti.chat)[0]?.notes[0] === 'edited');
    await act({ kind: 'delete', message });
    await visitor.until(() => linesOf(siti.chat).length === 0);
  });

  it('lets a new person write in the group, where the bot hears only who calls it by name', async () => {
    const { id: person } = await visitor.post('/telegram/people', { name: 'Made', language: 'en' });
    const group = visitor.state.telegram.chats.find(({ id }) => id.startsWith('-'))?.id ?? '';
    await act({ kind: 'text', text: 'apa kabar' }, { chat: group, person });
    await act({ kind: 'mention', text: 'saldo saya' }, { chat: group, person });
    const updates = await api.getUpdates();
    expect(
      updates.map(({ message }) => [message?.chat.type, message?.text, message?.from.language_code]),
    ).toStrictEqual([['supergroup', '@jamsostek_fake_bot saldo saya', 'en']]);
    await visitor.until(({ telegram }) => chatOf(telegram.chats, group).lines[1]?.from === 'Made');
  });

  it('lets calls go wrong, and lets a person block the bot', async () => {
    await visitor.post('/telegram/trouble', { kind: 'throttled', calls: 'sends', times: 1 });
    const refused: unknown = await api.sendMessage(siti.chat, 'halo').catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(GrammyError);
    expect(refused).toMatchObject({ error_code: 429, parameters: { retry_after: 3 } });
    await visitor.post('/telegram/trouble', { kind: 'failing', calls: 'polls', times: 1 });
    await expect(api.getUpdates()).rejects.toMatchObject({ error_code: 500 });
    await expect(api.getUpdates()).resolves.toStrictEqual([]);
    await act({ kind: 'block' });
    await visitor.until(({ telegram }) => telegram.people[0]?.blocked === true);
    await expect(api.sendMessage(siti.chat, 'halo')).rejects.toMatchObject({ error_code: 403 });
    expect(await act({ kind: 'text', text: 'halo' })).toMatchObject({ status: 409 });
  });

  it('gives out a file that the bot has sent, as something to keep', async () => {
    await api.sendDocument(siti.chat, new InputFile(Buffer.from('%PDF'), 'kartu.pdf'));
    const { file } = await visitor.reply('telegram', siti.chat, 1);
    expect(file?.name).toBe('kartu.pdf');
    const response = await fetch(desk.url + (file?.url ?? ''));
    expect(await response.text()).toBe('%PDF');
    expect(response.headers.get('content-disposition')).toMatch(/^attachment;/);
  });

  it('says what cannot be done', async () => {
    expect(await act({ kind: 'tap', message: '99', button: 'yes' })).toStrictEqual({
      status: 409,
      error: 'This message is not there any more.',
    });
    expect((await act({ kind: 'dance' })).status).toBe(400);
    const other = visitor.state.telegram.people[1]?.id;
    expect((await act({ kind: 'text', text: 'halo' }, { ...siti, person: other })).status).toBe(409);
  });
});
