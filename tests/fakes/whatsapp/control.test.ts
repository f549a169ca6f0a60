import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { Client, newDevice } from './client.ts';
import { FakeWhatsApp } from './server.ts';

const phone = '+62 811 1000 0001';
const siti = '+62 812 0000 0001';
const idSchema = z.object({ id: z.string() });
const messagesSchema = z.array(z.object({ n: z.number(), phone: z.string(), text: z.string().nullable() }));

describe('the server, driven from another process', () => {
  let fake: FakeWhatsApp;
  let client: Client;
  let undo: () => void;
  const device = newDevice();

  async function get(path: string): Promise<unknown> {
    const response = await fetch(`${fake.controlUrl}${path}`);
    expect(response.status, path).toBe(200);
    return response.json();
  }

  function post(path: string, body: object): Promise<Response> {
    return fetch(`${fake.controlUrl}${path}`, { method: 'POST', body: JSON.stringify(body) });
  }

  async function does(path: string, body: object): Promise<unknown> {
    const response = await post(path, body);
    const answer: unknown = await response.json();
    expect({ path, status: response.status, answer }).toMatchObject({ status: 200 });
    return answer;
  }

  async function say(say: object, about: object = {}): Promise<string> {
    return idSchema.parse(await does('/inbound', { from: siti, say, ...about })).id;
  }

  beforeAll(async () => {
    fake = await FakeWhatsApp.start();
    undo = fake.trustHere();
    const first = new Client(fake, device);
    expect(await does('/scan', { qr: await first.qr(), phone })).toStrictEqual({ device: '6281110000001:1' });
    await first.ended();
    client = await (await new Client(fake, device).opened()).synchronised();
  });

  afterAll(async () => {
    expect(fake.log.filter(({ kind }) => kind === 'failed' || kind === 'not understood')).toStrictEqual([]);
    undo();
    await fake.close();
  });

  it('tells its root and its address', async () => {
    expect(await get('/root')).toStrictEqual({ root: fake.rootKey, url: fake.url });
    expect((await fetch(`${fake.controlUrl}/certificate`)).status).toBe(409);
  });

  it('links a second device by its code', async () => {
    const other = newDevice();
    const pairing = new Client(fake, other);
    await pairing.qr();
    const code = await pairing.socket.requestPairingCode('6281110000001');
    await fake.wait(({ kind }) => kind === 'code wanted');
    expect(await does('/enter-code', { code, phone })).toStrictEqual({ device: '6281110000001:2' });
    await pairing.ended();
    const second = await new Client(fake, other).opened();
    expect(await get('/devices')).toMatchObject([
      { name: '6281110000001:1', standing: 'linked', online: true },
      { name: '6281110000001:2', standing: 'linked', online: true },
    ]);
    await second.socket.logout();
    await fake.wait(({ kind }) => kind === 'unlinked');
  });

  it('lets a member talk with the assistant, and shows what they see', async () => {
    const about = { name: 'Siti', lid: true, sendsPhone: false };
    const { message } = await client.message(await say({ kind: 'text', text: 'saldo' }, about));
    expect(message).toMatchObject({ pushName: 'Siti', message: { conversation: 'saldo' } });
    await does('/typing', { from: siti });
    await client.typing.wait(({ state }) => state === 'composing');
    const since = fake.log.length;
    const answer = await client.say(message.key.remoteJid ?? '', 'Saldo Anda …');
    await fake.wait((entry) => entry.kind === 'outbound', 15_000, since);
    await expect
      .poll(async () => messagesSchema.parse(await get(`/outbox?since=${since}`)))
      .toMatchObject([{ phone: '6281200000001', text: 'Saldo Anda …' }]);
    await does('/receipt', { from: siti });
    await client.update(answer, 4);
    await client.socket.readMessages([message.key]);
    await fake.wait((entry) => entry.kind === 'receipt' && entry.type === 'read');
    expect(await get(`/chat?phone=${encodeURIComponent(siti)}`)).toMatchObject({
      received: [{ text: 'Saldo Anda …', copies: 1 }],
      sees: { read: [message.key.id], typing: [] },
    });
    expect(await get('/people')).toMatchObject([{ phone: '6281200000001', name: 'Siti' }]);
  });

  it('lets a member send everything that a phone can', async () => {
    const bytes = Buffer.from('bytes').toString('base64');
    const first = await say({ kind: 'text', text: 'satu' });
    const all: [object, string][] = [
      [{ kind: 'text', text: 'dua', quote: first, wrapping: 'ephemeral' }, 'ephemeralMessage'],
      [{ kind: 'location', latitude: 1, longitude: 2 }, 'locationMessage'],
      [{ kind: 'live location', latitude: 1, longitude: 2 }, 'liveLocationMessage'],
      [{ kind: 'image', bytes, caption: 'x' }, 'imageMessage'],
      [{ kind: 'video', bytes }, 'videoMessage'],
      [{ kind: 'document', bytes, fileName: 'x.pdf' }, 'documentMessage'],
      [{ kind: 'voice', bytes }, 'audioMessage'],
      [{ kind: 'sticker', bytes }, 'stickerMessage'],
      [{ kind: 'contact', name: 'Budi', phone: '1' }, 'contactMessage'],
      [{ kind: 'poll', question: '?', options: ['a', 'b'] }, 'pollCreationMessage'],
      [{ kind: 'button', id: 'a', label: 'b' }, 'buttonsResponseMessage'],
      [{ kind: 'template button', id: 'a', label: 'b' }, 'templateButtonReplyMessage'],
      [{ kind: 'row', id: 'a', title: 'b' }, 'listResponseMessage'],
      [{ kind: 'react', id: first, emoji: '👍' }, 'reactionMessage'],
      [{ kind: 'edit', id: first, text: 'tiga' }, 'editedMessage'],
      [{ kind: 'delete', id: first }, 'protocolMessage'],
    ];
    for (const [saying, field] of all) {
      const { message } = await client.message(await say(saying));
      expect(Object.keys(message.message ?? {})).toContain(field);
    }
    const before = client.upserts.items.length;
    await does('/again', { from: siti, id: first });
    await client.upserts.wait(({ message }) => message.key.id === first, 15_000, before);
  });

  it('lets people talk in a group', async () => {
    const made = z.object({ address: z.string() }).parse(await does('/group', { people: [siti], subject: 'RT 05' }));
    const { message } = await client.message(await say({ kind: 'text', text: 'halo' }, { group: made.address }));
    expect(message.key.remoteJid).toBe(made.address);
    expect((await post('/inbound', { from: siti, group: 'x@g.us', say: { kind: 'text', text: 'x' } })).status).toBe(
      409,
    );
  });

  it('can be asked for a message again, and lose a session', async () => {
    const id = await client.say('6281200000002@s.whatsapp.net', 'halo');
    const person = fake.person('6281200000002');
    await person.next();
    const since = fake.log.length;
    await does('/retry', { from: '6281200000002', id });
    await fake.wait((entry) => entry.kind === 'outbound' && entry.id === id, 15_000, since);
    await does('/lose-session', { from: '6281200000002' });
    await client.say('6281200000002@s.whatsapp.net', 'lagi');
    expect((await person.next()).text).toBe('lagi');
  });

  it('lets the owner write from the phone, and a number have no WhatsApp', async () => {
    const { id } = idSchema.parse(await does('/own', { phone, to: siti, text: 'dari ponsel' }));
    expect((await client.message(id)).message.key.fromMe).toBe(true);
    await does('/not-on-whatsapp', { phone: '+62 800' });
    expect(await client.socket.onWhatsApp('62800')).toStrictEqual([]);
  });

  it('changes how the platform behaves, and ends connections', async () => {
    await does('/behaviour', { ackError: 463, holdOffline: 'all' });
    const id = await client.say('6281200000003@s.whatsapp.net', 'halo');
    await client.update(id, 0);
    expect(await does('/behaviour', { ackError: null })).toMatchObject({ holdOffline: 'all' });
    expect(await get('/behaviour')).not.toHaveProperty('ackError');
    await does('/kick', { kind: 'unavailable' });
    expect(await client.ended()).toBe(503);
    expect((await post('/kick', { kind: 'restart' })).status).toBe(409);
    const held = await say({ kind: 'text', text: 'lama' });
    const next = await new Client(fake, device).opened();
    await does('/release-offline', {});
    expect((await next.message(held)).type).toBe('append');
    await does('/unlink', { phone });
    expect(await next.ended()).toBe(401);
  });

  it('refuses what it does not understand', async () => {
    expect((await post('/kick', { kind: 'sideways' })).status).toBe(400);
    expect((await post('/behaviour', { dropAcks: true })).status).toBe(400);
    expect((await post('/nowhere', {})).status).toBe(404);
    expect((await fetch(`${fake.controlUrl}/nowhere`)).status).toBe(404);
    expect((await fetch(`${fake.controlUrl}/kick`, { method: 'POST', body: 'no JSON' })).status).toBe(400);
  });
});
