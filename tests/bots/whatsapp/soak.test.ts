import { describe, expect, it, onTestFinished } from 'vitest';
import type { Entry } from '../../fakes/whatsapp/journal.ts';
import { FakeWhatsApp } from '../../fakes/whatsapp/server.ts';
import { findRedis, startRedis } from '../../servers/redis.ts';
import { assistantPhone } from './stage.ts';
import { Worker } from './workers.ts';

const people = 32;
/** No more than go to one person in a row. */
const messagesEach = 4;

/** An answer that has not come by then, in milliseconds, is lost: it waits behind all kills at worst. */
const patience = 45_000;

/** How many answers are out when the process is killed next, and what it is doing then. */
const kills: readonly (readonly [number, Entry['kind']])[] = [
  [8, 'inbound'],
  [20, 'outbound'],
  [34, 'receipt'],
  [48, 'typing'],
  [62, 'outbound'],
  [76, 'receipt'],
  [90, 'inbound'],
  [104, 'outbound'],
];

describe.skipIf(findRedis() === null)('answering while the process is killed', () => {
  it('answers every message once, in order', { timeout: 120_000 }, async () => {
    const redis = await startRedis();
    const fake = await FakeWhatsApp.start();
    fake.owner(assistantPhone);
    const worker = new Worker(fake, redis.url);
    onTestFinished(async () => {
      await worker.kill();
      await fake.close();
      await redis.stop();
    });
    await worker.link();
    const began = performance.now();

    const answers = () => fake.log.filter(({ kind }) => kind === 'outbound').length;
    const killing = async () => {
      for (const [after, doing] of kills) {
        await fake.wait(({ kind }) => kind === 'outbound' && answers() >= after, patience, fake.log.length);
        await fake.wait(({ kind }) => kind === doing, patience, fake.log.length);
        await worker.kill();
        worker.start();
      }
    };
    const talking = Array.from({ length: people }, async (_, nth) => {
      const person = fake.person(`+62812000000${String(nth).padStart(2, '0')}`, { lid: nth % 2 === 0 });
      for (let message = 1; message <= messagesEach; message += 1) {
        await person.say(`pesan ${message}`);
        const answered = await person.next(patience).catch(() => null);
        if (!answered) break;
      }
      return person;
    });
    const [talked] = await Promise.all([Promise.all(talking), killing()]);
    const seconds = Math.round((performance.now() - began) / 1_000);

    const expected = Array.from({ length: messagesEach }, (_, nth) => `${nth + 1}: pesan ${nth + 1}`);
    const received = talked.map((person) => person.read().map(({ text }) => text));
    const sent = people * messagesEach;
    const answered = received.flat().length;
    const lost = received.flatMap((texts) => expected.filter((text) => !texts.includes(text))).length;
    const doubled = received.flatMap((texts) => texts.filter((text, at) => texts.indexOf(text) !== at)).length;
    const copies = talked.flatMap((person) => person.read()).filter((message) => message.copies > 1).length;
    process.stdout.write(
      `WhatsApp soak: ${sent} sent, ${answered} answered, ${lost} lost, ${doubled} doubled, ${kills.length} kills, ` +
        `${copies} sent again under the same id, ${seconds} s\n`,
    );
    expect({ lost, doubled }).toStrictEqual({ lost: 0, doubled: 0 });
    for (const texts of received) expect(texts).toStrictEqual(expected);
    expect(worker.output).toBe('');
  });
});
