import type { Database } from '../backends/postgres/database.ts';
import { sweepCodeFailures, sweepMisses } from '../backends/postgres/sweep.ts';
import type { ScheduledJob, ScheduleEvent } from '../backends/scheduled-job.ts';
import type { Log } from '../log.ts';

/** What is done at night, when few members write. */
export function nightlyJobs(database: Database): readonly ScheduledJob[] {
  return [
    {
      name: 'sweep-code-failures',
      pattern: '15 3 * * *',
      run: async (signal) => void (await sweepCodeFailures(database, signal)),
    },
    {
      // Also where none are kept any more: those from before have to go.
      name: 'sweep-misses',
      pattern: '15 3 * * *',
      run: async (signal) => void (await sweepMisses(database, signal)),
    },
  ];
}

/** Logs what became of it. */
export function watchJobs(log: Log): (event: ScheduleEvent) => void {
  return (event) => {
    switch (event.kind) {
      case 'done':
        log.info({ code: 'job.done', job: event.job });
        return;
      case 'failed':
        log.error({ code: 'job.failed', job: event.job, again: event.again, error: event.error });
        return;
      case 'store failed':
        log.error({ code: 'store.failed', times: 1, error: event.error });
    }
  };
}
