import * as fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { branded } from '../../src/core/brand.ts';
import { lockSteps } from '../../src/core/conversation/limits.ts';
import type { CodeFailures, LockStep, Mac, Standing, TurnId } from '../../src/core/services.ts';
import { hour, type Instant, minute } from '../../src/core/time.ts';
import { poison } from './registry.ts';

const start: Instant = Date.parse('2026-11-22T03:00:00Z');

/** What every store of failed codes promises. `open` gives an empty one. */
export function codeFailuresContract(
  name: string,
  open: () => Promise<{ failures: CodeFailures; close(): Promise<void> }>,
): void {
  describe(`${name}: failed codes in a row`, () => {
    let opened: Awaited<ReturnType<typeof open>>;
    let failures: CodeFailures;
    let niks = 0;
    let turns = 0;
    beforeAll(async () => {
      opened = await open();
      failures = opened.failures;
    });
    afterAll(() => opened.close());

    const someone = () => branded<Mac>(`nik ${++niks}`);
    const newTurn = () => branded<TurnId>(`conversation/${++turns}`);
    const fail = async (nik: Mac, times: number, at: Instant) => {
      for (let count = 0; count < times; count++) await failures.countFirst(nik, newTurn(), at, lockSteps);
    };

    it('is open for a NIK that never failed', async () => {
      expect(await failures.standing(someone(), start)).toEqual({ is: 'open' });
    });

    it('counts exactly ten of 200 guesses at the same time, then locks for half an hour', async () => {
      const nik = someone();
      const answers = await Promise.all(
        Array.from({ length: 200 }, () => failures.countFirst(nik, newTurn(), start, lockSteps)),
      );
      const until = start + 30 * minute;
      expect(answers.filter(({ counted }) => counted)).toHaveLength(10);
      expect(answers.filter(({ standing }) => standing.is === 'locked')).toHaveLength(191);
      expect(await failures.standing(nik, start)).toEqual({ is: 'locked', until });
      expect(await failures.standing(nik, until - 1)).toEqual({ is: 'locked', until });
      expect(await failures.standing(nik, until)).toEqual({ is: 'open' });
    });

    it('locks for a day at twenty and disables at fifty, for good', async () => {
      const nik = someone();
      await fail(nik, 10, start);
      const afterFirst = start + 30 * minute;
      await fail(nik, 10, afterFirst);
      expect(await failures.standing(nik, afterFirst)).toEqual({ is: 'locked', until: afterFirst + 24 * hour });
      const afterSecond = afterFirst + 24 * hour;
      await fail(nik, 29, afterSecond);
      expect(await failures.standing(nik, afterSecond)).toEqual({ is: 'open' });
      await fail(nik, 1, afterSecond);
      expect(await failures.standing(nik, afterSecond + 10_000 * hour)).toEqual({ is: 'disabled' });
    });

    it('counts nothing while locked or disabled', async () => {
      const nik = someone();
      await fail(nik, 10, start);
      for (let count = 0; count < 30; count++) {
        expect(await failures.countFirst(nik, newTurn(), start + minute, lockSteps)).toEqual({
          counted: false,
          standing: { is: 'locked', until: start + 30 * minute },
        });
      }
      const open = start + 30 * minute;
      await fail(nik, 9, open);
      expect(await failures.standing(nik, open)).toEqual({ is: 'open' });

      const other = someone();
      const once: readonly LockStep[] = [{ failures: 1 }];
      await failures.countFirst(other, newTurn(), start, once);
      expect(await failures.countFirst(other, newTurn(), start, once)).toEqual({
        counted: false,
        standing: { is: 'disabled' },
      });
    });

    it('counts a repeated turn once, also at the same time, and says the same of it again', async () => {
      const nik = someone();
      await fail(nik, 8, start);
      const turn = newTurn();
      const answers = await Promise.all(
        Array.from({ length: 20 }, () => failures.countFirst(nik, turn, start, lockSteps)),
      );
      expect(new Set(answers.map((answer) => JSON.stringify(answer)))).toEqual(
        new Set([JSON.stringify({ counted: true, standing: { is: 'open' } })]),
      );
      const tenth = newTurn();
      const locked = { counted: true, standing: { is: 'locked', until: start + 30 * minute } };
      expect(await failures.countFirst(nik, tenth, start, lockSteps)).toEqual(locked);
      expect(await failures.countFirst(nik, tenth, start, lockSteps)).toEqual(locked);
    });

    it('starts anew after a right code, also when the try that was right had locked', async () => {
      const nik = someone();
      await fail(nik, 10, start);
      await failures.clear(nik);
      expect(await failures.standing(nik, start)).toEqual({ is: 'open' });
      await fail(nik, 9, start);
      expect(await failures.standing(nik, start)).toEqual({ is: 'open' });
    });

    it('keeps NIKs apart', async () => {
      const [one, other] = [someone(), someone()];
      await fail(one, 10, start);
      expect(await failures.standing(other, start)).toEqual({ is: 'open' });
      await failures.clear(other);
      expect((await failures.standing(one, start)).is).toBe('locked');
    });

    it('goes by any steps as a count on paper does', async () => {
      await fc.assert(
        fc.asyncProperty(steps, fc.array(action, { maxLength: 30 }), async (steps, actions) => {
          const nik = someone();
          const paper = new Paper(steps);
          let now = start;
          const both = async (act: Action) => {
            if (act === 'clear') return [await failures.clear(nik), paper.clear()];
            if (act === 'fail') return [await failures.countFirst(nik, newTurn(), now, steps), paper.fail(now)];
            now += act;
            return [];
          };
          for (const act of actions) {
            const [stored, written] = await both(act);
            expect(stored).toEqual(written);
            expect(await failures.standing(nik, now)).toEqual(paper.standing(now));
          }
        }),
        { numRuns: 60 },
      );
    });

    it('takes any text as a turn or a NIK', async () => {
      for (const text of poison.filter((text) => text.length < 1_000)) {
        const nik = branded<Mac>(`${text} ${++niks}`);
        expect(await failures.countFirst(nik, branded<TurnId>(text), start, lockSteps)).toMatchObject({
          counted: true,
        });
        await failures.clear(nik);
      }
      const long = branded<TurnId>('x'.repeat(70_000));
      expect(await failures.countFirst(someone(), long, start, lockSteps)).toMatchObject({ counted: true });
    });
  });
}

const steps = fc
  .uniqueArray(fc.integer({ min: 1, max: 12 }), { minLength: 1, maxLength: 3 })
  .map((counts) => counts.sort((a, b) => a - b))
  .chain((counts) =>
    fc
      .boolean()
      .map((disables): readonly LockStep[] =>
        counts.map((failures, place) =>
          disables && place === counts.length - 1 ? { failures } : { failures, lockFor: (place + 1) * minute },
        ),
      ),
  );

type Action = 'fail' | 'clear' | number;

/** A wrong code, a right one, or milliseconds that pass. */
const action: fc.Arbitrary<Action> = fc.oneof(
  { weight: 8, arbitrary: fc.constant('fail' as const) },
  { weight: 1, arbitrary: fc.constant('clear' as const) },
  { weight: 2, arbitrary: fc.integer({ min: 1, max: 2 * minute }) },
);

/** The rule in its plainest form. */
class Paper {
  #count = 0;
  #until: Instant = 0;
  readonly #steps: readonly LockStep[];

  constructor(steps: readonly LockStep[]) {
    this.#steps = steps;
  }

  standing(now: Instant): Standing {
    if (this.#steps.some(({ failures, lockFor }) => lockFor === undefined && this.#count >= failures)) {
      return { is: 'disabled' };
    }
    return this.#until > now ? { is: 'locked', until: this.#until } : { is: 'open' };
  }

  fail(now: Instant) {
    if (this.standing(now).is !== 'open') return { counted: false, standing: this.standing(now) };
    this.#count++;
    const step = this.#steps.find(({ failures }) => failures === this.#count);
    if (step?.lockFor !== undefined) this.#until = now + step.lockFor;
    return { counted: true, standing: this.standing(now) };
  }

  clear(): void {
    this.#count = 0;
    this.#until = 0;
  }
}
