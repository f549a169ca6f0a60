import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Client, linked, newDevice } from './client.ts';
import { FakeWhatsApp } from './server.ts';

const assistant = '+62 811 1000 0001';

describe('linking a device', () => {
  let fake: FakeWhatsApp;
  let undo: () => void;

  beforeEach(async () => {
    fake = await FakeWhatsApp.start();
    undo = fake.trustHere();
  });

  afterEach(async () => {
    undo();
    await fake.close();
  });

  it('links by QR code, asks to connect anew, and lets the device log in', async () => {
    const device = newDevice();
    const first = new Client(fake, device);
    const itsDevice = await fake.owner(assistant).scanQr(await first.qr());
    expect(await first.ended()).toBe(515);
    expect(device.creds.me).toMatchObject({ id: itsDevice.phoneAddress, lid: itsDevice.hiddenAddress });
    const second = await new Client(fake, device).opened();
    expect(fake.devices.map(({ name, standing }) => [name, standing])).toStrictEqual([['6281110000001:1', 'linked']]);
    await second.close();
  });

  it('links by a pairing code that is entered on the phone', async () => {
    const device = newDevice();
    const first = new Client(fake, device);
    await first.qr();
    const code = await first.socket.requestPairingCode('6281110000001');
    await fake.wait(({ kind }) => kind === 'code wanted');
    const itsDevice = await fake.owner(assistant).enterCode(code);
    expect(await first.ended()).toBe(515);
    expect(device.creds).toMatchObject({ registered: true, me: { id: itsDevice.phoneAddress } });
    await (await new Client(fake, device).opened()).close();
  });

  it('does not link by another code', async () => {
    const device = newDevice();
    const client = new Client(fake, device);
    await client.qr();
    await client.socket.requestPairingCode('6281110000001', 'ABCD1234');
    await fake.wait(({ kind }) => kind === 'code wanted');
    await expect(fake.owner(assistant).enterCode('ABCD1235')).rejects.toThrow('not the code that the device shows');
    await expect(fake.owner('+62 811 1000 0009').enterCode('ABCD1234')).rejects.toThrow('No client asked for a code');
    expect(fake.devices).toStrictEqual([]);
  });

  it('knows no QR code but those that are shown, and no device but those that were linked', async () => {
    const client = new Client(fake, newDevice());
    const qr = await client.qr();
    await expect(fake.owner(assistant).scanQr(qr.replace('#2@', '#2@other'))).rejects.toThrow('No client shows this');
    const stranger = newDevice();
    stranger.creds.me = { id: '6281110000001:1@s.whatsapp.net' };
    expect(await new Client(fake, stranger).ended()).toBe(401);
  });

  it('sends the history of the phone, so that a new device shows messages at once', async () => {
    const device = newDevice();
    const client = await linked(fake, assistant, device);
    const id = await fake.person('+62 812 3456 7890').say('halo');
    expect((await client.message(id)).text).toBe('halo');
    expect(device.creds.accountSyncCounter).toBe(1);
    expect(device.keys.stored['app-state-sync-key'].size).toBe(1);
  });

  it('sends everything to each device that is linked to the phone, and to each what the others send', async () => {
    const first = await linked(fake, assistant);
    const second = await linked(fake, assistant);
    const person = fake.person('+62 812 3456 7890');
    const id = await person.say('halo');
    expect((await first.message(id)).text).toBe('halo');
    expect((await second.message(id)).text).toBe('halo');
    const answer = await first.say(person.address, 'hai');
    const copy = await second.message(answer);
    expect(copy).toMatchObject({ text: 'hai', message: { key: { fromMe: true, remoteJid: person.address } } });
    expect(fake.log.filter(({ kind }) => kind === 'failed' || kind === 'not understood')).toStrictEqual([]);
    fake.owner(assistant).unlink();
    expect([await first.ended(), await second.ended()]).toStrictEqual([401, 401]);
  });
});
