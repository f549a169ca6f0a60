import { describe, expect, it } from 'vitest';
import { memoryAdmissions } from '../../../src/backends/memory/admissions.ts';
import { codesThrough } from '../../../src/bots/sms/codes.ts';
import { referenceOf } from '../../../src/bots/sms/reference.ts';
import { branded } from '../../../src/core/brand.ts';
import type { ConversationId } from '../../../src/core/inbound.ts';
import { phoneSchema } from '../../../src/core/jamsostek/phone.ts';
import { type Admission, type Admissions, Unavailable } from '../../../src/core/services.ts';
import { day, hour, minute, second } from '../../../src/core/time.ts';
import { KeepingGateway, openStage, replyOf, type Stage } from './stage.ts';

const to = '+6284000001000';
const capped = { sent: false, problem: 'capped' };
const told = 'Batas SMS hari ini untuk nomor ini sudah penuh. Silakan lanjut besok, atau telp 175.';

/** Sends replies of one part to a number: how many went out, the notice not counted. */
async function send(stage: Stage, times: number, number = to, name = 'turn'): Promise<number> {
  let sent = 0;
  for (let nth = 0; nth < times; nth += 1) {
    const result = await stage.answer(number, replyOf('Halo'), `${name}/${number}/${nth}`);
    if (result.sent) sent += 1;
  }
  return sent;
}

const alarmsOf = ({ events }: Stage) => events.flatMap((event) => (event.kind === 'alarm' ? [event.what] : []));
const noticesOf = ({ kept }: Stage) => kept.sent.filter(({ text }) => text === told);

describe('a reply', () => {
  it('goes to the number that wrote, under a reference that is the same each time that it is sent', async () => {
    const stage = await openStage();
    for (const _ of ['first', 'again']) expect(await stage.answer(to, replyOf('Halo – é'))).toEqual({ sent: true });
    const reference = referenceOf('conversation/one/0');
    expect(stage.kept.sent).toEqual([
      { to, text: 'Halo - é', reference, validFor: hour },
      { to, text: 'Halo - é', reference, validFor: hour },
    ]);
    expect(reference).toMatch(/^[\w-]{22}$/);
  });

  it('is not sent to what is no mobile number', async () => {
    const stage = await openStage();
    expect(await stage.answer('+447700900123', replyOf('Halo'))).toEqual({ sent: false, problem: 'refused' });
    expect(stage.kept.sent).toEqual([]);
  });

  it('says in the link how the gateway took the last one', async () => {
    const stage = await openStage();
    expect(stage.channel.standing()).toBe('up');
    for (const problem of ['unreachable', 'unreachable', 'refused', 'unauthorised'] as const) {
      stage.kept.results.push({ sent: false, problem });
      expect(await stage.answer(to, replyOf('Halo'))).toEqual({ sent: false, problem });
      expect(stage.channel.standing()).toBe('connecting');
    }
    await stage.answer(to, replyOf('Halo'));
    const link = { kind: 'link', channel: 'sms' };
    expect(stage.events).toEqual([
      { ...link, state: 'up' },
      { ...link, state: 'connecting', why: 'unreachable' },
      { ...link, state: 'connecting', why: 'unauthorised' },
      { ...link, state: 'up' },
    ]);
  });

  it('waits when the caps cannot be asked: nothing leaves', async () => {
    const admissions: Admissions = { admit: () => Promise.reject(new Unavailable('admissions')) };
    const stage = await openStage({ world: { admissions } });
    expect(await stage.answer(to, replyOf('Halo'))).toEqual({ sent: false, problem: 'unreachable' });
    expect(stage.kept.sent).toEqual([]);
    expect(stage.events).toContainEqual(expect.objectContaining({ kind: 'failed', step: 'send' }));
  });
});

describe('what replies may cost', () => {
  it('is 30 parts an hour for one number, and 60 a day', async () => {
    const stage = await openStage();
    const sent: number[] = [];
    for (const name of ['a', 'b', 'c', 'd']) {
      sent.push(await send(stage, name === 'a' ? 40 : 20, to, name));
      await stage.time.advance(hour);
    }
    expect(sent).toEqual([30, 20, 10, 0]);
    await stage.time.advance(day);
    expect(await send(stage, 40, to, 'e')).toBe(30);
  });

  it('counts parts, not replies', async () => {
    const stage = await openStage();
    for (let nth = 0; nth < 10; nth += 1) {
      expect(await stage.answer(to, replyOf('x'.repeat(459)), `${nth}/0`)).toEqual({ sent: true });
    }
    expect(await stage.answer(to, replyOf('x'), '10/0')).toEqual(capped);
  });

  it('counts a reply that is sent again once', async () => {
    const stage = await openStage();
    for (let time = 0; time < 40; time += 1) {
      expect(await stage.answer(to, replyOf('Halo'))).toEqual({ sent: true });
      await stage.time.advance(second);
    }
  });

  it('the member and an operator are told once a day when it is over, then nothing is said', async () => {
    const stage = await openStage();
    await send(stage, 40);
    expect(noticesOf(stage)).toMatchObject([{ to }]);
    expect(stage.kept.sent).toHaveLength(31);
    await stage.time.advance(hour);
    await send(stage, 40, to, 'later');
    expect(noticesOf(stage)).toHaveLength(1);
    await stage.time.advance(day);
    await send(stage, 40, to, 'tomorrow');
    expect(noticesOf(stage)).toHaveLength(2);
    expect(alarmsOf(stage)).toEqual(['number', 'number']);
  });

  it('in their language', async () => {
    const stage = await openStage();
    await send(stage, 30);
    await stage.answer(to, replyOf('Hi', { language: 'en' }), 'more/0');
    expect(stage.kept.sent.at(-1)?.text).toMatch(/^Today's SMS limit for this number is reached\./);
  });

  it('does not take from others what one number uses', async () => {
    const stage = await openStage();
    await send(stage, 40);
    expect(await send(stage, 5, '+6284000002000')).toBe(5);
  });

  it('is 60 numbers beside each other an hour; more are held back with an alarm, and untold', async () => {
    const stage = await openStage();
    const neighbour = (nth: number) => `+628400000${String(nth).padStart(4, '0')}`;
    let sent = 0;
    for (let nth = 0; nth < 65; nth += 1) sent += await send(stage, 1, neighbour(nth));
    expect([sent, stage.kept.sent.length, alarmsOf(stage)]).toEqual([60, 60, Array(5).fill('range')]);
    // Those who were there before go on, and so does everybody elsewhere.
    expect(await send(stage, 1, neighbour(0), 'again')).toBe(1);
    expect(await send(stage, 1, '+6284000010000')).toBe(1);
    await stage.time.advance(hour);
    expect(await send(stage, 1, neighbour(64), 'later')).toBe(1);
  });

  it('is so many parts a day for all together; more are held back with an alarm, and untold', async () => {
    const stage = await openStage({ dailyParts: 10 });
    expect(await send(stage, 6, to)).toBe(6);
    expect(await send(stage, 6, '+6284000022000')).toBe(4);
    expect([stage.kept.sent.length, alarmsOf(stage)]).toEqual([10, ['day', 'day']]);
    await stage.time.advance(day);
    expect(await send(stage, 1, to, 'tomorrow')).toBe(1);
  });

  it('counts what is said to who is over their own cap, too', async () => {
    const stage = await openStage({ dailyParts: 15 });
    await send(stage, 30);
    expect([stage.kept.sent.length, noticesOf(stage)]).toEqual([15, []]);
  });

  it('is counted under names that say nothing of a number', async () => {
    const inner = memoryAdmissions();
    const asked: Admission[] = [];
    const admissions: Admissions = {
      admit: (each, now) => {
        asked.push(...each);
        return inner.admit(each, now);
      },
    };
    const stage = await openStage({ world: { admissions } });
    for (let nth = 0; nth < 17; nth += 1) await stage.answer(to, replyOf('Halo'), `turn/${nth}`);
    expect(asked.length).toBeGreaterThan(17);
    for (const { window, item } of asked) expect(`${window} ${item}`).not.toMatch(/8400000|1000/);
  });
});

describe('a code', () => {
  const phone = phoneSchema.parse(to);
  const conversation = branded<ConversationId>('conversation');

  it('goes out although replies are over every cap', async () => {
    const gateway = new KeepingGateway();
    const stage = await openStage({ gateway, dailyParts: 1 });
    await send(stage, 3);
    const codes = codesThrough(gateway);
    expect(await codes(phone, 'Kode Anda – 123456', conversation, 'conversation/two/0')).toEqual({ sent: true });
    expect(gateway.sent.at(-1)).toEqual({
      to,
      text: 'Kode Anda - 123456',
      reference: referenceOf('conversation/two/0'),
      validFor: 5 * minute,
    });
  });

  it('says why it did not', async () => {
    const gateway = new KeepingGateway();
    gateway.results.push({ sent: false, problem: 'uncertain' });
    expect(await codesThrough(gateway)(phone, 'Kode', conversation, 'a/0')).toEqual({
      sent: false,
      problem: 'uncertain',
    });
  });
});
