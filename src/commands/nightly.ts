import type { AuditLog } from '../backends/audit/log.ts';
import { verifyAudit } from '../backends/audit/verify.ts';
import { auditTable } from '../backends/postgres/audit.ts';
import type { Database } from '../backends/postgres/database.ts';
import { sweepChats, sweepCodeFailures, sweepMisses } from '../backends/postgres/sweep.ts';
import type { ScheduledJob, ScheduleEvent } from '../backends/scheduled-job.ts';
import type { Keys } from '../core/services.ts';
import type { Log } from '../log.ts';

interface NightParts {
  readonly database: Database;
  readonly audit: Pick<AuditLog, 'head'>;
  readonly keys: Keys;
  readonly log: Log;
}

/** What is done at night, when few members write. */
export function nightlyJobs({ database, audit, keys, log }: NightParts): readonly ScheduledJob[] {
  return [
    {
      name: 'sweep-code-failures',
      pattern: '15 3 * * *',
      run: async (signal) => void (await sweepCodeFailures(database, signal)),
    },
    {
      name: 'sweep-chats',
      pattern: '15 3 * * *',
      run: async (signal) => void (await sweepChats(database, signal)),
    },
    {
      // Also where none are kept any more: those from before have to go.
      name: 'sweep-misses',
      pattern: '15 3 * * *',
      run: async (signal) => void (await sweepMisses(database, signal)),
    },
    {
      // The log's lines are kept elsewhere: what one of them says of the head, nobody can take back who changes the table.
      name: 'verify-audit',
      pattern: '45 3 * * *',
      async run(signal) {
        const found = await verifyAudit({ table: auditTable(database), keys, known: audit.head, signal });
        if (found.is === 'whole') log.info({ code: 'audit.head', ...found.head });
        if (found.is === 'broken') log.error({ code: 'audit.broken', seq: found.seq });
      },
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
