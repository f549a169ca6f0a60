import { type Progress, progressKept } from '../../bots/progress.ts';
import type { Instant } from '../../core/time.ts';
import { FadingMap } from './fading-map.ts';

/** How far things have come, in memory. */
export function memoryProgress(): Progress {
  const known = new FadingMap<string, { readonly to: number; readonly over: Instant }>(({ over }, now) => now >= over);
  return {
    advance: async (what, to, now) => {
      if (to <= (known.get(what, now)?.to ?? 0)) return false;
      known.set(what, { to, over: now + progressKept }, now);
      return true;
    },
  };
}
