import { InputFile } from 'grammy';
import { describe, expect, it } from 'vitest';
import { Clock, stage } from './stage.ts';

/** A PNG's beginning, which says how large it is. */
function png(width: number, height: number): Buffer {
  const head = Buffer.alloc(24);
  head.write('\x89PNG\r\n\x1a\n', 'latin1');
  head.writeUInt32BE(width, 16);
  head.writeUInt32BE(height, 20);
  return head;
}

describe('a message', () => {
  it('has the shape that Telegram gives it', async () => {
    const clock = new Clock();
    const { bot, api } = await stage({ now: clock.now });
    const siti = bot.person({ id: 77, firstName: 'Siti' });
    siti.say('halo');
    expect(await api.sendMessage(77, 'Halo!')).toEqual({
      message_id: 2,
      from: bot.me,
      chat: { id: 77, type: 'private', first_name: 'Siti' },
      date: clock.now() / 1_000,
      text: 'Halo!',
    });
  });

  it('is counted in its own chat', async () => {
    const { bot, api } = await stage();
    const [siti, budi] = [bot.person(), bot.person()];
    const ids = [];
    for (const { id } of [siti, siti, budi]) ids.push((await api.sendMessage(id, 'halo')).message_id);
    expect(ids).toEqual([1, 2, 1]);
  });

  it.each([
    ['no text', { text: '' }, 'message text is empty'],
    ['nothing but blanks', { text: ' \n ' }, 'text must be non-empty'],
    ['too long a text', { text: 'a'.repeat(4_097) }, 'message is too long'],
    ['too long a text in pairs of units', { text: '👍'.repeat(2_049) }, 'message is too long'],
    ['no chat', { chat_id: '' }, 'chat_id is empty'],
    ['an answer to nothing', { reply_parameters: { message_id: 99 } }, 'message to be replied not found'],
    ['a button with 65 bytes', { reply_markup: button('é'.repeat(32) + '!') }, 'BUTTON_DATA_INVALID'],
    [
      'a button with no address',
      { reply_markup: { inline_keyboard: [[{ text: 'a', url: 'x' }]] } },
      'BUTTON_URL_INVALID',
    ],
    [
      'a button that does nothing',
      { reply_markup: { inline_keyboard: [[{ text: 'a' }]] } },
      "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard",
    ],
    [
      'too many buttons',
      { reply_markup: { inline_keyboard: Array.from({ length: 101 }, () => [{ text: 'a', callback_data: 'a' }]) } },
      'reply markup is too long',
    ],
  ])('is refused with %s', async (_, wrong, why) => {
    const { bot, call } = await stage();
    const siti = bot.person();
    const answer = await call('sendMessage', { chat_id: siti.id, text: 'halo', ...wrong });
    expect(answer).toMatchObject({ status: 400, description: `Bad Request: ${why}` });
    expect(siti.read()).toEqual([]);
  });

  it('may be as long as 4096 units, marks not counted', async () => {
    const { bot, api } = await stage();
    const siti = bot.person();
    await api.sendMessage(siti.id, `<b>${'a'.repeat(4_096)}</b>`, { parse_mode: 'HTML' });
    expect((await siti.next()).text).toHaveLength(4_096);
  });

  it('shows all that it was sent with', async () => {
    const { bot, api } = await stage();
    const siti = bot.person();
    const { message } = siti.say('halo');
    await api.sendMessage(siti.id, 'Pilih:', {
      protect_content: true,
      link_preview_options: { is_disabled: true },
      reply_parameters: { message_id: message.message_id },
      reply_markup: button('é'.repeat(32)),
    });
    expect(await siti.next()).toMatchObject({
      from: 'bot',
      protected: true,
      linkPreview: { is_disabled: true },
      replyTo: message.message_id,
      buttons: [[{ label: 'Pilih', data: 'é'.repeat(32), url: null }]],
    });
  });

  it('brings keyboards and takes them away', async () => {
    const { bot, api } = await stage();
    const siti = bot.person();
    const keyboard = [[{ text: 'Kirim lokasi', request_location: true }, 'Batal']];
    await api.sendMessage(siti.id, 'Di mana?', { reply_markup: { keyboard, one_time_keyboard: true } });
    expect((await siti.next()).keyboard?.keyboard[0]?.map(({ text }) => text)).toEqual(['Kirim lokasi', 'Batal']);
    siti.press('Kirim lokasi', { latitude: -6.2, longitude: 106.8 });
    expect(siti.read().at(-1)?.location).toEqual({ latitude: -6.2, longitude: 106.8 });
    expect(siti.keyboard).toBeNull();
    await api.sendMessage(siti.id, 'Di mana?', { reply_markup: { keyboard } });
    await api.sendMessage(siti.id, 'Baik.', { reply_markup: { remove_keyboard: true } });
    expect([siti.keyboard, siti.read().at(-1)?.removesKeyboard]).toEqual([null, true]);
    const group = bot.group();
    await expect(api.sendMessage(group.id, 'Di mana?', { reply_markup: { keyboard } })).rejects.toThrow(
      'location can be requested in private chats only',
    );
  });

  it('is refused with 403 as long as the person blocks the bot', async () => {
    const { bot, api } = await stage();
    const siti = bot.person();
    siti.block();
    const blocked = '403: Forbidden: bot was blocked by the user';
    await expect(api.sendMessage(siti.id, 'halo')).rejects.toThrow(blocked);
    await expect(api.sendChatAction(siti.id, 'typing')).rejects.toThrow(blocked);
    expect(() => siti.say('halo')).toThrow('blocked the bot');
    siti.unblock();
    await api.sendMessage(siti.id, 'halo');
    const updates = await api.getUpdates();
    expect(updates.map(({ my_chat_member: change }) => change?.new_chat_member.status)).toEqual(['kicked', 'member']);
  });
});

describe('files', () => {
  it('keep their bytes and names, also names with blanks', async () => {
    const { bot, api } = await stage();
    const siti = bot.person();
    const bytes = Buffer.from('%PDF-1.7\r\n--\r\n\0ÿ', 'latin1');
    await api.sendDocument(siti.id, new InputFile(bytes, 'Kartu Digital; Siti.pdf'), {
      caption: 'Kartu <b>Anda</b>',
      parse_mode: 'HTML',
      protect_content: true,
      reply_markup: button('k'),
    });
    const seen = await siti.next();
    expect(seen).toMatchObject({ text: 'Kartu Anda', protected: true, document: { name: 'Kartu Digital; Siti.pdf' } });
    expect(seen.document?.bytes.equals(bytes)).toBe(true);
    expect(seen.buttons.flat()).toHaveLength(1);
    expect(seen.entities).toEqual([{ type: 'bold', offset: 6, length: 4 }]);
    expect(Object.values(bot.calls[0]?.files ?? {})).toHaveLength(1);
  });

  it('can be sent again by their ids', async () => {
    const { bot, api } = await stage();
    const siti = bot.person();
    const { photo } = await api.sendPhoto(siti.id, new InputFile(png(640, 400), 'kartu.png'));
    expect(photo.at(-1)).toMatchObject({ width: 640, height: 400 });
    await api.sendPhoto(siti.id, photo.at(-1)?.file_id ?? '');
    const [first, second] = siti.read();
    expect(second?.photo).toEqual(first?.photo);
  });

  it('are refused when they are none, empty, or no picture', async () => {
    const { bot, api } = await stage();
    const { id } = bot.person();
    const file = (bytes: Buffer) => new InputFile(bytes, 'a.png');
    await expect(api.sendPhoto(id, 'https://example.com/a.png')).rejects.toThrow('wrong file identifier');
    await expect(api.sendDocument(id, file(Buffer.alloc(0)))).rejects.toThrow('file must be non-empty');
    await expect(api.sendPhoto(id, file(Buffer.from('<svg/>')))).rejects.toThrow('IMAGE_PROCESS_FAILED');
    await expect(api.sendPhoto(id, file(png(5_000, 10)))).rejects.toThrow('PHOTO_INVALID_DIMENSIONS');
    await expect(api.sendPhoto(id, file(png(9, 9)), { caption: 'a'.repeat(1_025) })).rejects.toThrow(
      'message caption is too long',
    );
  });

  it('of people can be fetched by the bot', async () => {
    const { telegram, bot, api } = await stage();
    const { message } = bot.person().voice({ bytes: Buffer.from('suara') });
    const file = await api.getFile(message.voice?.file_id ?? '');
    const response = await fetch(`${telegram.apiRoot}/file/bot${bot.token}/${file.file_path}`);
    expect(await response.text()).toBe('suara');
    await expect(api.getFile('nothing')).rejects.toThrow('400: Bad Request: invalid file_id');
    expect((await fetch(`${telegram.apiRoot}/file/bot${bot.token}/voice/none`)).status).toBe(404);
  });
});

describe('places', () => {
  it('are shown by name, or as a point', async () => {
    const { bot, api } = await stage();
    const siti = bot.person();
    await api.sendVenue(siti.id, -6.23, 106.82, 'Kantor Cabang', 'Jl. Gatot Subroto 38');
    await api.sendLocation(siti.id, -6.23, 106.82);
    const location = { latitude: -6.23, longitude: 106.82 };
    expect(siti.read()).toMatchObject([
      { venue: { location, title: 'Kantor Cabang', address: 'Jl. Gatot Subroto 38' }, location: null },
      { venue: null, location },
    ]);
    await expect(api.sendLocation(siti.id, 91, 0)).rejects.toThrow('400: Bad Request');
  });
});

function button(data: string): { inline_keyboard: { text: string; callback_data: string }[][] } {
  return { inline_keyboard: [[{ text: 'Pilih', callback_data: data }]] };
}
