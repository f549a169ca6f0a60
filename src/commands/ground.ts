import type { KeptSecrets } from '../backends/kept-seals.ts';
import { memoryAdmissions } from '../backends/memory/admissions.ts';
import { memoryBreaker } from '../backends/memory/breaker.ts';
import { memoryLogins } from '../backends/memory/logins.ts';
import { memoryProgress } from '../backends/memory/progress.ts';
import { dailySchedule } from '../backends/memory/schedule.ts';
import type { Schedule, ScheduledJob, ScheduleEvent } from '../backends/scheduled-job.ts';
import { systemRandom } from '../backends/system/random.ts';
import { systemTimer } from '../backends/system/timer.ts';
import type { Owning } from '../bots/owning.ts';
import type { Progress } from '../bots/progress.ts';
import type { ChatLog } from '../bots/web/chat-log.ts';
import { memoryChatLog } from '../bots/web/memory-chat-log.ts';
import type { Clock, Services } from '../core/services.ts';
import type { Engine, Work } from '../engine/engine.ts';
import { memoryEngine } from '../engine/memory.ts';

/** What conversations stand on: the memory of this process, or a Redis that any number of processes share. */
export interface Ground {
  /** The time that conversations go by: the same in all processes on this ground. */
  readonly clock: Clock;
  readonly limits: Pick<Services, 'admissions' | 'breaker' | 'logins'>;
  /** How far what was sent has come. */
  readonly progress: Progress;
  /** What the web page shows. */
  readonly chatLog: ChatLog;
  /** What channels own, and keep; asked for once. */
  owning(): Promise<Owning>;
  /** The engine of this process; asked for once. */
  engine<Outcome>(work: Work<Outcome>): Engine;
  /** Runs jobs at their times: once over all processes on this ground. */
  schedule(jobs: readonly ScheduledJob[], report: (event: ScheduleEvent) => void): Promise<Schedule>;
  /** Whether what is written here gets answered; null where nothing but this process itself could keep it from that. */
  readonly flows: (() => Promise<boolean>) | null;
  /** How long what is under way gets to come to its end when the program stops, in milliseconds. */
  readonly grace: number;
  /** Lets go of it, once the engine has stopped. */
  close(): Promise<void>;
}

/** Where a process that is alone keeps what outlives it. */
interface DiskPlace extends KeptSecrets {
  readonly folder: string;
}

/**
 * The ground of a process that is alone: all of it is gone with the process, but for what channels own, which is kept in
 * `disk`.
 */
export function memoryGround(clock: Clock, disk: DiskPlace | null = null): Ground {
  const chatLog = memoryChatLog({ clock, random: systemRandom() });
  return {
    clock,
    limits: { admissions: memoryAdmissions(), breaker: memoryBreaker(), logins: memoryLogins() },
    progress: memoryProgress(),
    chatLog,
    async owning() {
      if (!disk) throw new Error('Nothing is kept here');
      const { diskOwning } = await import('../backends/disk/owning.ts');
      return diskOwning({ ...disk, timer: systemTimer() });
    },
    engine: (work) => memoryEngine(work, { clock, timer: systemTimer() }),
    schedule: async (jobs, report) => dailySchedule(jobs, systemTimer(), report),
    flows: null,
    grace: 700,
    close: () => chatLog.close(),
  };
}
