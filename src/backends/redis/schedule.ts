import { Queue, Worker } from 'bullmq';
import { minute, second } from '../../core/time.ts';
import type { Schedule, ScheduledJob, ScheduleEvent } from '../scheduled-job.ts';
import type { Store } from './store.ts';

const timeZone = 'Asia/Jakarta';

/** Tries of one run: with pauses that double, the last is half an hour after the first. */
const tries = 6;

/** How quickly things go on, in milliseconds. */
export interface Pace {
  /** A run whose process fell silent for this long is taken over by another, after at most twice as long. */
  readonly lease: number;
  /** The pause before the second try; each further one is twice as long. */
  readonly firstPause: number;
}

const usualPace: Pace = { lease: 30 * second, firstPause: minute };

/**
 * Runs the jobs at their times, each once over all processes that share the store, whatever their number. A time that
 * passed while no process ran is made up for when one starts. A job that is in the store and no longer among `jobs` is
 * taken out. Nothing but names and times is kept in the store.
 *
 * Resolves when the jobs' times are in the store.
 */
export async function schedule(
  store: Store,
  jobs: readonly ScheduledJob[],
  report: (event: ScheduleEvent) => void,
  { lease, firstPause }: Pace = usualPace,
): Promise<Schedule> {
  const stopping = new AbortController();
  const byName = new Map(jobs.map((job) => [job.name, job]));
  // All of its keys in one slot, so that its scripts run on a cluster.
  const shared = { connection: store.connect(), prefix: `${store.prefix}:{schedule}` };
  const storeFailed = (error: Error) => {
    if (!stopping.signal.aborted) report({ kind: 'store failed', error });
  };

  const queue = new Queue('jobs', {
    ...shared,
    streams: { events: { maxLen: 100 } },
    defaultJobOptions: {
      attempts: tries,
      backoff: { type: 'exponential', delay: firstPause },
      removeOnComplete: true,
      removeOnFail: true,
      stackTraceLimit: 0,
    },
  }).on('error', storeFailed);
  for (const { key } of await queue.getJobSchedulers()) {
    if (!byName.has(key)) await queue.removeJobScheduler(key);
  }
  for (const job of jobs) await keepTimes(queue, job);

  const worker = new Worker(
    'jobs',
    async ({ name, id = '', attemptsMade }) => {
      try {
        const job = byName.get(name);
        if (!job) throw new RangeError('This process does not know the job');
        await job.run(stopping.signal);
        report({ kind: 'done', job: name, run: id });
      } catch (cause) {
        report({ kind: 'failed', job: name, run: id, error: cause, again: attemptsMade + 1 < tries });
        // The store keeps what this error says, and so it says nothing.
        throw new Error('failed', { cause });
      }
    },
    { ...shared, lockDuration: lease, stalledInterval: lease, maxStalledCount: tries },
  ).on('error', storeFailed);

  return {
    async stop() {
      stopping.abort();
      await worker.close();
      await queue.close();
      shared.connection.disconnect();
    },
  };
}

/** A job whose next time waits already keeps it: set anew, a time that has passed would be forgotten. */
async function keepTimes(queue: Queue, { name, pattern }: ScheduledJob): Promise<void> {
  const known = await queue.getJobScheduler(name);
  if (known?.pattern === pattern && known.tz === timeZone && known.next !== undefined) {
    if (await queue.getJob(`repeat:${name}:${known.next}`)) return;
  }
  await queue.upsertJobScheduler(name, { pattern, tz: timeZone }, { name });
}
