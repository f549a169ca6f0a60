import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Admission, Admissions, Rule } from '../../src/core/services.ts';
import { hour, minute } from '../../src/core/time.ts';

/** Opens admissions that have admitted nothing yet. */
export type OpenAdmissions = () => Promise<Admissions>;

const noon = Date.UTC(2026, 9, 31, 5);
const admitted = { admitted: true };
const refusedUntil = (retryAt: number) => ({ admitted: false, retryAt });

/** What every implementation of {@link Admissions} promises. */
export function admissionsContract(name: string, open: OpenAdmissions): void {
  const threePerHour: readonly Rule[] = [{ max: 3, within: hour }];
  const ask = (item: string, rules: readonly Rule[] = threePerHour, window = 'w'): Admission => ({
    window,
    item,
    rules,
  });

  describe(`${name}: admissions`, () => {
    it('admits as many different items as the rule says, and says exactly when the next one may come', async () => {
      const admissions = await open();
      for (const [index, item] of ['a', 'b', 'c'].entries()) {
        expect(await admissions.admit([ask(item)], noon + index * minute)).toEqual(admitted);
      }
      expect(await admissions.admit([ask('d')], noon + 5 * minute)).toEqual(refusedUntil(noon + hour));
      expect(await admissions.admit([ask('d')], noon + hour - 1)).toEqual(refusedUntil(noon + hour));
      expect(await admissions.admit([ask('d')], noon + hour)).toEqual(admitted);
      expect(await admissions.admit([ask('e')], noon + hour)).toEqual(refusedUntil(noon + hour + minute));
    });

    it('counts the same item once, from when it was last admitted', async () => {
      const admissions = await open();
      for (const item of ['a', 'b', 'c', 'c', 'c']) expect(await admissions.admit([ask(item)], noon)).toEqual(admitted);
      expect(await admissions.admit([ask('a')], noon + minute)).toEqual(admitted);
      expect(await admissions.admit([ask('d'), ask('b')], noon + hour)).toEqual(admitted);
      expect(await admissions.admit([ask('c')], noon + hour)).toEqual(refusedUntil(noon + hour + minute));
    });

    it('counts nothing of what it refuses', async () => {
      const admissions = await open();
      for (const item of ['a', 'b', 'c']) await admissions.admit([ask(item)], noon);
      for (const item of ['d', 'e', 'f']) {
        expect(await admissions.admit([ask(item)], noon + minute)).toEqual(refusedUntil(noon + hour));
      }
      expect(
        await admissions.admit(
          ['d', 'e', 'f'].map((item) => ask(item)),
          noon + hour,
        ),
      ).toEqual(admitted);
    });

    it('admits all that one call asks, or nothing of it', async () => {
      const admissions = await open();
      const one: readonly Rule[] = [{ max: 1, within: hour }];
      await admissions.admit([ask('x', one, 'full')], noon);
      expect(await admissions.admit([ask('a', one, 'free'), ask('y', one, 'full')], noon + minute)).toEqual(
        refusedUntil(noon + hour),
      );
      expect(await admissions.admit([ask('b', one, 'free')], noon + minute)).toEqual(admitted);
    });

    it('holds every rule of a window, and names the moment when the last of them gives way', async () => {
      const admissions = await open();
      const rules: readonly Rule[] = [
        { max: 1, within: minute },
        { max: 2, within: hour },
      ];
      expect(await admissions.admit([ask('a', rules)], noon)).toEqual(admitted);
      expect(await admissions.admit([ask('b', rules)], noon + 1)).toEqual(refusedUntil(noon + minute));
      expect(await admissions.admit([ask('b', rules)], noon + minute)).toEqual(admitted);
      expect(await admissions.admit([ask('c', rules)], noon + minute)).toEqual(refusedUntil(noon + hour));
    });

    it('keeps windows apart', async () => {
      const admissions = await open();
      for (const item of ['a', 'b', 'c']) await admissions.admit([ask(item)], noon);
      expect(await admissions.admit([ask('d', threePerHour, 'other')], noon)).toEqual(admitted);
    });

    it('says never when one call asks for more than a rule can ever hold', async () => {
      const admissions = await open();
      const four = ['a', 'b', 'c', 'd'].map((item) => ask(item));
      expect(await admissions.admit(four, noon)).toEqual(refusedUntil(Number.POSITIVE_INFINITY));
    });

    it('admits no more than the rule says of two hundred that ask at the same moment', async () => {
      const admissions = await open();
      const answers = await Promise.all(
        Array.from({ length: 200 }, (_, index) => admissions.admit([ask(`item ${index}`)], noon)),
      );
      expect(answers.filter((answer) => answer.admitted)).toHaveLength(3);
    });

    it('answers as a plain reading of the rules would, whatever is asked', async () => {
      await fc.assert(
        fc.asyncProperty(calls, async (asked) => {
          const admissions = await open();
          const answers: unknown[] = [];
          const expected: unknown[] = [];
          const naive = new NaiveAdmissions();
          let now = noon;
          for (const { pause, items } of asked) {
            now += pause;
            const call = items.map(([window, item]) => ({ window, item, rules: rulesOf[window] }));
            answers.push(await admissions.admit(call, now));
            expected.push(naive.admit(call, now));
          }
          expect(answers).toEqual(expected);
        }),
        { numRuns: 500 },
      );
    });
  });
}

const rulesOf = {
  one: [{ max: 1, within: 10 }],
  two: [
    { max: 2, within: 5 },
    { max: 3, within: 20 },
  ],
  many: [
    { max: 4, within: 7 },
    { max: 5, within: 30 },
    { max: 7, within: 60 },
  ],
} as const satisfies Record<string, readonly Rule[]>;

const calls = fc.array(
  fc.record({
    pause: fc.nat({ max: 8 }),
    items: fc.array(
      fc.tuple(fc.constantFrom('one', 'two', 'many'), fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f', 'g', 'h')),
      {
        minLength: 1,
        maxLength: 3,
      },
    ),
  }),
  { maxLength: 60 },
);

/** The rules read word by word: keeps everything for ever, and finds `retryAt` by trying one moment after the other. */
class NaiveAdmissions {
  #admitted: { readonly window: string; readonly item: string; readonly at: number }[] = [];

  admit(asked: readonly Admission[], now: number) {
    // Past this moment nothing that is held counts: what is refused then will never be admitted.
    const horizon = now + 100;
    for (let at = now; at <= horizon; at += 1) {
      if (!this.#fits(asked, at)) continue;
      if (at > now) return refusedUntil(at);
      this.#admitted = this.#with(asked, now);
      return admitted;
    }
    return refusedUntil(Number.POSITIVE_INFINITY);
  }

  #fits(asked: readonly Admission[], now: number): boolean {
    const all = this.#with(asked, now);
    return asked.every(({ window, rules }) =>
      rules.every(
        ({ max, within }) => all.filter((held) => held.window === window && held.at > now - within).length <= max,
      ),
    );
  }

  #with(asked: readonly Admission[], at: number) {
    const others = this.#admitted.filter(
      (held) => !asked.some(({ window, item }) => held.window === window && held.item === item),
    );
    const fresh = new Map(asked.map(({ window, item }) => [`${window} ${item}`, { window, item, at }]));
    return [...others, ...fresh.values()];
  }
}
