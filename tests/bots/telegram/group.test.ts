import { describe, expect, it } from 'vitest';
import { addressedText } from '../../../src/bots/telegram/group.ts';
import { readUpdate } from '../../../src/bots/telegram/update.ts';
import { eventually } from '../../eventually.ts';
import { firstInbound, openStage, replyOf, type Stage, silence } from './stage.ts';

const self = { id: 42, username: 'jamsostek_test_bot' };

/** What the bot is told in a message of a group; null when it is told nothing. */
function toldBy(text: string, more: object = {}): string | null {
  const from = { id: 7, is_bot: false, first_name: 'Siti' };
  const mentions = [...text.matchAll(/@\w+/g)].map(({ index, 0: name }) => ({
    type: 'mention',
    offset: index,
    length: name.length,
  }));
  const message = { message_id: 1, from, chat: { id: -5, type: 'group' }, date: 1, text, entities: mentions, ...more };
  const read = readUpdate({ update_id: 1, message })?.message;
  if (!read) throw new Error('It cannot be read');
  return addressedText(read, self, 'id');
}

/** A group with a member in it. */
function groupOn({ bot }: Stage, about: { title?: string; type?: 'group' | 'supergroup' } = {}) {
  const group = bot.group(about);
  const siti = bot.person();
  return { group, siti, seat: group.person(siti) };
}

describe('a message in a group is for the bot', () => {
  it.each([
    ['@jamsostek_test_bot cek saldo', 'cek saldo'],
    ['@Jamsostek_Test_BOT cek saldo', 'cek saldo'],
    ['halo @jamsostek_test_bot kantor di mana', 'halo kantor di mana'],
    ['👩‍👧 @jamsostek_test_bot saldo @jamsostek_test_bot', '👩‍👧 saldo'],
    ['/saldo@jamsostek_test_bot', '/saldo@jamsostek_test_bot'],
    ['/lain@jamsostek_test_bot', '/lain@jamsostek_test_bot'],
    ['/saldo', '/saldo'],
    ['@jamsostek_test_bot', ''],
  ])('%o: %o', (text, told) => {
    expect(toldBy(text)).toBe(told);
  });

  it('when it answers a message of the bot', () => {
    expect(toldBy('ya', { reply_to_message: { from: { id: self.id, is_bot: true } } })).toBe('ya');
  });

  it('when it names the bot without its username', () => {
    const entities = [{ type: 'text_mention', offset: 0, length: 9, user: { id: self.id } }];
    expect(toldBy('Jamsostek cek saldo', { entities })).toBe('cek saldo');
  });

  it('when the words under a photo name it', () => {
    const caption = '@jamsostek_test_bot ini apa';
    const caption_entities = [{ type: 'mention', offset: 0, length: 19 }];
    expect(toldBy('', { text: undefined, photo: [], caption, caption_entities })).toBe('ini apa');
  });

  it.each([
    'cek saldo',
    '@other_bot cek saldo',
    '@jamsostek_test_bots cek saldo',
    '/saldo@other_bot',
    '/ban',
    'tulis ke jamsostek_test_bot',
  ])('and not for it: %o', (text) => {
    expect(toldBy(text)).toBeNull();
  });

  it('and not for it when it answers somebody else', () => {
    expect(toldBy('ya', { reply_to_message: { from: { id: 8 } } })).toBeNull();
  });
});

describe('in a group', () => {
  it('what is asked of the bot is answered there, to who asked, with the way to the private chat', async () => {
    const stage = await openStage({
      script: () => [replyOf('Kantor ada di bawah ini', { choices: [{ id: 'office', label: 'Kantor' }] })],
    });
    const { group, siti, seat } = groupOn(stage);
    const { message } = seat.mention('kantor di mana');
    const answer = await group.next();
    expect(answer).toMatchObject({ text: 'Kantor ada di bawah ini', replyTo: message.message_id, keyboard: null });
    expect(answer.buttons).toEqual([[{ label: 'Chat langsung', data: null, url: 'https://t.me/jamsostek_test_bot' }]]);
    expect(stage.taken).toMatchObject([
      {
        content: { kind: 'text', text: 'kantor di mana' },
        private: false,
        from: { chat: String(group.id), sender: String(siti.id) },
      },
    ]);
  });

  it('a command to the bot and an answer to its message reach it, other words do not', async () => {
    const stage = await openStage();
    const { group, seat } = groupOn(stage);
    seat.say('apa kabar semua');
    seat.command('saldo');
    const answer = await group.next();
    expect(answer.text).toBe('cek saldo');
    seat.reply(answer, 'yang mana');
    expect((await group.next()).text).toBe('yang mana');
    expect(stage.words()).toEqual(['cek saldo', 'yang mana']);
  });

  it('each member has a conversation of their own, apart from their private chat', async () => {
    const stage = await openStage();
    const { group, siti, seat } = groupOn(stage);
    const budi = stage.bot.person({ firstName: 'Budi' });
    siti.say('satu');
    seat.mention('dua');
    group.person(budi).mention('tiga');
    await eventually(() => expect(stage.taken).toHaveLength(3));
    expect(new Set(stage.taken.map(({ conversation }) => conversation)).size).toBe(3);
  });

  it('nothing personal is ever sent', async () => {
    const stage = await openStage({ script: () => [replyOf('Saldo: Rp12.345.678', { personal: true })] });
    const { group, seat } = groupOn(stage);
    seat.mention('cek saldo');
    await eventually(() => expect(stage.results).toEqual([{ sent: false, problem: 'refused' }]));
    expect(group.read().filter(({ from }) => from === 'bot')).toEqual([]);
    expect(stage.events).toContainEqual(expect.objectContaining({ kind: 'failed', step: 'send' }));
    expect(JSON.stringify(stage.events)).not.toContain('12.345');
  });

  it('the button to the private chat is in the language of the reply', async () => {
    const stage = await openStage({ script: () => [replyOf('Not in groups.', { language: 'en' })] });
    const { group, seat } = groupOn(stage);
    seat.mention('check my balance');
    expect((await group.next()).buttons.flat().map(({ label }) => label)).toEqual(['Chat with me directly']);
  });

  it('an answer goes out also when the question is gone by then', async () => {
    const stage = await openStage({ script: silence });
    const { group, seat } = groupOn(stage);
    const { message } = seat.mention('kantor');
    await eventually(() => expect(stage.taken).toHaveLength(1));
    seat.remove(message.message_id);
    const [inbound] = stage.taken;
    if (inbound) await stage.answer(inbound, replyOf('Ini'));
    expect(await group.next()).toMatchObject({ text: 'Ini', replyTo: null });
  });

  it('no location is asked for, since no keyboard there could send it', async () => {
    const stage = await openStage({ script: () => [replyOf('Di mana Anda?', { asksLocation: true })] });
    const { group, seat } = groupOn(stage);
    seat.mention('kantor');
    expect((await group.next()).keyboard).toBeNull();
  });

  it('what comes before the bot’s name is known is taken once it is', async () => {
    const stage = await openStage({ script: silence });
    stage.bot.fail({ method: 'getMe' }, { code: 500, description: 'Internal Server Error' });
    const { seat } = groupOn(stage);
    seat.mention('cek saldo');
    await eventually(() => expect(stage.time.asked).toContain(1_000));
    expect(stage.words()).toEqual([]);
    await stage.time.advance(1_000);
    await eventually(() => expect(stage.words()).toEqual(['cek saldo']));
    expect(stage.bot.callsOf('getMe')).toHaveLength(2);
  });

  it('a reply waits when the bot’s name cannot be asked for', async () => {
    const stage = await openStage({ script: silence });
    const { siti, group } = groupOn(stage);
    const inbound = await firstInbound(stage, siti);
    stage.bot.fail(
      { method: 'getMe' },
      { code: 429, description: 'Too Many Requests', parameters: { retry_after: 3 } },
    );
    const from = { ...inbound.from, chat: String(group.id) };
    expect(await stage.answer({ ...inbound, from }, replyOf('Ini'))).toEqual({
      sent: false,
      problem: 'throttled',
      retryAfter: 3_000,
    });
    expect(await stage.answer({ ...inbound, from }, replyOf('Ini'))).toEqual({ sent: true });
  });
});
