import { schedule } from '../../../src/backends/redis/schedule.ts';
import { openStore } from '../../../src/backends/redis/store.ts';

/** A process whose only job never ends, for a test that kills it: says when it is there, and when the job has begun. */
const [, , url = '', prefix = ''] = process.argv;
const endless = {
  name: 'endless',
  pattern: '15 3 * * *',
  run: () => {
    process.stdout.write('begun\n');
    return new Promise<void>(() => undefined);
  },
};
await schedule(openStore({ url, prefix }), [endless], () => undefined, { lease: 300, firstPause: 1 });
process.stdout.write('there\n');
