import { describe, expect, it, onTestFinished } from 'vitest';
import { systemTimer } from '../../../src/backends/system/timer.ts';

describe('the system timer', () => {
  it('ends a pause when its time is over', async () => {
    let over = false;
    const pause = systemTimer()
      .pause(5, new AbortController().signal)
      .then(() => {
        over = true;
        return over;
      });
    await Promise.resolve();
    expect(over).toBe(false);
    expect(await pause).toBe(true);
  });

  it('ends every pause of a signal as soon as it is aborted, without a warning however many there are', async () => {
    const warnings: string[] = [];
    const warn = ({ name }: Error): void => {
      warnings.push(name);
    };
    process.on('warning', warn);
    onTestFinished(() => {
      process.off('warning', warn);
    });
    const stopping = new AbortController();
    const hour = 3_600_000;
    const pauses = Array.from({ length: 100 }, () => systemTimer().pause(hour, stopping.signal));
    stopping.abort();
    await Promise.all(pauses);
    await systemTimer().pause(hour, stopping.signal);
    // Warnings are told in a later turn of the event loop.
    await systemTimer().pause(0, new AbortController().signal);
    expect(warnings).toEqual([]);
  });
});
