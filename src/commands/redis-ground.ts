import type { KeptSecrets } from '../backends/kept-seals.ts';
import { redisAdmissions } from '../backends/redis/admissions.ts';
import { redisBreaker } from '../backends/redis/breaker.ts';
import { redisChatLog } from '../backends/redis/chat-log.ts';
import { checkStore } from '../backends/redis/check.ts';
import { serverClock, syncClock } from '../backends/redis/clock.ts';
import { redisLogins } from '../backends/redis/logins.ts';
import { redisOwning } from '../backends/redis/owning.ts';
import { redisProgress } from '../backends/redis/progress.ts';
import { schedule } from '../backends/redis/schedule.ts';
import { openStore } from '../backends/redis/store.ts';
import { systemRandom } from '../backends/system/random.ts';
import { systemTimer } from '../backends/system/timer.ts';
import type { Config } from '../config.ts';
import { second } from '../core/time.ts';
import type { Work } from '../engine/engine.ts';
import { redisEngine } from '../engine/redis.ts';
import { codeLane, noticeLane } from '../engine/sends.ts';
import { flow } from '../flow.ts';
import type { Ground } from './ground.ts';

/**
 * The ground that any number of processes share. `channels` are those that this process sends on. Throws `CannotOpen`
 * when this Redis does not keep what it is given.
 */
export async function redisGround(
  { redis, durability, roles }: Config & { readonly redis: NonNullable<Config['redis']> },
  { sealing, keys, channels }: KeptSecrets & { readonly channels: readonly string[] },
): Promise<Ground> {
  const store = openStore(redis);
  await checkStore(store, durability).catch(async (error: unknown) => {
    await store.close();
    throw error;
  });
  const clock = serverClock();
  await syncClock(store, clock);
  const working = roles.includes('worker');
  const moving = flow(clock);
  const random = systemRandom();
  const chatLog = redisChatLog({ store, sealing, random });
  let backlog: (() => ReturnType<ReturnType<typeof redisEngine>['backlog']>) | null = null;
  return {
    clock,
    limits: { admissions: redisAdmissions(store), breaker: redisBreaker(store), logins: redisLogins(store) },
    progress: redisProgress(store),
    chatLog,
    owning: async () => redisOwning({ store, sealing, keys, timer: systemTimer(), random }),
    engine<Outcome>(work: Work<Outcome>) {
      const watch: Work<Outcome>['watch'] = (event) => {
        moving.watch(event);
        work.watch?.(event);
      };
      const engine = redisEngine(
        { ...work, watch },
        {
          store,
          clock,
          timer: systemTimer(),
          random,
          sealing,
          turns: working,
          sends: working ? [...channels, codeLane, noticeLane] : channels,
          swept: moving.swept,
        },
      );
      backlog = () => engine.backlog();
      return engine;
    },
    schedule: (jobs, report) => schedule(store, jobs, report),
    flows: async () => backlog !== null && moving.flows(await backlog()),
    grace: 8 * second,
    async close() {
      await chatLog.close();
      await store.close();
    },
  };
}
