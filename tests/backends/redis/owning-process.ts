import { redisOwning } from '../../../src/backends/redis/owning.ts';
import { openStore } from '../../../src/backends/redis/store.ts';
import { systemRandom } from '../../../src/backends/system/random.ts';
import { sealing } from '../../../src/backends/system/sealing.ts';
import { systemTimer } from '../../../src/backends/system/timer.ts';
import { testKeys, writeUntilKilled } from '../../contracts/owning-writer.ts';

/** A process that writes to the store that it is given until it is killed. Its lease is one second. */
const [, , url = '', prefix = '', cluster = '', key = ''] = process.argv;
const ring = [Buffer.from(key, 'base64')];
writeUntilKilled(
  redisOwning({
    store: openStore({ url, prefix, cluster: cluster === 'cluster' }),
    sealing: sealing(() => ring),
    keys: testKeys,
    timer: systemTimer(),
    random: systemRandom(),
    pace: { lease: 1_000, renewEvery: 200, margin: 200, tryEvery: 50 },
  }),
);
