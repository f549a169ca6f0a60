import { join } from 'node:path';
import { type AuditEvent, type AuditLog, type AuditSpool, auditLog } from '../backends/audit/log.ts';
import { diskSpool } from '../backends/disk/audit-spool.ts';
import { auditTable } from '../backends/postgres/audit.ts';
import type { Database } from '../backends/postgres/database.ts';
import { systemRandom } from '../backends/system/random.ts';
import type { Sealing } from '../backends/system/sealing.ts';
import { systemTimer } from '../backends/system/timer.ts';
import type { Config } from '../config.ts';
import type { Keys } from '../core/services.ts';
import type { Log } from '../log.ts';

/**
 * Where entries wait while the database is away; null for a process that answers nobody. Throws `CannotOpen` where
 * nothing can be written.
 */
export function spoolOf({ dataFolder, roles }: Config, sealing: Sealing): AuditSpool | null {
  if (!roles.includes('worker')) return null;
  return diskSpool({ folder: join(dataFolder, 'audit-spool'), sealing, random: systemRandom() });
}

/** The audit log of a process that answers members. */
export function auditOf(
  database: Database,
  { keys, spool, log }: { readonly keys: Keys; readonly spool: AuditSpool | null; readonly log: Log },
): AuditLog {
  return auditLog({
    table: auditTable(database),
    keys,
    report: watchAudit(log),
    ...(spool && { away: { spool, timer: systemTimer() } }),
  });
}

function watchAudit(log: Log): (event: AuditEvent) => void {
  return (event) => {
    switch (event.kind) {
      case 'spooled':
        log.error({ code: 'audit.spooled', error: event.error });
        return;
      case 'drained':
        log.info({ code: 'audit.drained', entries: event.entries });
        return;
      case 'damaged':
        log.error({ code: 'audit.damaged', lines: event.lines });
        return;
      case 'stuck':
        log.error({ code: 'audit.stuck', error: event.error });
        return;
      case 'cut':
        log.error({ code: 'audit.broken', seq: event.seq });
    }
  };
}
