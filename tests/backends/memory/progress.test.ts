import { expect, it } from 'vitest';
import { memoryProgress } from '../../../src/backends/memory/progress.ts';
import { progressKept } from '../../../src/bots/progress.ts';
import { progressContract } from '../../contracts/progress.ts';

progressContract('memory', async () => memoryProgress());

it('what has not moved for three days is forgotten', async () => {
  const progress = memoryProgress();
  await progress.advance('a', 2, 0);
  expect(await progress.advance('a', 1, progressKept)).toBe(true);
});
