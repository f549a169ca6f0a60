import { normalizeMessageContent, proto } from '@whiskeysockets/baileys';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Client, linked } from './client.ts';
import type { FakePerson } from './person.ts';
import { FakeWhatsApp } from './server.ts';

const bytes = Buffer.from('not really a picture');

describe('what members and the assistant can send', () => {
  let fake: FakeWhatsApp;
  let client: Client;
  let person: FakePerson;
  let undo: () => void;

  beforeAll(async () => {
    fake = await FakeWhatsApp.start();
    undo = fake.trustHere();
    client = await linked(fake);
    person = fake.person('+62 812 0000 0001');
  });

  afterAll(async () => {
    expect(fake.log.filter(({ kind }) => kind === 'failed' || kind === 'not understood')).toStrictEqual([]);
    await client.close();
    undo();
    await fake.close();
  });

  async function contentOf(id: string): Promise<proto.IMessage> {
    return normalizeMessageContent((await client.message(id)).message.message) ?? {};
  }

  it.each<[string, () => Promise<string>, object]>([
    [
      'a place',
      () => person.location({ latitude: -6.2, longitude: 106.8, name: 'Kantor' }),
      { locationMessage: { degreesLatitude: -6.2, degreesLongitude: 106.8, name: 'Kantor' } },
    ],
    [
      'where they are now',
      () => person.liveLocation({ latitude: -6.2, longitude: 106.8 }),
      { liveLocationMessage: { degreesLatitude: -6.2, degreesLongitude: 106.8 } },
    ],
    ['a picture', () => person.image(bytes, { caption: 'kartu' }), { imageMessage: { caption: 'kartu' } }],
    ['a film', () => person.video(bytes), { videoMessage: { mimetype: 'video/mp4' } }],
    ['a voice message', () => person.voice(bytes), { audioMessage: { ptt: true } }],
    ['a sticker', () => person.sticker(bytes), { stickerMessage: { mimetype: 'image/webp' } }],
    [
      'a document',
      () => person.document(bytes, { fileName: 'klaim.pdf' }),
      { documentMessage: { fileName: 'klaim.pdf', mimetype: 'application/pdf' } },
    ],
    [
      'a document with words to it',
      () => person.document(bytes, { fileName: 'klaim.pdf', caption: 'ini' }),
      { documentMessage: { fileName: 'klaim.pdf', caption: 'ini' } },
    ],
    ['a contact', () => person.contact('Budi', '+62 812 1'), { contactMessage: { displayName: 'Budi' } }],
    ['a poll', () => person.poll('Kapan?', ['Senin', 'Selasa']), { pollCreationMessage: { name: 'Kapan?' } }],
    [
      'a press of a button',
      () => person.pressButton('balance', 'Saldo'),
      { buttonsResponseMessage: { selectedButtonId: 'balance', selectedDisplayText: 'Saldo' } },
    ],
    [
      'a press of a template’s button',
      () => person.pressTemplateButton('balance', 'Saldo'),
      { templateButtonReplyMessage: { selectedId: 'balance' } },
    ],
    [
      'a choice from a list',
      () => person.chooseRow('balance', 'Saldo'),
      { listResponseMessage: { title: 'Saldo', singleSelectReply: { selectedRowId: 'balance' } } },
    ],
    ['words that vanish', () => person.say('hilang', { wrapping: 'ephemeral' }), { conversation: 'hilang' }],
    ['words to be seen once', () => person.say('sekali', { wrapping: 'view once' }), { conversation: 'sekali' }],
  ])('from a member: %s', async (_, say, content) => {
    expect(await contentOf(await say())).toMatchObject(content);
  });

  it('from a member: other words for a message, its end, and an emoji', async () => {
    const id = await person.say('slado');
    const edit = await contentOf(await person.edit(id, 'saldo'));
    expect(edit.protocolMessage).toMatchObject({ key: { id }, editedMessage: { conversation: 'saldo' } });
    expect(await client.updates.wait((update) => update.id === id && !!update.message)).toMatchObject({
      message: { editedMessage: { message: { conversation: 'saldo' } } },
    });
    const removal = await contentOf(await person.delete(id));
    expect(removal.protocolMessage).toMatchObject({ key: { id }, type: proto.Message.ProtocolMessage.Type.REVOKE });
    const answer = await client.say(person.address, 'baik');
    await person.next();
    const reaction = await contentOf(await person.react(answer, '👍'));
    expect(reaction.reactionMessage).toMatchObject({ text: '👍', key: { id: answer, fromMe: true } });
  });

  it('from the assistant: a place, a contact and a poll', async () => {
    const location = { degreesLatitude: -6.2, degreesLongitude: 106.8, name: 'Kantor', address: 'Jl. Gatot' };
    await client.socket.sendMessage(person.address, { location });
    expect((await person.next()).location).toStrictEqual({
      latitude: -6.2,
      longitude: 106.8,
      name: 'Kantor',
      address: 'Jl. Gatot',
    });
    const contacts = { displayName: 'Petugas', contacts: [{ vcard: 'BEGIN:VCARD' }] };
    await client.socket.sendMessage(person.address, { contacts });
    expect((await person.next()).contact).toBe('BEGIN:VCARD');
    await client.socket.sendMessage(person.address, { poll: { name: 'Kapan?', values: ['Senin', 'Selasa'] } });
    expect(await person.next()).toMatchObject({ text: 'Kapan?', options: ['Senin', 'Selasa'] });
  });

  it('from the assistant: other words for a message, its end, and an emoji', async () => {
    const other = fake.person('+62 812 0000 0002');
    const said = await client.message(await other.say('halo'));
    const sent = await client.socket.sendMessage(other.address, { text: 'slado' });
    await client.socket.sendMessage(other.address, { text: 'saldo', edit: sent?.key ?? {} });
    await client.socket.sendMessage(other.address, { react: { key: said.message.key, text: '👍' } });
    await client.socket.sendMessage(other.address, { delete: sent?.key ?? {} });
    await client.say(other.address, 'akhir');
    await other.next();
    await other.next();
    expect(other.read()).toMatchObject([
      { text: 'saldo', edits: ['slado'], deleted: true },
      { text: 'akhir', edits: [], deleted: false },
    ]);
    expect(other.reactions).toStrictEqual([{ id: said.message.key.id, emoji: '👍' }]);
  });
});
