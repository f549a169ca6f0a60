import { setTimeout as timeout } from 'node:timers/promises';
import type { Timer } from '../../core/time.ts';

/** Real time. A pause keeps the process alive until it is over or aborted. */
export function systemTimer(): Timer {
  return {
    pause: async (ms, signal) => {
      // The one way it rejects is the signal's abort, which is an end of the pause like any other.
      await timeout(ms, undefined, { signal }).catch(() => undefined);
    },
  };
}
