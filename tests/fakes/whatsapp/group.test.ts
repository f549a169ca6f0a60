import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Client, type Device, linked, newDevice } from './client.ts';
import { FakeWhatsApp } from './server.ts';

describe('a group that the assistant is in', () => {
  let fake: FakeWhatsApp;
  let client: Client;
  let device: Device;
  let undo: () => void;

  beforeAll(async () => {
    fake = await FakeWhatsApp.start();
    undo = fake.trustHere();
    device = newDevice();
    client = await linked(fake, '+62 811 1000 0001', device);
  });

  afterAll(async () => {
    expect(fake.log.filter(({ kind }) => kind === 'failed' || kind === 'not understood')).toStrictEqual([]);
    await client.close();
    undo();
    await fake.close();
  });

  it('brings what its people say, under their key, with and without naming the assistant', async () => {
    const siti = fake.person('+62 812 0000 0001');
    const budi = fake.person('+62 812 0000 0002', { lid: true });
    const group = fake.group([siti, budi], 'RT 05');
    const first = await client.message(await group.person(siti).say('halo semua'));
    expect(first.text).toBe('halo semua');
    expect(first.message.key).toMatchObject({ remoteJid: group.address, participant: siti.phone.phoneAddress });
    expect((await client.message(await group.person(siti).say('lagi'))).text).toBe('lagi');
    expect(fake.log.filter(({ kind }) => kind === 'sent again')).toStrictEqual([]);
    const mentions = [group.mentionOfAssistant];
    const { message } = await client.message(await group.person(budi).say('@asisten saldo', { mentions }));
    expect(message.message?.extendedTextMessage?.contextInfo?.mentionedJid).toStrictEqual(mentions);
    expect(message.key).toMatchObject({
      participant: budi.phone.hiddenAddress,
      participantAlt: budi.phone.phoneAddress,
    });
  });

  it('brings a message again, with its key, to an assistant that has lost the key', async () => {
    const siti = fake.person('+62 812 0000 0003');
    const group = fake.group([siti]);
    await client.message(await group.person(siti).say('satu'));
    device.keys.stored['sender-key'].clear();
    const id = await group.person(siti).say('dua');
    expect((await client.message(id)).text).toBe('dua');
    expect((await client.message(await group.person(siti).say('tiga'))).text).toBe('tiga');
    expect(fake.log.filter(({ kind }) => kind === 'sent again')).toMatchObject([{ id, count: 1 }]);
  });

  it('takes what the assistant says, and tells who is in it', async () => {
    const siti = fake.person('+62 812 0000 0004');
    const budi = fake.person('+62 812 0000 0005');
    const group = fake.group([siti, budi], 'RT 06');
    expect(await client.socket.groupMetadata(group.address)).toMatchObject({ subject: 'RT 06', id: group.address });
    for (const text of ['halo', 'lagi']) {
      await client.say(group.address, text);
      expect(await siti.next()).toMatchObject({ text, to: group.address });
      expect(await budi.next()).toMatchObject({ text, to: group.address });
    }
  });
});
