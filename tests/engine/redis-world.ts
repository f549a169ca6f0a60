import { serverClock, syncClock } from '../../src/backends/redis/clock.ts';
import type { Store } from '../../src/backends/redis/store.ts';
import { systemRandom } from '../../src/backends/system/random.ts';
import { sealing } from '../../src/backends/system/sealing.ts';
import type { Work } from '../../src/engine/engine.ts';
import { redisEngine } from '../../src/engine/redis.ts';
import { codeLane } from '../../src/engine/sends.ts';
import { HoppingTime } from './hopping-time.ts';

/** What a process does, where it is not everything, and the key that it seals with. */
export interface Does {
  readonly turns?: boolean;
  readonly sends?: readonly string[];
  readonly key?: number;
}

/** An engine on this store, with a time of its own that stands still until it is advanced. */
export async function engineOn(
  store: Store,
  work: Work<string>,
  { turns = true, sends = ['test', codeLane], key = 7 }: Does = {},
) {
  const clock = serverClock();
  const time = new HoppingTime(store, clock, ['turn', 'test', codeLane]);
  await syncClock(store, clock);
  const ring = [new Uint8Array(32).fill(key)];
  const engine = redisEngine(work, {
    store: time.store,
    clock,
    timer: time,
    random: systemRandom(),
    sealing: sealing(() => ring),
    ahead: () => time.ahead,
    turns,
    sends,
  });
  return { engine, time };
}
