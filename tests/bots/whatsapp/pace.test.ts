import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ChatPace } from '../../../src/bots/whatsapp/pace.ts';
import { minute, second } from '../../../src/core/time.ts';
import { ManualTime } from '../../engine/manual-time.ts';

const pace = { burst: 4, each: 6 * second };

describe('the pace of a chat', () => {
  it('lets a few go at once, then one in six seconds', async () => {
    const time = new ManualTime();
    const chats = new ChatPace(pace, time);
    expect([1, 2, 3, 4].map(() => chats.take('a', 1))).toStrictEqual([0, 0, 0, 0]);
    expect(chats.take('a', 1)).toBe(6 * second);
    await time.advance(2 * second);
    expect(chats.take('a', 1)).toBe(4 * second);
    await time.advance(4 * second);
    expect(chats.take('a', 1)).toBe(0);
    expect(chats.take('a', 1)).toBe(6 * second);
  });

  it('counts each chat for itself', () => {
    const chats = new ChatPace(pace, new ManualTime());
    for (let nth = 0; nth < 4; nth += 1) chats.take('a', 1);
    expect(chats.take('b', 1)).toBe(0);
  });

  it('counts as many as there are, and lets more than a burst go once that is full', async () => {
    const time = new ManualTime();
    const chats = new ChatPace(pace, time);
    expect(chats.take('a', 3)).toBe(0);
    expect(chats.take('a', 2)).toBe(6 * second);
    await time.advance(minute);
    expect(chats.take('a', 6)).toBe(0);
    expect(chats.take('a', 1)).toBe(18 * second);
  });

  it('is kept by whoever waits as long as it says, and never let by in less', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.nat({ max: 20_000 }), { maxLength: 40 }), async (gaps) => {
        const time = new ManualTime();
        const chats = new ChatPace(pace, time);
        const went: number[] = [];
        for (const gap of gaps) {
          await time.advance(gap);
          const wait = chats.take('a', 1);
          if (wait > 0) {
            await time.advance(wait);
            expect(chats.take('a', 1)).toBe(0);
          }
          went.push(time.now());
        }
        for (const [nth, at] of went.entries()) {
          const since = went[nth - 4];
          if (since !== undefined) expect(at - since).toBeGreaterThanOrEqual(0);
        }
        // Never more than a burst and what has come back since, counted from any message on.
        for (const [from, start] of went.entries()) {
          for (const [to, end] of went.entries()) {
            if (to >= from) expect(to - from + 1).toBeLessThanOrEqual(pace.burst + (end - start) / pace.each + 0.01);
          }
        }
      }),
      { numRuns: 60 },
    );
  });

  it('forgets chats that could begin anew, so that it does not grow for ever', async () => {
    const time = new ManualTime();
    const chats = new ChatPace(pace, time);
    for (let nth = 0; nth < 10_000; nth += 1) {
      chats.take(`chat ${nth}`, 1);
      if (nth % 1_000 === 0) await time.advance(minute);
    }
    for (let nth = 0; nth < 3; nth += 1) chats.take('chat 9999', 1);
    expect(chats.size).toBeLessThan(3_100);
    expect(chats.take('chat 9999', 1)).toBeGreaterThan(0);
  });
});
