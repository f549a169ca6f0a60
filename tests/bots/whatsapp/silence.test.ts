import { describe, expect, it, onTestFinished } from 'vitest';
import { FakeWhatsApp } from '../../fakes/whatsapp/server.ts';
import { findRedis, startRedis } from '../../servers/redis.ts';
import { assistantPhone } from './stage.ts';
import { Worker } from './workers.ts';

/** What sessions and keys look like when they are printed. */
const keyMaterial = /privKey|rootKey|SessionEntry|ephemeralKeyPair|remoteIdentityKey|Closing session|<Buffer/;

describe.skipIf(findRedis() === null)('what a process that answers on WhatsApp prints', () => {
  /** Talks with it in all the ways after which libsignal prints what it has. */
  async function printed(options: { readonly loud: boolean }): Promise<string> {
    const redis = await startRedis();
    const fake = await FakeWhatsApp.start();
    const worker = new Worker(fake, redis.url, options);
    onTestFinished(async () => {
      await worker.kill();
      await fake.close();
      await redis.stop();
    });
    fake.owner(assistantPhone);
    await worker.link();
    const member = fake.person('+6281234567890', { name: 'Siti Rahayu' });
    await member.say('NIK saya 3273014501900001');
    await member.next();
    // A session is closed for a new one when the phone has lost its own; what is damaged cannot be decrypted at all.
    await member.loseSession();
    await member.say('halo lagi');
    await member.next();
    await member.say('rusak', { damage: 'damaged' });
    await member.next();
    fake.kick('drop');
    await worker.told.wait((told) => told.kind === 'link' && told.why === '428');
    await member.say('masih ada?');
    await member.next();
    await worker.stop();
    return worker.output;
  }

  it('would be keys, if nobody held libsignal back', async () => {
    expect(await printed({ loud: true })).toMatch(keyMaterial);
  });

  it('is nothing', async () => {
    expect(await printed({ loud: false })).toBe('');
  });
});
