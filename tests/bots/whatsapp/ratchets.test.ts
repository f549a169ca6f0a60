import { setImmediate } from 'node:timers/promises';
import {
  addTransactionCapability,
  Curve,
  DEFAULT_CONNECTION_CONFIG,
  generateSignalPubKey,
  initAuthCreds,
  type SignalDataSet,
  type SignalDataTypeMap,
  type SignalRepositoryWithLIDStore,
} from '@whiskeysockets/baileys';
import { expect, it } from 'vitest';
import { silenceConsole } from '../../../src/bots/whatsapp/console.ts';
import { ratchets } from '../../../src/bots/whatsapp/ratchets.ts';
import { MemoryKeys, silence } from '../../fakes/whatsapp/memory-keys.ts';

/** Keys that take a while to come and go, as they do over a network. */
class DistantKeys {
  readonly #near = new MemoryKeys();

  async get<Type extends keyof SignalDataTypeMap>(type: Type, ids: string[]) {
    await setImmediate();
    return this.#near.get(type, ids);
  }

  async set(changes: SignalDataSet): Promise<void> {
    await setImmediate();
    this.#near.set(changes);
  }
}

/** A device with an identity of its own. */
async function device() {
  const creds = initAuthCreds();
  const preKey = Curve.generateKeyPair();
  const stored = new DistantKeys();
  await stored.set({ 'pre-key': { 1: preKey } });
  const keys = addTransactionCapability(stored, silence, { maxCommitRetries: 1, delayBetweenTriesMs: 0 });
  const repository = DEFAULT_CONNECTION_CONFIG.makeSignalRepository({ creds, keys }, silence);
  const bundle = {
    registrationId: creds.registrationId,
    identityKey: generateSignalPubKey(creds.signedIdentityKey.public),
    signedPreKey: {
      keyId: creds.signedPreKey.keyId,
      publicKey: generateSignalPubKey(creds.signedPreKey.keyPair.public),
      signature: creds.signedPreKey.signature,
    },
    preKey: { keyId: 1, publicKey: generateSignalPubKey(preKey.public) },
  };
  return { repository, keys, bundle };
}

/** A little later: how little tells which of two things that overlap ends first. */
async function after<Result>(ticks: number, work: () => Promise<Result>): Promise<Result> {
  for (let tick = 0; tick < ticks; tick += 1) await Promise.resolve();
  return work();
}

const ours = '6281110000001@s.whatsapp.net';
const theirPhone = '6281234567890@s.whatsapp.net';
const theirLid = '200000000000001@lid';

it('talks and listens at the same time without taking a counter twice', async () => {
  silenceConsole();
  const us = await device();
  const member = await device();
  const reached: string[] = [];
  const repository: SignalRepositoryWithLIDStore = ratchets(us.repository, (jid) => void reached.push(jid));
  await repository.lidMapping.storeLIDPNMappings([{ lid: theirLid, pn: theirPhone }]);
  await repository.injectE2ESession({ jid: theirPhone, session: member.bundle });
  const say = (text: string) => repository.encryptMessage({ jid: theirPhone, data: Buffer.from(text) });
  const hear = async (message: Awaited<ReturnType<typeof say>>) =>
    Buffer.from(await member.repository.decryptMessage({ jid: ours, ...message })).toString();

  expect(await hear(await say('0'))).toBe('0');
  for (let round = 1; round <= 3; round += 1) {
    // They write several messages before they read one: all in one chain of counters, and so are our answers.
    const written: Awaited<ReturnType<typeof say>>[] = [];
    for (let nth = 0; nth < 40; nth += 1) {
      written.push(await member.repository.encryptMessage({ jid: ours, data: Buffer.from(`${nth}`) }));
    }
    const answers: Awaited<ReturnType<typeof say>>[] = [];
    for (const [nth, incoming] of written.entries()) {
      // Baileys decrypts under the LID what it encrypts under the number, and holds the two for different people.
      const [said, heard] = await Promise.all([
        say(`${nth}`),
        after(nth, () => repository.decryptMessage({ jid: theirLid, ...incoming })),
      ]);
      expect(Buffer.from(heard).toString()).toBe(`${nth}`);
      answers.push(said);
    }
    for (const [nth, answer] of answers.entries()) expect(await hear(answer)).toBe(`${nth}`);
  }
  expect(reached).toHaveLength(121);
});

it('keeps a session before what was encrypted in it is used, also within a transaction', async () => {
  silenceConsole();
  const us = await device();
  const member = await device();
  const repository = ratchets(us.repository, () => undefined);
  await us.keys
    .transaction(async () => {
      await repository.injectE2ESession({ jid: theirPhone, session: member.bundle });
      const message = await repository.encryptMessage({ jid: theirPhone, data: Buffer.from('halo') });
      const plain = await member.repository.decryptMessage({ jid: ours, ...message });
      expect(Buffer.from(plain).toString()).toBe('halo');
      // The power is cut here: what the transaction holds is lost.
      throw new Error('cut');
    }, 'a message on its way')
    .catch(() => undefined);
  const next = await repository.encryptMessage({ jid: theirPhone, data: Buffer.from('lagi') });
  const plain = await member.repository.decryptMessage({ jid: ours, ...next });
  expect(Buffer.from(plain).toString()).toBe('lagi');
});
