import { jidNormalizedUser } from '@whiskeysockets/baileys';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Client, linked } from './client.ts';
import { FakeWhatsApp } from './server.ts';

describe('text between a member and the assistant', () => {
  let fake: FakeWhatsApp;
  let client: Client;
  let undo: () => void;

  beforeAll(async () => {
    fake = await FakeWhatsApp.start();
    undo = fake.trustHere();
    client = await linked(fake);
  });

  afterAll(async () => {
    expect(fake.log.filter(({ kind }) => kind === 'failed' || kind === 'not understood')).toStrictEqual([]);
    await client.close();
    undo();
    await fake.close();
  });

  it('arrives encrypted, shown by number, and the answer can be read', async () => {
    const person = fake.person('+62 812 0000 0001', { name: 'Siti' });
    const { type, text, message } = await client.message(await person.say('cek saldo'));
    expect({ type, text, name: message.pushName }).toStrictEqual({ type: 'notify', text: 'cek saldo', name: 'Siti' });
    expect(message.key).toMatchObject({
      remoteJid: '6281200000001@s.whatsapp.net',
      remoteJidAlt: person.phone.hiddenAddress,
      fromMe: false,
    });
    const id = await client.say(person.address, 'Saldo Anda …');
    expect(await person.next()).toMatchObject({ id, text: 'Saldo Anda …', to: person.address, copies: 1 });
  });

  it('arrives by LID with the number told beside it', async () => {
    const person = fake.person('+62 812 0000 0002', { lid: true });
    const { message } = await client.message(await person.say('halo'));
    expect(message.key).toMatchObject({
      remoteJid: person.phone.hiddenAddress,
      remoteJidAlt: person.phone.phoneAddress,
    });
    const number = await client.socket.signalRepository.lidMapping.getPNForLID(person.phone.hiddenAddress);
    expect(jidNormalizedUser(number ?? '')).toBe(person.phone.phoneAddress);
    await client.say(person.address, 'hai');
    expect(await person.next()).toMatchObject({ text: 'hai', to: person.phone.hiddenAddress });
  });

  it('arrives by LID without any number, and can be answered all the same', async () => {
    const person = fake.person('+62 812 0000 0003', { lid: true, sendsPhone: false });
    const { message } = await client.message(await person.say('halo'));
    expect(message.key.remoteJid).toBe(person.phone.hiddenAddress);
    expect(message.key.remoteJidAlt).toBeUndefined();
    expect(await client.socket.signalRepository.lidMapping.getPNForLID(person.phone.hiddenAddress)).toBeNull();
    await client.say(person.address, 'hai');
    expect((await person.next()).text).toBe('hai');
  });

  it('is the same person when the platform goes over from the number to the LID', async () => {
    const person = fake.person('+62 812 0000 0004');
    await client.message(await person.say('satu'));
    await client.say(person.address, 'one');
    fake.person('+62 812 0000 0004', { lid: true });
    expect((await client.message(await person.say('dua'))).message.key.remoteJid).toBe(person.phone.hiddenAddress);
    await client.say(person.address, 'two');
    expect((await person.next()).text).toBe('one');
    expect((await person.next()).text).toBe('two');
  });

  it('keeps its order both ways', async () => {
    const person = fake.person('+62 812 0000 0005');
    const count = 12;
    const numbers = Array.from({ length: count }, (_, nth) => String(nth));
    const ids = await Promise.all(numbers.map((text) => person.say(text)));
    await client.message(ids.at(-1) ?? '');
    const texts = client.upserts.items
      .filter(({ message }) => ids.includes(message.key.id ?? ''))
      .map(({ text }) => text);
    expect(texts).toStrictEqual(numbers);
    for (const text of numbers) await client.say(person.address, text);
    for (const text of numbers) expect((await person.next()).text).toBe(text);
  });

  it('may arrive twice under one id', async () => {
    const person = fake.person('+62 812 0000 0006');
    const id = await person.say('dua kali');
    await client.message(id);
    const before = client.upserts.items.length;
    await person.sayAgain(id);
    const again = await client.upserts.wait(({ message }) => message.key.id === id, undefined, before);
    expect(again.text).toBe('dua kali');
  });

  it('shows a message of the assistant that arrives twice under one id once', async () => {
    const person = fake.person('+62 812 0000 0007');
    const id = await client.say(person.address, 'sekali');
    await client.socket.sendMessage(person.address, { text: 'sekali' }, { messageId: id });
    await client.say(person.address, 'akhir');
    await person.next();
    expect((await person.next()).text).toBe('akhir');
    expect(person.read().map(({ text, copies }) => [text, copies])).toStrictEqual([
      ['sekali', 2],
      ['akhir', 1],
    ]);
  });

  it('says which message it answers, both ways', async () => {
    const person = fake.person('+62 812 0000 0008');
    const question = await client.message(await person.say('berapa?'));
    await client.socket.sendMessage(person.address, { text: '42' }, { quoted: question.message });
    const answer = await person.next();
    expect(answer.quotes).toBe(question.message.key.id);
    const { message } = await client.message(await person.say('yakin?', { quote: answer.id }));
    expect(message.message?.extendedTextMessage?.contextInfo).toMatchObject({
      stanzaId: answer.id,
      quotedMessage: { extendedTextMessage: { text: '42' } },
    });
  });

  it('comes as a copy of what the owner writes from the phone', async () => {
    const person = fake.person('+62 812 0000 0009');
    const id = await fake.owner('+62 811 1000 0001').say(person, 'dari pemilik');
    const { text, message } = await client.message(id);
    expect(text).toBe('dari pemilik');
    expect(message.key).toMatchObject({ remoteJid: person.address, fromMe: true });
    await fake.wait((entry) => entry.kind === 'receipt' && entry.type === 'sender' && entry.ids.includes(id));
  });

  it('goes to the phone of the owner too', async () => {
    const person = fake.person('+62 812 0000 0010');
    const id = await client.say(person.address, 'salinan');
    await person.next();
    const { copies } = fake.owner('+62 811 1000 0001');
    expect(copies.filter((copy) => copy.id === id)).toMatchObject([{ to: person.address }]);
  });

  it('goes on when the pre-keys are used up: the assistant is asked for more', async () => {
    const [device] = fake.devices;
    while ((device?.keys.preKeysLeft ?? 0) > 0) device?.keys.takeBundle();
    const asked = fake.log.length;
    const person = fake.person('+62 812 0000 0011');
    expect((await client.message(await person.say('halo'))).text).toBe('halo');
    await fake.wait((entry) => entry.kind === 'ack' && entry.of === 'notification', 5_000, asked);
    expect(device?.keys.preKeysLeft).toBe(5);
  });

  it('tells which numbers have WhatsApp', async () => {
    fake.notOnWhatsApp('+62 812 9999 9999');
    expect(await client.socket.onWhatsApp('6281299999999')).toStrictEqual([]);
    expect(await client.socket.onWhatsApp('6281200000011')).toMatchObject([
      { exists: true, jid: '6281200000011@s.whatsapp.net' },
    ]);
  });

  it('says clearly when no message comes', async () => {
    await expect(fake.person('+62 812 0000 0012').next(5)).rejects.toThrow('No further message came within 5 ms');
  });
});
