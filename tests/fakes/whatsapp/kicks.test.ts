import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Client, linked, newDevice } from './client.ts';
import type { Kick } from './kicks.ts';
import { FakeWhatsApp } from './server.ts';

const assistant = '+62 811 1000 0001';

describe('connections that end', () => {
  let fake: FakeWhatsApp;
  let undo: () => void;

  beforeEach(async () => {
    fake = await FakeWhatsApp.start();
    undo = fake.trustHere();
  });

  afterEach(async () => {
    vi.useRealTimers();
    expect(fake.log.filter(({ kind }) => kind === 'failed' || kind === 'not understood')).toStrictEqual([]);
    undo();
    await fake.close();
  });

  it('for a while: with 515, 428, 503 and 500; the device logs in again', async () => {
    const device = newDevice();
    let client = await linked(fake, assistant, device);
    const codes: [Kick, number][] = [
      ['restart', 515],
      ['drop', 428],
      ['end', 428],
      ['unavailable', 503],
      ['bad stream', 500],
      ['no multi-device', 411],
      ['replaced', 440],
    ];
    for (const [kick, code] of codes) {
      fake.kick(kick);
      expect(await client.ended(), kick).toBe(code);
      client = await new Client(fake, device).opened();
    }
    await client.close();
  });

  it('for good: with 401 for a device that was removed', async () => {
    const device = newDevice();
    const client = await linked(fake, assistant, device);
    fake.kick('logged out');
    expect(await client.ended()).toBe(401);
    expect(await new Client(fake, device).ended()).toBe(401);
  });

  it('for good: with 403 for a number that is banned', async () => {
    const device = newDevice();
    const client = await linked(fake, assistant, device);
    fake.kick('banned');
    expect(await client.ended()).toBe(403);
    expect(await new Client(fake, device).ended()).toBe(403);
  });

  it('until the client is a newer one: with 405', async () => {
    const device = newDevice();
    const client = await linked(fake, assistant, device);
    fake.kick('too old');
    expect(await client.ended()).toBe(405);
    expect(await new Client(fake, device).ended()).toBe(405);
    expect(await new Client(fake, newDevice()).ended()).toBe(405);
    fake.behaviour.refuseLogin = undefined;
    const newer = await new Client(fake, device, { version: [2, 3000, 2] }).opened();
    expect(fake.log.findLast((entry) => entry.kind === 'login')).toMatchObject({ version: '2.3000.2' });
    await newer.close();
  });

  it('with 440 when the same device logs in a second time', async () => {
    const device = newDevice();
    const first = await linked(fake, assistant, device);
    const second = await new Client(fake, device).opened();
    expect(await first.ended()).toBe(440);
    const id = await fake.person('+62 812 0000 0001').say('halo');
    expect((await second.message(id)).text).toBe('halo');
    await second.close();
  });

  it('with 408, by the client itself, when the server is there and says nothing', async () => {
    const device = newDevice();
    await (await linked(fake, assistant, device)).close();
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval', 'Date'] });
    const client = await new Client(fake, device).opened();
    // Baileys looks every 30 s whether it heard anything since, and asks for a sign of life.
    const look = async () => {
      vi.advanceTimersByTime(30_000);
      // An answer would be there by the time that the same server has answered this.
      await fetch(`${fake.controlUrl}/root`);
    };
    for (let nth = 0; nth < 4; nth += 1) await look();
    expect(fake.devices[0]?.line).toBeDefined();
    fake.kick('silent');
    await look();
    await look();
    expect(await client.ended()).toBe(408);
  });

  it('by the assistant itself, which unlinks its device', async () => {
    const device = newDevice();
    const client = await linked(fake, assistant, device);
    await client.socket.logout();
    expect(await client.ended()).toBe(401);
    await fake.wait(({ kind }) => kind === 'unlinked');
    expect(await new Client(fake, device).ended()).toBe(401);
  });
});
