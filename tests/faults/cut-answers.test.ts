import { createHash, randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { serverClock, syncClock } from '../../src/backends/redis/clock.ts';
import { openStore } from '../../src/backends/redis/store.ts';
import { systemRandom } from '../../src/backends/system/random.ts';
import { sealing } from '../../src/backends/system/sealing.ts';
import { systemTimer } from '../../src/backends/system/timer.ts';
import { redisEngine } from '../../src/engine/redis.ts';
import { scripts } from '../../src/engine/scripts.ts';
import { codeLane } from '../../src/engine/sends.ts';
import { answer, Ledger, said } from '../contracts/engine/ledger.ts';
import { findRedis, type RedisServer, startRedis } from '../servers/redis.ts';
import { AnswerCutter } from './answer-cutter.ts';

const keys = [randomBytes(32)];

describe.skipIf(findRedis() === null)('a connection that breaks before the answer', () => {
  let redis: RedisServer;
  beforeAll(async () => {
    redis = await startRedis();
  });
  afterAll(() => redis.stop());

  const steps = ['accept', 'claim', 'commit', 'settle', 'renew'] as const;
  it.each(steps)('of %s makes the client send it again, and it is done once', async (step) => {
    const cutter = await AnswerCutter.open(redis.url);
    const store = openStore({ url: cutter.url, prefix: step });
    const clock = serverClock();
    await syncClock(store, clock);
    const cutHere = () => cutter.cutAnswerTo(createHash('sha1').update(scripts[step].lua).digest('hex'));
    const firstTurn = Promise.withResolvers<void>();
    let claimCut = Promise.resolve();
    const ledger: Ledger = new Ledger({
      turn: async (session, inbound, nth) => {
        if (inbound.id !== '1' || nth > 1) return answer(session, inbound);
        await firstTurn.promise;
        if (step === 'claim') {
          claimCut = cutHere();
          throw new Error('A turn that fails is claimed again');
        }
        return answer(session, inbound);
      },
    });
    const engine = redisEngine(ledger, {
      store,
      clock,
      timer: systemTimer(),
      random: systemRandom(),
      sealing: sealing(() => keys),
      turns: true,
      sends: ['test', codeLane],
    });
    onTestFinished(async () => {
      await engine.stop();
      await store.close();
      await cutter.close();
    });
    // The server knows every script by its digest from here on.
    await engine.accept(said('warm', 'up'));
    await ledger.until(() => ledger.sent().length === 1);

    const cut = step === 'claim' ? null : cutHere();
    const inbounds = ['1', '2', '3'].map((id) => said('a', id));
    for (const inbound of inbounds) expect(await engine.accept(inbound)).toBe('taken');
    if (step === 'renew') await cut;
    firstTurn.resolve();
    await ledger.until(() => ledger.sent().includes('3'));
    await (cut ?? claimCut);
    await engine.accept(said('a', '4'));
    await ledger.until(() => ledger.sent().includes('4'));
    await engine.idle();
    expect(ledger.of('committed').at(-1)?.outcome).toBe('1;2;3;4;');
    expect(ledger.tries).toEqual(['up', '1', '2', '3', '4']);
  });
});
