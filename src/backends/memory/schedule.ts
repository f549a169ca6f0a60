import { day, type Timer } from '../../core/time.ts';
import type { Schedule, ScheduledJob, ScheduleEvent } from '../scheduled-job.ts';

/**
 * Runs the jobs, one after the other, at once and then every 24 hours: for a process that is alone and keeps no times.
 * A job that fails is tried again the next day.
 */
export function dailySchedule(
  jobs: readonly ScheduledJob[],
  timer: Timer,
  report: (event: ScheduleEvent) => void,
): Schedule {
  const stopping = new AbortController();
  const { signal } = stopping;
  const ended = (async () => {
    for (let nth = 1; !signal.aborted; nth += 1) {
      for (const job of jobs) {
        const which = { job: job.name, run: `${job.name} ${nth}` };
        try {
          await job.run(signal);
          report({ kind: 'done', ...which });
        } catch (error) {
          report({ kind: 'failed', ...which, error, again: false });
        }
      }
      await timer.pause(day, signal);
    }
  })();
  return {
    stop() {
      stopping.abort();
      return ended;
    },
  };
}
