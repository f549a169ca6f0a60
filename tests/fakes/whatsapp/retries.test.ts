import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { asItShould } from './behaviour.ts';
import { type Client, type Device, linked, newDevice } from './client.ts';
import { FakeWhatsApp } from './server.ts';

const assistant = '+62 811 1000 0001';

describe('messages that can’t be decrypted', () => {
  let fake: FakeWhatsApp;
  let client: Client;
  let device: Device;
  let undo: () => void;

  beforeAll(async () => {
    fake = await FakeWhatsApp.start();
    undo = fake.trustHere();
    device = newDevice();
    client = await linked(fake, assistant, device);
  });

  afterEach(() => {
    Object.assign(fake.behaviour, asItShould);
  });

  afterAll(async () => {
    expect(fake.log.filter(({ kind }) => kind === 'failed' || kind === 'not understood')).toStrictEqual([]);
    await client.close();
    undo();
    await fake.close();
  });

  it.each(['damaged', 'unknown kind', 'no message'] as const)(
    'come first as a stub and then, asked for again, whole: %s',
    async (damage) => {
      const person = fake.person('+62 812 0000 0001');
      const id = await person.say('halo', { damage });
      expect((await client.message(id)).text).toBe('halo');
      const both = client.upserts.items.filter(({ message }) => message.key.id === id);
      expect(both.map(({ message, text }) => [message.messageStubType ?? null, text])).toStrictEqual([
        [2, null],
        [null, 'halo'],
      ]);
      expect(await fake.wait((entry) => entry.kind === 'sent again' && entry.id === id)).toMatchObject({ count: 1 });
      await fake.wait((entry) => entry.kind === 'receipt' && entry.type === 'inactive' && entry.ids.includes(id));
      expect(fake.devices[0]?.waiting).toHaveLength(0);
    },
  );

  it('are asked for until a new session is made, when the assistant has lost the old one', async () => {
    const person = fake.person('+62 812 0000 0002');
    await client.message(await person.say('satu'));
    await client.say(person.address, 'one');
    await person.next();
    device.keys.stored.session.clear();
    const id = await person.say('dua');
    expect((await client.message(id)).text).toBe('dua');
    const counts = fake.log.flatMap((entry) => (entry.kind === 'sent again' && entry.id === id ? [entry.count] : []));
    expect(counts).toStrictEqual([1, 2]);
    expect((await client.message(await person.say('tiga'))).text).toBe('tiga');
  });

  it('are sent again by the assistant, when a member’s phone has lost its session', async () => {
    const person = fake.person('+62 812 0000 0003', { lid: true });
    await client.message(await person.say('halo'));
    await client.say(person.address, 'satu');
    await person.next();
    await client.message(await person.say('lagi'));
    await client.say(person.address, 'dua');
    await person.next();
    await person.loseSession();
    const id = await client.say(person.address, 'tiga');
    expect(await person.next()).toMatchObject({ id, text: 'tiga', copies: 1 });
    expect(fake.log.filter(({ kind }) => kind === 'unreadable')).toMatchObject([{ id, phone: '6281200000003' }]);
  });

  it('are sent again by the assistant when they are asked for', async () => {
    const person = fake.person('+62 812 0000 0004');
    const id = await client.say(person.address, 'halo');
    await person.next();
    // With the second request, the phone gives the keys for a new session.
    for (let nth = 0; nth < 2; nth += 1) {
      const since = fake.log.length;
      await person.retryReceipt(id);
      await fake.wait((entry) => entry.kind === 'outbound' && entry.id === id, 5_000, since);
    }
    await client.say(person.address, 'akhir');
    await person.next();
    expect(person.read().map(({ text, copies }) => [text, copies])).toStrictEqual([
      ['halo', 3],
      ['akhir', 1],
    ]);
  });

  it('have nothing in them, and come from the owner’s phone, which was asked for them', async () => {
    const person = fake.person('+62 812 0000 0005', { lid: true });
    const id = await person.say('lewat ponsel', { damage: 'empty' });
    expect((await client.stub(id)).message.messageStubParameters).toStrictEqual(['Message absent from node']);
    expect((await client.message(id)).text).toBe('lewat ponsel');
    await fake.wait((entry) => entry.kind === 'phone asked' && entry.about.includes(id));
  });
});
