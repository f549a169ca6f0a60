import { describe, expect, it } from 'vitest';
import { DayTables } from '../../../src/bots/whatsapp/day-tables.ts';
import { RetryCounts, SentMessages } from '../../../src/bots/whatsapp/sent.ts';
import { day, hour } from '../../../src/core/time.ts';
import { ManualTime } from '../../engine/manual-time.ts';
import { keepOf } from './stage.ts';

async function kept() {
  const keep = await keepOf();
  const time = new ManualTime();
  return { keep, time, open: () => new DayTables(keep, time) };
}

describe('what is kept for a day or two', () => {
  it('is found today and tomorrow, also by the next process, and gone the day after', async () => {
    const { keep, open, time } = await kept();
    const today = Math.floor(time.now() / day);
    await open().write('sent', 'a', 'first');
    await time.advance(day);
    expect(await open().read('sent', 'a')).toBe('first');
    await open().write('sent', 'b', 'second');
    expect(await open().read('sent', 'a')).toBe('first');
    await time.advance(day);
    expect(await open().read('sent', 'a')).toBeNull();
    await open().write('sent', 'c', 'third');
    expect((await keep.all(`sent-${today}`)).size).toBe(0);
    expect([...(await keep.all('days')).keys()]).toStrictEqual([`sent-${today + 1}`, `sent-${today + 2}`]);
    expect(await open().read('sent', 'b')).toBe('second');
  });

  it('is what was written last, and gone when it is taken away', async () => {
    const { open, time } = await kept();
    const tables = open();
    await tables.write('retries', 'a', '1');
    await time.advance(day);
    await tables.write('retries', 'a', '2');
    expect(await tables.read('retries', 'a')).toBe('2');
    await tables.write('retries', 'a', null);
    expect(await tables.read('retries', 'a')).toBeNull();
  });

  it('is cleared away by a process that runs for days', async () => {
    const { keep, open, time } = await kept();
    const tables = open();
    for (let hours = 0; hours < 24 * 5; hours += 6) {
      await tables.write('sent', `at ${hours}`, 'x');
      await time.advance(6 * hour);
    }
    expect((await keep.all('days')).size).toBe(2);
  });
});

describe('sent messages and counts', () => {
  it('come back as they were', async () => {
    const { open } = await kept();
    const message = { locationMessage: { degreesLatitude: -6.2, degreesLongitude: 106.8, name: 'Kantor' } };
    await new SentMessages(open()).keep('3EB0', message);
    expect(await new SentMessages(open()).find('3EB0')).toMatchObject(message);
    expect(await new SentMessages(open()).find('3EB1')).toBeUndefined();
  });

  it('count from nothing, and can be taken back', async () => {
    const { open } = await kept();
    const counts = new RetryCounts(open());
    expect((await counts.get<number>('a')) || 0).toBe(0);
    await counts.set('a', 2);
    expect(await new RetryCounts(open()).get<number>('a')).toBe(2);
    await counts.del('a');
    expect((await counts.get<number>('a')) || 0).toBe(0);
  });
});
