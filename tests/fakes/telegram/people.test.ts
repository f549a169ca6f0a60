import { describe, expect, it } from 'vitest';
import { Clock, type Stage, stage } from './stage.ts';

async function told({ api }: Stage): Promise<string[]> {
  const updates = await api.getUpdates();
  return updates.map(({ message }) => message?.text ?? '');
}

describe('what a person sends', () => {
  it('reaches the bot in the shape of Telegram', async () => {
    const clock = new Clock();
    const { bot, api } = await stage({ now: clock.now });
    const siti = bot.person({ id: 77, firstName: 'Siti', languageCode: 'id' });
    const { updateId } = siti.say('/start lagi');
    const from = { id: 77, is_bot: false, first_name: 'Siti', language_code: 'id' };
    expect(await api.getUpdates()).toEqual([
      {
        update_id: updateId,
        message: {
          message_id: 1,
          from,
          chat: { id: 77, type: 'private', first_name: 'Siti' },
          date: clock.now() / 1_000,
          text: '/start lagi',
          entities: [{ type: 'bot_command', offset: 0, length: 6 }],
        },
      },
    ]);
  });

  it('may be anything', async () => {
    const { bot, api } = await stage();
    const siti = bot.person();
    siti.location(-6.2, 106.8);
    siti.contact('+628123456789');
    siti.photo({ caption: 'KTP saya' });
    siti.voice();
    siti.video();
    siti.sticker('🙏');
    siti.document('ktp.pdf', 'application/pdf');
    const messages = (await api.getUpdates()).map(({ message }) => message);
    expect(messages).toMatchObject([
      { location: { latitude: -6.2, longitude: 106.8 } },
      { contact: { phone_number: '+628123456789', user_id: siti.id } },
      { caption: 'KTP saya', photo: [{ width: 1_280 }] },
      { voice: { mime_type: 'audio/ogg' } },
      { video: { mime_type: 'video/mp4' } },
      { sticker: { emoji: '🙏', type: 'regular' } },
      { document: { file_name: 'ktp.pdf', mime_type: 'application/pdf' } },
    ]);
  });

  it('may be forwarded: then it says whose it was', async () => {
    const { bot, api } = await stage();
    const siti = bot.person();
    siti.forwardContact('+628111', { firstName: 'Budi', id: 9 }, { firstName: 'Ani' });
    siti.say('123456', { forwardedFrom: { firstName: 'Budi', id: 9 } });
    const messages = (await api.getUpdates()).map(({ message }) => message);
    expect(messages).toMatchObject([
      {
        contact: { phone_number: '+628111', first_name: 'Budi', user_id: 9 },
        forward_origin: { type: 'hidden_user', sender_user_name: 'Ani' },
      },
      { text: '123456', forward_origin: { type: 'user', sender_user: { id: 9, is_bot: false } } },
    ]);
  });

  it('may be changed, and a place may move: the bot is told of an edit', async () => {
    const { bot, api } = await stage();
    const siti = bot.person();
    const { message } = siti.say('saldo');
    siti.edit(message.message_id, 'kantor');
    const live = siti.liveLocation(-6.2, 106.8, 600);
    live.move(-6.3, 106.9);
    live.stop();
    const [, edited, , moved, stopped] = await api.getUpdates();
    expect(edited?.edited_message).toMatchObject({ message_id: 1, text: 'kantor', edit_date: message.date });
    expect(moved?.edited_message?.location).toEqual({ latitude: -6.3, longitude: 106.9, live_period: 600 });
    expect(stopped?.edited_message?.location).toEqual({ latitude: -6.3, longitude: 106.9 });
    expect(siti.read().map(({ text, edited }) => [text, edited])).toEqual([
      ['kantor', true],
      ['', true],
    ]);
  });

  it('may be deleted: the bot is not told', async () => {
    const here = await stage();
    const siti = here.bot.person();
    siti.remove(siti.say('salah kirim').message.message_id);
    expect(siti.read()).toEqual([]);
    expect(await told(here)).toEqual(['salah kirim']);
  });

  it('has limits of its own', async () => {
    const siti = (await stage()).bot.person();
    expect(() => siti.say('a'.repeat(4_097))).toThrow('Apps send no text of 4097 units');
    expect(() => siti.edit(9, 'a')).toThrow('not there');
    expect(() => siti.press('Kirim lokasi')).toThrow('no key "Kirim lokasi"');
  });
});

describe('a group', () => {
  it('tells a bot in privacy mode only what is meant for it', async () => {
    const here = await stage({}, { username: 'jamsostek_bot' });
    const group = here.bot.group({ title: 'Serikat' });
    const siti = group.person(here.bot.person());
    await here.api.sendMessage(group.id, 'Halo semua');
    const greeting = await group.next();
    siti.say('makan siang di mana?');
    siti.say('/saldo');
    siti.command('saldo');
    siti.say('/saldo@lain_bot');
    siti.mention('tolong');
    siti.say('@lain_bot tolong');
    siti.reply(greeting, 'halo juga');
    const updates = await here.api.getUpdates();
    expect(updates.map(({ message }) => message?.text)).toEqual([
      '/saldo',
      '/saldo@jamsostek_bot',
      '@jamsostek_bot tolong',
      'halo juga',
    ]);
    expect(updates[3]?.message).toMatchObject({
      chat: { id: group.id, type: 'supergroup', title: 'Serikat' },
      reply_to_message: { message_id: greeting.messageId, text: 'Halo semua' },
    });
    expect(group.read()).toHaveLength(8);
  });

  it('tells a bot without privacy mode everything', async () => {
    const here = await stage({}, { canReadAllGroupMessages: true });
    here.bot.group({ type: 'group' }).person(here.bot.person()).say('makan siang di mana?');
    expect(await told(here)).toEqual(['makan siang di mana?']);
  });

  it('lets people tap there, too', async () => {
    const { bot, api } = await stage();
    const group = bot.group();
    const budi = bot.person({ firstName: 'Budi' });
    const reply_markup = { inline_keyboard: [[{ text: 'Saldo', callback_data: 's' }]] };
    await api.sendMessage(group.id, 'Menu', { reply_markup });
    group.person(budi).tap(await group.next(), 'Saldo');
    const [update] = await api.getUpdates();
    expect(update?.callback_query).toMatchObject({ from: { id: budi.id }, message: { chat: { id: group.id } } });
  });
});
