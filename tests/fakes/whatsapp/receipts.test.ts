import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { asItShould } from './behaviour.ts';
import { type Client, linked } from './client.ts';
import { FakeWhatsApp } from './server.ts';

const delivered = 3;
const read = 4;
const failed = 0;

describe('what is said about messages', () => {
  let fake: FakeWhatsApp;
  let client: Client;
  let undo: () => void;

  beforeAll(async () => {
    fake = await FakeWhatsApp.start();
    undo = fake.trustHere();
    client = await linked(fake);
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

  it('is acknowledged by the server, then delivered, then read', async () => {
    const person = fake.person('+62 812 0000 0001');
    const ack = client.socket.waitForMessage('3EB0000000000000000001', 15_000);
    await client.socket.sendMessage(person.address, { text: 'halo' }, { messageId: '3EB0000000000000000001' });
    expect(await ack).toMatchObject({ tag: 'ack', attrs: { class: 'message', from: person.address } });
    await client.update('3EB0000000000000000001', delivered);
    await person.next();
    person.open();
    await client.update('3EB0000000000000000001', read);
  });

  it('is read at once by whoever has the chat open', async () => {
    fake.behaviour.read = true;
    const id = await client.say(fake.person('+62 812 0000 0002').address, 'halo');
    expect(await client.update(id, read)).toMatchObject({ status: read });
  });

  it('is told of several messages in one receipt', async () => {
    const person = fake.person('+62 812 0000 0003');
    const ids = [await client.say(person.address, 'satu'), await client.say(person.address, 'dua')];
    await person.next();
    await person.next();
    person.open();
    for (const id of ids) expect(await client.update(id, read)).toMatchObject({ status: read });
  });

  it('is refused with 463 by the server, and reaches nobody', async () => {
    fake.behaviour.ackError = 463;
    const person = fake.person('+62 812 0000 0004');
    const id = await client.say(person.address, 'halo');
    const update = await client.update(id, failed);
    expect(update.parameters).toStrictEqual(['463', 'Your account has been restricted']);
    expect(await client.socket.fetchAccountReachoutTimelock()).toMatchObject({ isActive: true });
    fake.behaviour.ackError = undefined;
    await client.say(person.address, 'lagi');
    expect((await person.next()).text).toBe('lagi');
  });

  it('reaches the member though the acknowledgement is lost', async () => {
    fake.behaviour.dropAck = true;
    const person = fake.person('+62 812 0000 0005');
    const ack = client.socket.waitForMessage('3EB0000000000000000005', 100);
    await client.socket.sendMessage(person.address, { text: 'halo' }, { messageId: '3EB0000000000000000005' });
    expect((await person.next()).text).toBe('halo');
    expect(await ack).toBeUndefined();
  });

  it('is lost on its way, and nobody says so', async () => {
    fake.behaviour.loseSent = true;
    const person = fake.person('+62 812 0000 0006');
    const id = await client.say(person.address, 'hilang');
    await fake.wait((entry) => entry.kind === 'lost' && entry.id === id);
    fake.behaviour.loseSent = false;
    await client.say(person.address, 'sampai');
    expect((await person.next()).text).toBe('sampai');
  });

  it('is not said to be delivered by a phone that keeps silent', async () => {
    fake.behaviour.deliver = false;
    const person = fake.person('+62 812 0000 0007');
    const silent = await client.say(person.address, 'diam');
    await person.next();
    fake.behaviour.deliver = true;
    const loud = await client.say(person.address, 'bilang');
    await client.update(loud, delivered);
    expect(client.updates.items.filter(({ id }) => id === silent)).toStrictEqual([]);
  });

  it('shows a member what the assistant has read, and that it types', async () => {
    const person = fake.person('+62 812 0000 0008');
    const id = await person.say('halo');
    const { message } = await client.message(id);
    await client.socket.readMessages([message.key]);
    await client.socket.sendPresenceUpdate('composing', person.address);
    await client.socket.sendPresenceUpdate('paused', person.address);
    await fake.wait((entry) => entry.kind === 'typing' && entry.state === 'paused');
    expect(person.sees).toStrictEqual({ read: [id], played: [], typing: ['composing', 'paused'] });
  });

  it('shows the assistant that a member types', async () => {
    const person = fake.person('+62 812 0000 0009', { lid: true });
    await client.message(await person.say('halo'));
    person.typing();
    person.typing(false);
    const states = [];
    for (const state of ['composing', 'available']) {
      states.push(await client.typing.wait((one) => one.from === person.address && one.state === state));
    }
    expect(states).toHaveLength(2);
  });
});
