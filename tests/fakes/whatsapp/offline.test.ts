import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Client, linked, newDevice } from './client.ts';
import { node } from './nodes.ts';
import { FakeWhatsApp } from './server.ts';

const assistant = '+62 811 1000 0001';

describe('messages for an assistant that is away', () => {
  let fake: FakeWhatsApp;
  let undo: () => void;

  beforeEach(async () => {
    fake = await FakeWhatsApp.start();
    undo = fake.trustHere();
  });

  afterEach(async () => {
    expect(fake.log.filter(({ kind }) => kind === 'failed' || kind === 'not understood')).toStrictEqual([]);
    undo();
    await fake.close();
  });

  it('come late and in order at the next login, as "append"', async () => {
    const device = newDevice();
    await (await linked(fake, assistant, device)).close();
    await fake.wait((entry) => entry.kind === 'closed' && entry.device !== null);
    const person = fake.person('+62 812 0000 0001');
    const other = fake.person('+62 812 0000 0002', { lid: true });
    const said = ['satu', 'dua', 'tiga', 'empat'];
    for (const [nth, text] of said.entries()) await (nth % 2 === 0 ? person : other).say(text);
    const client = await new Client(fake, device).opened();
    await client.upserts.wait(({ text }) => text === 'empat');
    expect(client.upserts.items.map(({ type, text }) => [type, text])).toStrictEqual(
      said.map((text) => ['append', text]),
    );
    await client.close();
  });

  it('are not sent again once they were taken', async () => {
    const device = newDevice();
    const client = await linked(fake, assistant, device);
    const id = await fake.person('+62 812 0000 0001').say('halo');
    await fake.wait((entry) => entry.kind === 'receipt' && entry.ids.includes(id));
    expect(fake.devices[0]?.waiting).toHaveLength(0);
    await client.close();
    const since = fake.log.length;
    const next = await new Client(fake, device).opened();
    expect(await fake.wait(({ kind }) => kind === 'caught up', 15_000, since)).toMatchObject({ replayed: [] });
    await next.close();
  });

  it('are two when one was encrypted twice: taking the first leaves the second', async () => {
    await (await linked(fake)).close();
    await fake.wait((entry) => entry.kind === 'closed' && entry.device !== null);
    const person = fake.person('+62 812 0000 0001');
    const id = await person.say('halo');
    await person.sayAgain(id);
    const [device] = fake.devices;
    expect(device?.waiting).toHaveLength(2);
    device?.ack(node('ack', { class: 'message', id, error: '500' }));
    expect(device?.waiting).toHaveLength(1);
    device?.receipt(node('receipt', { id, type: 'read' }));
    expect(device?.waiting).toHaveLength(1);
    device?.receipt(node('receipt', { id, type: 'inactive' }));
    expect(device?.waiting).toHaveLength(0);
  });

  it('are sent again when the connection broke before they were taken', async () => {
    const device = newDevice();
    const client = await linked(fake, assistant, device);
    const person = fake.person('+62 812 0000 0001');
    fake.kick('silent');
    const id = await person.say('halo');
    expect(client.upserts.items).toStrictEqual([]);
    fake.kick('drop');
    expect(await client.ended()).toBe(428);
    const next = await new Client(fake, device).opened();
    expect((await next.message(id)).text).toBe('halo');
    await next.close();
  });

  it('are kept back until they are let go', async () => {
    const device = newDevice();
    await (await linked(fake, assistant, device)).close();
    await fake.wait((entry) => entry.kind === 'closed' && entry.device !== null);
    const person = fake.person('+62 812 0000 0001');
    await person.say('lama');
    fake.behaviour.holdOffline = 'all';
    const client = await new Client(fake, device).opened();
    await person.say('baru');
    expect(client.upserts.items).toStrictEqual([]);
    fake.releaseOffline();
    await client.upserts.wait(({ text }) => text === 'baru');
    expect(client.upserts.items.map(({ text }) => text)).toStrictEqual(['lama', 'baru']);
    await client.close();
  });

  it('are taken and yet not shown by a client whose link breaks before it heard that this was all', async () => {
    const device = newDevice();
    await (await linked(fake, assistant, device)).close();
    await fake.wait((entry) => entry.kind === 'closed' && entry.device !== null);
    const id = await fake.person('+62 812 0000 0001').say('hilang');
    fake.behaviour.holdOffline = 'end';
    const client = new Client(fake, device);
    await fake.wait((entry) => entry.kind === 'receipt' && entry.ids.includes(id));
    fake.kick('drop');
    await client.ended();
    expect(client.upserts.items).toStrictEqual([]);
    expect(fake.devices[0]?.waiting).toHaveLength(0);
  });
});
