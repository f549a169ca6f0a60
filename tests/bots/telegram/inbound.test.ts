import { describe, expect, it } from 'vitest';
import { inboundOf } from '../../../src/bots/telegram/inbound.ts';
import { readUpdate } from '../../../src/bots/telegram/update.ts';
import { branded } from '../../../src/core/brand.ts';
import type { ConversationId } from '../../../src/core/inbound.ts';
import { eventually } from '../../eventually.ts';
import { openStage, type Stage, silence } from './stage.ts';

const intake = { conversationAt: () => branded<ConversationId>('conversation') };
const self = async () => ({ id: 42, username: 'jamsostek_test_bot' });

const siti = { id: 7, is_bot: false, first_name: 'Siti', language_code: 'id' };
const chat = { id: 7, type: 'private' };
const base = { message_id: 3, from: siti, chat, date: 1_800_000_000 };

/** What an update comes to; undefined when it cannot be read. */
function read(update: object) {
  const found = readUpdate({ update_id: 1, ...update });
  return found ? inboundOf(found, intake, self) : undefined;
}

/** What the message of that content is taken for. */
async function contentOf(more: object) {
  return (await read({ message: { ...base, ...more } }))?.content;
}

/** Resolves to what came in as the nth. */
async function came({ taken }: Stage, nth = 1) {
  await eventually(() => expect(taken).toHaveLength(nth));
  return taken[nth - 1];
}

describe('a message', () => {
  it('is what the member wrote, from where, when, and in which language their app is', async () => {
    const stage = await openStage({ script: silence });
    const person = stage.bot.person({ languageCode: 'en' });
    const { message } = person.say('check my balance');
    expect(await came(stage)).toMatchObject({
      id: `m${message.message_id}`,
      from: { channel: 'telegram', chat: String(person.id), sender: String(person.id) },
      content: { kind: 'text', text: 'check my balance' },
      private: true,
      writtenAt: message.date * 1_000,
      languageHint: 'en',
    });
  });

  it.each([
    ['id', 'id'],
    ['en-GB', 'en'],
    ['EN', 'en'],
    ['jv', undefined],
    ['enx', undefined],
    ['', undefined],
    [undefined, undefined],
  ])('from an app in %o hints at %o', async (code, hint) => {
    const inbound = await read({ message: { ...base, from: { ...siti, language_code: code }, text: 'x' } });
    expect(inbound?.languageHint).toBe(hint);
  });

  it.each([
    ['photo', (person) => person.photo({ caption: 'cek saldo' })],
    ['voice', (person) => person.voice()],
    ['video', (person) => person.video()],
    ['sticker', (person) => person.sticker()],
    ['document', (person) => person.document('ktp.pdf', 'application/pdf')],
    ['contact', (person) => person.contact('+6281234567890')],
    ['contact', (person) => person.forwardContact('+6281234567890', { firstName: 'Budi' }, { firstName: 'Ani' })],
  ] satisfies [string, (person: ReturnType<Stage['bot']['person']>) => unknown][])(
    'with %s in it is that, whatever goes with it',
    async (media, send) => {
      const stage = await openStage({ script: silence });
      send(stage.bot.person());
      const inbound = await came(stage);
      expect(inbound?.content).toEqual({ kind: 'media', media });
      // A phone number in a chat is nobody's proof: it does not even come in.
      expect(JSON.stringify(inbound)).not.toContain('81234567890');
    },
  );

  it.each([
    [{ audio: {} }, 'voice'],
    [{ video_note: {} }, 'video'],
    [{ animation: {}, document: {} }, 'video'],
    [{ live_photo: {}, photo: [] }, 'photo'],
  ])('with %o in it is a %s', async (more, media) => {
    expect(await contentOf(more)).toEqual({ kind: 'media', media });
  });

  it.each([{ poll: {} }, { dice: {} }, { story: {} }, { game: {} }, { invoice: {} }, { something_new: {} }, {}])(
    'with %o in it is answered as something that cannot be read',
    async (more) => {
      expect(await contentOf(more)).toEqual({ kind: 'unsupported' });
    },
  );

  it.each([
    { new_chat_members: [siti] },
    { left_chat_member: siti },
    { pinned_message: base },
    { message_auto_delete_timer_changed: { message_auto_delete_time: 86_400 } },
    { migrate_to_chat_id: -5 },
    { group_chat_created: true },
    { write_access_allowed: {} },
    { forum_topic_created: {} },
  ])('of the platform itself (%o) is nobody’s', async (more) => {
    expect(await read({ message: { ...base, ...more } })).toBeNull();
  });

  it.each([
    ['another bot', { from: { ...siti, is_bot: true } }],
    ['an anonymous administrator', { sender_chat: { id: -5, type: 'supergroup' } }],
    ['a channel', { from: undefined, sender_chat: { id: -6, type: 'channel' } }],
  ])('of %s is nobody’s', async (_who, more) => {
    expect(await read({ message: { ...base, text: 'halo', ...more } })).toBeNull();
  });

  it('that is part of an album is the same as the others of it', async () => {
    const album = { photo: [], media_group_id: '1357' };
    const first = await read({ message: { ...base, ...album } });
    const second = await read({ message: { ...base, ...album, message_id: 4 } });
    expect([first?.id, second?.id]).toEqual(['g1357', 'g1357']);
  });

  it('that is no message is not read', () => {
    expect(read({ message: { ...base, text: 5 } })).toBeUndefined();
    expect(readUpdate('x')).toBeNull();
  });
});

describe('a place', () => {
  it('is where the member is', async () => {
    const stage = await openStage({ script: silence });
    stage.bot.person().location(-6.9, 107.6);
    expect((await came(stage))?.content).toEqual({ kind: 'location', latitude: -6.9, longitude: 107.6 });
  });

  it('of a venue is its place', async () => {
    const location = { latitude: -6.9, longitude: 107.6 };
    expect(await contentOf({ location, venue: { location, title: 'Kantor' } })).toEqual({
      kind: 'location',
      ...location,
    });
  });

  it('that moves is taken once, where it began', async () => {
    const stage = await openStage({ script: silence });
    const person = stage.bot.person();
    const live = person.liveLocation(-6.9, 107.6);
    live.move(-6.91, 107.61);
    live.stop();
    person.say('sudah');
    expect((await came(stage, 2))?.content).toEqual({ kind: 'text', text: 'sudah' });
    expect(stage.taken[0]?.content).toEqual({ kind: 'location', latitude: -6.9, longitude: 107.6 });
  });
});

describe('a message that is changed', () => {
  it('is known as changed, without what it says now', async () => {
    const stage = await openStage({ script: silence });
    const person = stage.bot.person();
    const { message } = person.say('123');
    await came(stage);
    await stage.time.advance(60_000);
    const edited = person.edit(message.message_id, '482913').message;
    const inbound = await came(stage, 2);
    const when = edited.edit_date ?? 0;
    expect(inbound).toMatchObject({
      id: `e${message.message_id}.${when}`,
      content: { kind: 'edited' },
      writtenAt: when * 1_000,
    });
    expect(JSON.stringify(inbound)).not.toContain('482913');
    expect(when).toBe(message.date + 60);
  });
});

describe('a button', () => {
  const choices = [{ id: 'consent_yes.k3', label: 'Setuju' }];

  it('is the choice that it stands for, and stops turning once it is taken', async () => {
    const stage = await openStage({
      script: ({ content }) => [{ language: 'id', text: content.kind, choices, personal: false }],
    });
    const person = stage.bot.person();
    person.say('halo');
    const { id, answered } = person.tap(await person.next(), 'Setuju');
    expect((await person.next()).text).toBe('choice');
    expect(await answered).toMatchObject({});
    const inbound = stage.taken[1];
    expect(inbound).toMatchObject({ id: `c${id}`, content: { kind: 'choice', id: 'consent_yes.k3' }, private: true });
    expect(inbound?.writtenAt).toBeUndefined();
    expect(inbound?.conversation).toBe(stage.taken[0]?.conversation);
  });

  it('that is pressed twice comes twice', async () => {
    const stage = await openStage({ script: () => [{ language: 'id', text: 'x', choices, personal: false }] });
    const person = stage.bot.person();
    person.say('halo');
    const shown = await person.next();
    const ids = [person.tap(shown, 'Setuju').id, person.tap(shown, 'Setuju').id];
    await came(stage, 3);
    expect(stage.taken.slice(1).map(({ id }) => id)).toEqual(ids.map((id) => `c${id}`));
  });

  it('is taken when Telegram does not let it be answered', async () => {
    const stage = await openStage({ script: () => [{ language: 'id', text: 'x', choices, personal: false }] });
    stage.bot.fail({ method: 'answerCallbackQuery' }, { code: 400, description: 'Bad Request: query is too old' });
    const person = stage.bot.person();
    person.say('halo');
    person.tap(await person.next(), 'Setuju');
    expect((await person.next()).text).toBe('x');
    expect(stage.events.filter(({ kind }) => kind === 'failed')).toEqual([]);
  });

  it('goes on turning when it could not be kept, and is taken when it comes again', async () => {
    const stage = await openStage({ script: () => [{ language: 'id', text: 'x', choices, personal: false }] });
    const person = stage.bot.person();
    person.say('halo');
    const shown = await person.next();
    stage.trouble.push('throws');
    const { answered } = person.tap(shown, 'Setuju');
    await eventually(() => expect(stage.time.asked).toContain(1_000));
    expect(stage.bot.callsOf('answerCallbackQuery')).toEqual([]);
    await stage.time.advance(1_000);
    expect(await answered).toMatchObject({});
  });

  it.each([
    ['of a message that Telegram does not name', { id: '1', from: siti, data: 'x', inline_message_id: '5' }],
    ['without a choice', { id: '1', from: siti, message: base }],
  ])('%s is nobody’s', async (_what, callback) => {
    expect(await read({ callback_query: callback })).toBeNull();
  });

  it('under a message too old to be shown still counts', async () => {
    const inbound = await read({
      callback_query: { id: '1', from: siti, data: 'x', message: { chat, message_id: 3, date: 0 } },
    });
    expect(inbound?.content).toEqual({ kind: 'choice', id: 'x' });
  });
});
