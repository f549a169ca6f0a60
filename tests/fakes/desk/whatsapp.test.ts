import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { pairingScreen, qrScreen } from '../../../src/bots/whatsapp/linking.ts';
import { onPath } from '../../servers/program.ts';
import { Client, newDevice } from '../whatsapp/client.ts';
import { Desk } from './desk.ts';
import { chatOf, Visitor } from './visitor.ts';
import { assistantsNumber } from './whatsapp-side.ts';

const bytes = Buffer.from('file').toString('base64');

describe('WhatsApp at the desk', () => {
  let desk: Desk;
  let visitor: Visitor;
  let client: Client;
  let undo: () => void;

  /** Links as whoever sits at the desk does: by what the terminal shows. */
  async function link(show: (client: Client) => Promise<string>): Promise<Client> {
    const device = newDevice();
    const unlinked = new Client(desk.whatsapp.fake, device);
    expect(await visitor.post('/whatsapp/link', { shown: await show(unlinked) })).toMatchObject({ status: 200 });
    await unlinked.ended();
    return new Client(desk.whatsapp.fake, device).opened();
  }

  beforeAll(async () => {
    desk = await Desk.start({ port: 0 });
    undo = desk.whatsapp.fake.trustHere();
    visitor = await Visitor.at(desk.url);
    client = await link(async (unlinked) => qrScreen(await unlinked.qr()));
  });

  afterAll(async () => {
    await client.close();
    visitor.leave();
    undo();
    await desk.close();
  });

  const say = (from: string, what: object) => visitor.post('/whatsapp/acts', { from, say: what });
  const linesOf = (chat: string) => chatOf(visitor.state.whatsapp.chats, chat).lines;

  it('is linked by the QR code that the terminal shows', async () => {
    await visitor.until(({ whatsapp }) => whatsapp.devices[0]?.online === true);
    expect(visitor.state.whatsapp.devices).toStrictEqual([
      { name: `${assistantsNumber.slice(1)}:1`, standing: 'linked', online: true },
    ]);
  });

  it('is linked by the pairing code that the terminal shows', async () => {
    const second = await link(async (unlinked) => {
      await unlinked.qr();
      return pairingScreen(await unlinked.socket.requestPairingCode(assistantsNumber.slice(1)));
    });
    const { whatsapp } = await visitor.until(({ whatsapp: { devices } }) => devices[1]?.online === true);
    expect(whatsapp.devices.map(({ standing }) => standing)).toStrictEqual(['linked', 'linked']);
    await second.close();
    await visitor.until(({ whatsapp }) => whatsapp.devices[1]?.online === false);
  });

  it('is not linked by anything else, and says so', async () => {
    expect(await visitor.post('/whatsapp/link', { shown: 'On WhatsApp: link a device' })).toStrictEqual({
      status: 409,
      error: 'There is neither a QR code nor a pairing code in this.',
    });
    expect((await visitor.post('/whatsapp/link', { shown: qrScreen('2@old,a,b,c') })).error).toMatch(/QR code/);
    expect((await visitor.post('/whatsapp/link', { shown: 'ABCD-EFGH' })).error).toMatch(/code/);
  });

  it.each([
    ['by number', 0, '6281210000001@s.whatsapp.net'],
    ['by LID', 1, '@lid'],
    ['by LID without a number', 2, '@lid'],
  ])('carries text both ways, addressed %s', async (_, nth, address) => {
    const chat = visitor.state.whatsapp.chats[nth]?.id ?? '';
    const { id = '' } = await say(chat, { kind: 'text', text: 'cek saldo' });
    const { text, message } = await client.message(id);
    expect(text).toBe('cek saldo');
    const from = message.key.remoteJid ?? '';
    expect(from).toContain(address);
    await client.socket.readMessages([message.key]);
    await client.socket.sendPresenceUpdate('composing', from);
    await visitor.until(({ whatsapp }) => chatOf(whatsapp.chats, chat).typing);
    await client.say(from, 'Saldo Anda …');
    expect(await visitor.reply('whatsapp', chat, 1)).toMatchObject({ from: null, text: 'Saldo Anda …' });
    expect(linesOf(chat)[0]).toMatchObject({ id, text: 'cek saldo', notes: ['read'] });
    expect(chatOf(visitor.state.whatsapp.chats, chat).typing).toBe(false);
  });

  it('shows someone new, and the same number addressed otherwise', async () => {
    const person = { phone: '+6281210000009', name: 'Ketut', addressing: 'number' };
    const { id = '' } = await visitor.post('/whatsapp/people', person);
    await visitor.post('/whatsapp/people', { ...person, addressing: 'lid' });
    await visitor.until(({ whatsapp }) =>
      whatsapp.chats.some((chat) => chat.id === id && chat.title === 'Ketut (by LID, number hidden)'),
    );
    const { id: said = '' } = await say(id, { kind: 'text', text: 'halo' });
    expect((await client.message(said)).message.key.remoteJid).toContain('@lid');
  });

  it.each([
    [{ kind: 'location', latitude: -6.2, longitude: 106.8 }, 'locationMessage'],
    [{ kind: 'live location', latitude: -6.2, longitude: 106.8 }, 'liveLocationMessage'],
    [{ kind: 'image', bytes }, 'imageMessage'],
    [{ kind: 'video', bytes }, 'videoMessage'],
    [{ kind: 'document', bytes, fileName: 'ktp.pdf' }, 'documentMessage'],
    [{ kind: 'voice', bytes }, 'audioMessage'],
    [{ kind: 'sticker', bytes }, 'stickerMessage'],
    [{ kind: 'contact', name: 'A friend', phone: '+6281230000001' }, 'contactMessage'],
    [{ kind: 'poll', question: 'Which?', options: ['a', 'b'] }, 'pollCreationMessage'],
  ])('sends $kind', async (what, field) => {
    const { id = '' } = await say('6281210000001', what);
    expect((await client.message(id)).message.message).toHaveProperty(field);
    await visitor.until(() => linesOf('6281210000001').some((line) => line.id === id && line.notes[0] === what.kind));
  });

  it('edits what was said, and delivers it once more', async () => {
    const { id = '' } = await say('6281210000002', { kind: 'text', text: 'saldi' });
    await client.message(id);
    await say('6281210000002', { kind: 'edit', id, text: 'saldo' });
    await visitor.until(() =>
      linesOf('6281210000002').some(({ text, notes }) => text === 'saldo' && notes[0] === 'edited'),
    );
    const before = client.upserts.items.length;
    await visitor.post('/whatsapp/acts', { from: '6281210000002', id });
    expect((await client.upserts.wait(({ message }) => message.key.id === id, undefined, before)).text).toBe('saldi');
  });

  it.skipIf(onPath('openssl') === null)('gives out a file that the assistant has sent', async () => {
    const chat = '6281210000001';
    const before = linesOf(chat).filter(({ from }) => from === null).length;
    const document = { document: Buffer.from('%PDF'), mimetype: 'application/pdf', fileName: 'kartu.pdf' };
    await client.socket.sendMessage(`${chat}@s.whatsapp.net`, document);
    const { file } = await visitor.reply('whatsapp', chat, before + 1);
    expect(file?.name).toBe('kartu.pdf');
    expect(await (await fetch(desk.url + (file?.url ?? ''))).text()).toBe('%PDF');
  });

  it('shows what arrives though nothing is acknowledged', async () => {
    const chat = '6281210000001';
    const before = linesOf(chat).filter(({ from }) => from === null).length;
    await visitor.post('/whatsapp/trouble', { dropAck: true });
    await client.say(`${chat}@s.whatsapp.net`, 'halo');
    expect((await visitor.reply('whatsapp', chat, before + 1)).text).toBe('halo');
    await visitor.post('/whatsapp/trouble', { dropAck: false });
  });

  it('misbehaves as it is told, and shows that it does', async () => {
    await visitor.post('/whatsapp/trouble', { ackError: 463 });
    await visitor.until(({ whatsapp }) => whatsapp.trouble.includes('ackError'));
    const refused = await client.say('6281210000001@s.whatsapp.net', 'halo');
    await client.updates.wait(({ id, status }) => id === refused && status === 0);
    await visitor.post('/whatsapp/trouble', { ackError: null });
    await visitor.until(({ whatsapp }) => whatsapp.trouble.length === 0);
    await visitor.post('/whatsapp/trouble', { kind: 'drop' });
    expect(await client.ended()).toBe(428);
    await visitor.until(({ whatsapp }) => whatsapp.devices[0]?.online === false);
    expect((await visitor.post('/whatsapp/trouble', { kind: 'explode' })).status).toBe(400);
  });
});
