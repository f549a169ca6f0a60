import { describe, expect, it } from 'vitest';
import { dailySchedule } from '../../../src/backends/memory/schedule.ts';
import type { ScheduleEvent } from '../../../src/backends/scheduled-job.ts';
import { day, minute } from '../../../src/core/time.ts';
import { ManualTime } from '../../engine/manual-time.ts';

describe('the schedule of a process that is alone', () => {
  it('runs every job at once, then each day, until it is stopped', async () => {
    const time = new ManualTime();
    const ran: string[] = [];
    const job = (name: string) => ({
      name,
      pattern: '15 3 * * *',
      run: () => {
        ran.push(name);
        return Promise.resolve();
      },
    });
    const schedule = dailySchedule([job('a'), job('b')], time, () => undefined);
    await time.advance(0);
    expect(ran).toEqual(['a', 'b']);
    await time.advance(day - minute);
    expect(ran).toEqual(['a', 'b']);
    await time.advance(2 * minute);
    expect(ran).toEqual(['a', 'b', 'a', 'b']);
    await schedule.stop();
    await time.advance(3 * day);
    expect(ran).toEqual(['a', 'b', 'a', 'b']);
  });

  it('goes on after a job that fails, and tells of it', async () => {
    const time = new ManualTime();
    const events: ScheduleEvent[] = [];
    const error = new Error('away');
    const jobs = [
      { name: 'broken', pattern: '15 3 * * *', run: () => Promise.reject(error) },
      { name: 'sound', pattern: '15 3 * * *', run: () => Promise.resolve() },
    ];
    const schedule = dailySchedule(jobs, time, (event) => events.push(event));
    await time.advance(0);
    await schedule.stop();
    expect(events).toEqual([
      { kind: 'failed', job: 'broken', run: 'broken 1', error, again: false },
      { kind: 'done', job: 'sound', run: 'sound 1' },
    ]);
  });

  it('asks a job that is under way to come to its end, and waits for it', async () => {
    const steps: string[] = [];
    const run = (signal: AbortSignal) =>
      new Promise<void>((resolve) => {
        signal.addEventListener('abort', () => {
          steps.push('asked');
          setImmediate(() => {
            steps.push('ended');
            resolve();
          });
        });
      });
    const schedule = dailySchedule([{ name: 'long', pattern: '* * * * *', run }], new ManualTime(), () => undefined);
    await schedule.stop();
    expect(steps).toEqual(['asked', 'ended']);
  });
});
