import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Breaker, BreakerStanding, CountedCode } from '../../src/core/services.ts';
import { hour, type Instant, minute } from '../../src/core/time.ts';

/** Opens a breaker that has counted nothing yet. */
export type OpenBreaker = () => Promise<Breaker>;

const noon = Date.UTC(2026, 9, 31, 5);
const span = 5 * minute;
const closed: BreakerStanding = { is: 'closed' };
const openFor = (why: Exclude<BreakerStanding, { is: 'closed' }>['why']): BreakerStanding => ({ is: 'open', why });

const code = (id: string, { wrong = 0, real = true }: Partial<CountedCode> = {}): CountedCode => ({ id, wrong, real });

/** What every implementation of {@link Breaker} promises. */
export function breakerContract(name: string, open: OpenBreaker): void {
  describe(`${name}: the breaker`, () => {
    let codes = 0;
    const newCode = () => code(`code ${++codes}`);
    const times = <Done>(count: number, act: () => Promise<Done>) =>
      Promise.all(Array.from({ length: count }, () => act()));

    /** So many codes are sent; all of them are used, or none. */
    const send = (breaker: Breaker, count: number, at: Instant, { used }: { readonly used: boolean }) =>
      times(count, async () => {
        const sent = newCode();
        await breaker.count('sent', sent, at);
        if (used) await breaker.count('right', sent, at + minute);
      });

    it('is closed while nothing has happened', async () => {
      expect(await (await open()).standing(noon)).toEqual(closed);
    });

    it('opens at the 201st wrong code within an hour, and closes when the first of them is an hour old', async () => {
      const breaker = await open();
      await breaker.count('wrong', newCode(), noon);
      await times(199, () => breaker.count('wrong', newCode(), noon + minute));
      expect(await breaker.standing(noon + minute)).toEqual(closed);
      await breaker.count('wrong', newCode(), noon + 2 * minute);
      expect(await breaker.standing(noon + 2 * minute)).toEqual(openFor('wrong'));
      expect(await breaker.standing(noon + hour - 1)).toEqual(openFor('wrong'));
      expect(await breaker.standing(noon + hour)).toEqual(closed);
    });

    it('takes one wrong code for every five sent, where that is more', async () => {
      const breaker = await open();
      for (let nth = 0; nth < 12; nth += 1) await send(breaker, 200, noon + nth * span, { used: true });
      const end = noon + 11 * span;
      await times(480, () => breaker.count('wrong', newCode(), end));
      expect(await breaker.standing(end)).toEqual(closed);
      await breaker.count('wrong', newCode(), end);
      expect(await breaker.standing(end)).toEqual(openFor('wrong'));
    });

    it('opens when more codes are sent in five minutes than five times the median of the hour before', async () => {
      const breaker = await open();
      for (let nth = 0; nth < 12; nth += 1) {
        // One burst that a mean would follow.
        await send(breaker, nth === 11 ? 400 : 80, noon + nth * span, { used: true });
      }
      const now = noon + 12 * span;
      await send(breaker, 400, now, { used: true });
      expect(await breaker.standing(now)).toEqual(closed);
      await send(breaker, 1, now, { used: true });
      expect(await breaker.standing(now)).toEqual(openFor('sent'));
      expect(await breaker.standing(now + span - 1)).toEqual(openFor('sent'));
      expect(await breaker.standing(now + span)).toEqual(closed);
    });

    it('does not open for fewer than 251 codes in five minutes, not even after a night without any', async () => {
      const breaker = await open();
      await send(breaker, 125, noon, { used: true });
      await send(breaker, 125, noon + span - 1, { used: true });
      expect(await breaker.standing(noon + span - 1)).toEqual(closed);
      await send(breaker, 1, noon + span - 1, { used: true });
      expect(await breaker.standing(noon + span - 1)).toEqual(openFor('sent'));
    });

    it('opens when fewer than half of the last hundred codes were used, and not before their time is over', async () => {
      const breaker = await open();
      await send(breaker, 50, noon, { used: true });
      await send(breaker, 50, noon + minute, { used: false });
      expect(await breaker.standing(noon + minute + span)).toEqual(closed);
      await send(breaker, 1, noon + 2 * minute, { used: false });
      expect(await breaker.standing(noon + 2 * minute + span - 1)).toEqual(closed);
      // All the 50 of the same moment belong to the last hundred, so it is 50 of 101.
      expect(await breaker.standing(noon + 2 * minute + span)).toEqual(openFor('unused'));
    });

    it('looks at the last hundred only, however many were used before', async () => {
      const breaker = await open();
      await send(breaker, 200, noon, { used: true });
      await send(breaker, 49, noon + span, { used: true });
      await send(breaker, 51, noon + 2 * span, { used: false });
      expect(await breaker.standing(noon + 3 * span - 1)).toEqual(closed);
      expect(await breaker.standing(noon + 3 * span)).toEqual(openFor('unused'));
    });

    it('closes again when it has not sent a hundred codes within the hour', async () => {
      const breaker = await open();
      await send(breaker, 1, noon, { used: false });
      await send(breaker, 99, noon + minute, { used: false });
      expect(await breaker.standing(noon + hour - 1)).toEqual(openFor('unused'));
      expect(await breaker.standing(noon + hour)).toEqual(closed);
    });

    it('says nothing of fewer than a hundred codes', async () => {
      const breaker = await open();
      await send(breaker, 99, noon, { used: false });
      expect(await breaker.standing(noon + 2 * span)).toEqual(closed);
    });

    it('counts the same once, however often it is told', async () => {
      const breaker = await open();
      const [sent, tried] = [newCode(), newCode()];
      await times(300, () => breaker.count('sent', sent, noon));
      await times(300, () => breaker.count('right', sent, noon));
      await times(300, () => breaker.count('wrong', tried, noon));
      expect(await breaker.standing(noon)).toEqual(closed);
      for (let wrong = 1; wrong <= 200; wrong += 1) await breaker.count('wrong', { ...tried, wrong }, noon);
      expect(await breaker.standing(noon)).toEqual(openFor('wrong'));
    });

    it('takes a code that it is told of again for what it was', async () => {
      const breaker = await open();
      const sent = Array.from({ length: 100 }, () => newCode());
      const tell = (what: 'sent' | 'right', of: readonly CountedCode[], at: Instant) =>
        Promise.all(of.map((each) => breaker.count(what, each, at)));
      await tell('sent', sent, noon);
      await tell('right', sent.slice(0, 49), noon);
      await tell('sent', sent, noon + minute);
      expect(await breaker.standing(noon + span)).toEqual(openFor('unused'));
      await tell('right', sent.slice(49, 50), noon + minute);
      expect(await breaker.standing(noon + span)).toEqual(closed);
    });

    it('counts nothing of a code that nobody was sent', async () => {
      const breaker = await open();
      await times(1_000, async () => {
        const decoy = { ...newCode(), real: false };
        await breaker.count('sent', decoy, noon);
        await breaker.count('wrong', decoy, noon);
      });
      expect(await breaker.standing(noon)).toEqual(closed);
      expect(await breaker.standing(noon + span)).toEqual(closed);
    });

    it('takes no use of a code that it does not know for one', async () => {
      const breaker = await open();
      await times(100, () => breaker.count('right', newCode(), noon));
      await send(breaker, 100, noon, { used: false });
      expect(await breaker.standing(noon + span)).toEqual(openFor('unused'));
    });

    it('answers as a plain reading of the rules would, whatever happens', async () => {
      await fc.assert(
        fc.asyncProperty(fc.array(batch, { maxLength: 30 }), async (batches) => {
          const breaker = await open();
          const naive = new NaiveBreaker();
          const answers: BreakerStanding[] = [];
          const expected: BreakerStanding[] = [];
          let now = noon;
          for (const { pause, count, what } of batches) {
            now += pause;
            await times(count, async () => {
              const counted = newCode();
              if (what !== 'wrong') await breaker.count('sent', counted, now);
              if (what !== 'sent') await breaker.count(what, counted, now);
              naive.happened(what, now);
            });
            answers.push(await breaker.standing(now));
            expected.push(naive.standing(now));
          }
          expect(answers).toEqual(expected);
        }),
        { numRuns: 60 },
      );
    });
  });
}

/** So many codes that were sent and not used, sent and used at once (`right`), or tried and found wrong. */
const batch = fc.record({
  pause: fc.constantFrom(0, 1, minute, 3 * minute, 4 * minute, span, 11 * minute),
  count: fc.constantFrom(1, 20, 60, 101, 130),
  what: fc.constantFrom('sent', 'right', 'right', 'wrong'),
});

/** The rules read word by word: keeps everything for ever. */
class NaiveBreaker {
  readonly #happened: { readonly what: 'sent' | 'right' | 'wrong'; readonly at: Instant }[] = [];

  happened(what: 'sent' | 'right' | 'wrong', at: Instant): void {
    this.#happened.push({ what, at });
  }

  standing(now: Instant): BreakerStanding {
    const sent = this.#happened.filter(({ what }) => what !== 'wrong');
    const within = (list: readonly { readonly at: Instant }[], from: Instant, to: Instant) =>
      list.filter(({ at }) => at > from && at <= to).length;
    const wrong = within(
      this.#happened.filter(({ what }) => what === 'wrong'),
      now - hour,
      now,
    );
    if (wrong > 200 && wrong > within(sent, now - hour, now) / 5) return openFor('wrong');

    const before = Array.from({ length: 12 }, (_, nth) => {
      const end = now - (nth + 1) * span;
      return within(sent, end - span, end);
    }).sort((a, b) => a - b);
    const median = ((before[5] ?? 0) + (before[6] ?? 0)) / 2;
    const latest = within(sent, now - span, now);
    if (latest > 250 && latest > 5 * median) return openFor('sent');

    const over = sent.filter(({ at }) => at > now - hour && at <= now - span);
    const hundredth = over.toSorted((a, b) => b.at - a.at)[99];
    const last = hundredth ? over.filter(({ at }) => at >= hundredth.at) : [];
    if (last.filter(({ what }) => what === 'right').length * 2 < last.length) return openFor('unused');
    return closed;
  }
}
