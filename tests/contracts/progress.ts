import { describe, expect, it } from 'vitest';
import { type Progress, progressKept } from '../../src/bots/progress.ts';

const noon = Date.UTC(2026, 9, 31, 5);

/** What every implementation of {@link Progress} promises. `open` opens one that knows of nothing yet. */
export function progressContract(name: string, open: () => Promise<Progress>): void {
  describe(`${name}: progress`, () => {
    it('goes on, and says so each time', async () => {
      const progress = await open();
      for (const to of [1, 2, 5]) expect(await progress.advance('a', to, noon)).toBe(true);
    });

    it('never goes back, and what is told twice is no news', async () => {
      const progress = await open();
      expect(await progress.advance('a', 2, noon)).toBe(true);
      for (const to of [2, 1]) expect(await progress.advance('a', to, noon)).toBe(false);
      expect(await progress.advance('a', 3, noon)).toBe(true);
    });

    it('is known of each thing by itself', async () => {
      const progress = await open();
      await progress.advance('a', 3, noon);
      expect(await progress.advance('b', 1, noon)).toBe(true);
    });

    it('is news to one alone of those who tell it at the same time', async () => {
      const progress = await open();
      const told = await Promise.all(Array.from({ length: 8 }, () => progress.advance('a', 1, noon)));
      expect(told.filter(Boolean)).toHaveLength(1);
    });

    it('is remembered for three days', async () => {
      const progress = await open();
      await progress.advance('a', 2, noon);
      expect(await progress.advance('a', 2, noon + progressKept - 1)).toBe(false);
    });
  });
}
