import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { Queue } from 'bullmq';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { type Pace, schedule } from '../../../src/backends/redis/schedule.ts';
import { openStore } from '../../../src/backends/redis/store.ts';
import type { ScheduledJob, ScheduleEvent } from '../../../src/backends/scheduled-job.ts';
import { type RedisServer, startRedis, startRedisCluster } from '../../servers/redis.ts';

let server: RedisServer;
beforeAll(async () => {
  server = await startRedis();
});
afterAll(() => server.stop());

let stores = 0;

/** One place in the store, and processes that share it. */
function stage({ url = server.url, cluster = false } = {}) {
  const store = openStore({ url, cluster, prefix: `test${++stores}` });
  const connection = store.connect();
  const queue = new Queue('jobs', { connection, prefix: `${store.prefix}:{schedule}` });
  onTestFinished(async () => {
    await queue.close();
    connection.disconnect();
    await store.close();
  });
  const events: ScheduleEvent[] = [];
  let heard = Promise.withResolvers<void>();
  return {
    store,
    queue,
    events,
    start: async (jobs: readonly ScheduledJob[], pace: Partial<Pace> = {}) => {
      const report = (event: ScheduleEvent) => {
        events.push(event);
        heard.resolve();
        heard = Promise.withResolvers();
      };
      const running = await schedule(store, jobs, report, { lease: 30_000, firstPause: 1, ...pace });
      onTestFinished(() => running.stop());
      return running;
    },
    /** Resolves when something has been reported that `is` what is waited for. */
    until: async (is: (event: ScheduleEvent) => boolean, times = 1) => {
      while (events.filter(is).length < times) await heard.promise;
    },
  };
}

const nightly = '15 3 * * *';
const everySecond = '* * * * * *';

function job(name: string, pattern = nightly, run: ScheduledJob['run'] = () => Promise.resolve()): ScheduledJob {
  return { name, pattern, run };
}

const isDone = ({ kind }: ScheduleEvent) => kind === 'done';

describe('scheduled work', () => {
  it('is due by the clocks of Jakarta', async () => {
    const { queue, start } = stage();
    await start([job('sweep')]);
    const [next] = await queue.getJobSchedulers();
    const due = new Date(next?.next ?? 0);
    // Jakarta is seven hours ahead all year.
    expect([due.getUTCHours(), due.getUTCMinutes(), due.getUTCSeconds()]).toEqual([20, 15, 0]);
    expect(due.getTime()).toBeGreaterThan(Date.now());
    expect(await queue.getJobCountByTypes('delayed')).toBe(1);
  });

  it('runs once at each of its times, however many processes there are', async () => {
    const { start, until, events } = stage();
    for (let process = 0; process < 4; process += 1) await start([job('tick', everySecond)]);
    await until(isDone, 3);
    const runs = events.map((event) => ('run' in event ? event.run : event.kind));
    expect(runs.every((run) => /^repeat:tick:\d{10}000$/.test(run))).toBe(true);
    expect(new Set(runs).size).toBe(runs.length);
  });

  it('is tried again after a pause when it fails, and tells of each try', async () => {
    const { start, until, events, queue } = stage();
    let tries = 0;
    const run = () => (++tries < 3 ? Promise.reject(new Error(`try ${tries}`)) : Promise.resolve());
    await start([job('flaky', nightly, run)]);
    await queue.add('flaky', {}, { jobId: 'now', attempts: 6, backoff: { type: 'exponential', delay: 1 } });
    await until(isDone);
    expect(events).toEqual([
      { kind: 'failed', job: 'flaky', run: 'now', error: new Error('try 1'), again: true },
      { kind: 'failed', job: 'flaky', run: 'now', error: new Error('try 2'), again: true },
      { kind: 'done', job: 'flaky', run: 'now' },
    ]);
  });

  it('is given up after six tries, and runs again at its next time', async () => {
    const { start, until, events } = stage();
    await start([job('broken', everySecond, () => Promise.reject(new Error('always')))]);
    const gaveUp = (event: ScheduleEvent) => event.kind === 'failed' && !event.again;
    await until(gaveUp, 2);
    const [first, second] = events.filter(gaveUp).map((event) => ('run' in event ? event.run : ''));
    expect(first).not.toBe(second);
    expect(events.filter((event) => 'run' in event && event.run === first)).toHaveLength(6);
  });

  it('keeps nothing of what a job says in the store', async () => {
    const { start, until, queue, store } = stage();
    const failure = new Error('NIK 3174012345678901');
    await start([job('talkative', nightly, () => Promise.reject(failure))], { firstPause: 60_000 });
    const run = await queue.add('talkative', {}, { attempts: 2, backoff: { type: 'fixed', delay: 60_000 } });
    await until(({ kind }) => kind === 'failed');
    while (!(await run.isDelayed())) await new Promise(setImmediate);
    const kept = JSON.stringify(await store.client.hgetall(`${store.prefix}:{schedule}:jobs:${run.id}`));
    expect(kept).toContain('"failedReason":"failed"');
    expect(kept).not.toContain('3174');
  });

  it('leaves nothing behind when it is done but its next time', async () => {
    const { start, until, queue } = stage();
    await start([job('tidy')]);
    const before = await queue.getJobCounts();
    await queue.add('tidy', {}, { removeOnComplete: true });
    await until(isDone);
    while ((await queue.getActiveCount()) > 0) await new Promise(setImmediate);
    expect(await queue.getJobCounts()).toEqual(before);
  });

  it('makes up for a time that passed while no process ran', async () => {
    const { start, until, events, queue } = stage();
    const before = await start([job('sweep')]);
    await before.stop();
    // As if tonight had passed.
    const [tonight] = await queue.getDelayed();
    await tonight?.changeDelay(0);
    await start([job('sweep')]);
    await until(isDone);
    expect(events).toEqual([{ kind: 'done', job: 'sweep', run: tonight?.id }]);
  });

  it('takes on a pattern that has changed, and forgets a job that is no longer there', async () => {
    const { start, queue } = stage();
    const before = await start([job('sweep'), job('gone')]);
    await before.stop();
    await start([job('sweep', '30 4 * * *')]);
    const known = await queue.getJobSchedulers();
    expect(known.map(({ key, pattern }) => ({ key, pattern }))).toEqual([{ key: 'sweep', pattern: '30 4 * * *' }]);
    expect(await queue.getJobCountByTypes('delayed')).toBe(1);
  });

  it('has its next time again when that was lost', async () => {
    const { start, queue, store } = stage();
    const before = await start([job('sweep')]);
    await before.stop();
    await store.client.del(`${store.prefix}:{schedule}:jobs:delayed`);
    for (const { next } of await queue.getJobSchedulers()) {
      await store.client.del(`${store.prefix}:{schedule}:jobs:repeat:sweep:${next}`);
    }
    await start([job('sweep')]);
    expect(await queue.getJobCountByTypes('delayed')).toBe(1);
  });

  it('is asked to come to its end by a stop, which waits for it', async () => {
    const { start, queue } = stage();
    const steps: string[] = [];
    const begun = Promise.withResolvers<void>();
    const running = await start([
      job('long', nightly, async (signal) => {
        begun.resolve();
        await once(signal, 'abort');
        steps.push('asked');
        await new Promise(setImmediate);
        steps.push('ended');
      }),
    ]);
    await queue.add('long', {});
    await begun.promise;
    await running.stop();
    expect(steps).toEqual(['asked', 'ended']);
  });

  it('is taken over from a process that died in the middle of it', async () => {
    const { start, until, queue, store, events } = stage();
    const script = fileURLToPath(new URL('scheduled-process.ts', import.meta.url));
    const other = spawn(process.execPath, [script, server.url, store.prefix], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    onTestFinished(() => void other.kill('SIGKILL'));
    await once(other.stdout, 'data');
    const run = await queue.add('endless', {});
    await once(other.stdout, 'data');
    other.kill('SIGKILL');
    await once(other, 'exit');
    await start([job('endless')], { lease: 300 });
    await until(isDone);
    expect(events).toEqual([{ kind: 'done', job: 'endless', run: run.id }]);
  });

  it('goes on after its connections were cut', async () => {
    const { start, until, queue, store, events } = stage();
    await start([job('sweep')]);
    await store.client.call('CLIENT', 'KILL', 'TYPE', 'normal', 'SKIPME', 'yes');
    await queue.add('sweep', {});
    await until(isDone);
    expect(events.filter(isDone)).toHaveLength(1);
  });

  it('runs on a cluster', async () => {
    const cluster = await startRedisCluster();
    onTestFinished(() => cluster.stop());
    const { start, until, queue, events } = stage({ url: cluster.url, cluster: true });
    await start([job('sweep')]);
    const run = await queue.add('sweep', {});
    await until(isDone);
    expect(events).toEqual([{ kind: 'done', job: 'sweep', run: run.id }]);
  });
});
