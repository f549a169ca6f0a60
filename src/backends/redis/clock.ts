import type { Clock } from '../../core/services.ts';
import { type Instant, second } from '../../core/time.ts';
import type { Store } from './store.ts';

/** For this long, and at most twice as long, an answer that came quicker than a later one goes before it. */
const span = 5 * second;

/** The Redis server's clock, read without asking it each time. */
export interface ServerClock extends Clock {
  /** Told of the server's time as an answer of the server brought it, as soon as the answer is there. */
  observe(now: Instant): void;
}

/**
 * The server's clock as last heard of, plus the time since then. Every process that hears of the same server has the
 * same time, whatever its own computer's clock shows.
 *
 * An answer is always late by the time that it was under way. So of the answers of the last five to ten seconds the one
 * that was least late counts: a slow one never sets the clock back, and a server that was set back is followed within
 * ten seconds; one that was set forward, at once.
 *
 * `now()` throws a RangeError before the first observation: see {@link syncClock}. `monotonic` counts milliseconds and
 * never goes back.
 */
export function serverClock(monotonic: () => number = () => performance.now()): ServerClock {
  // How far the server is ahead of `monotonic`: the most that was seen in this span, and in the one before.
  let ahead = Number.NEGATIVE_INFINITY;
  let aheadBefore = Number.NEGATIVE_INFINITY;
  let since = Number.NEGATIVE_INFINITY;
  return {
    now() {
      const most = Math.max(ahead, aheadBefore);
      if (most === Number.NEGATIVE_INFINITY) throw new RangeError("The server's time is not known yet");
      return Math.round(monotonic() + most);
    },
    observe(now) {
      const here = monotonic();
      if (here - since >= span) {
        // Kept however old it is: after a silence, the first answer may be a late one.
        aheadBefore = ahead;
        ahead = Number.NEGATIVE_INFINITY;
        since = here;
      }
      ahead = Math.max(ahead, now - here);
    },
  };
}

/** Asks the server for the time. To be awaited once before the clock is read; rejects when there is no answer. */
export async function syncClock({ client }: Pick<Store, 'client'>, clock: ServerClock): Promise<void> {
  const [seconds = Number.NaN, microseconds = Number.NaN] = (await client.time()).map(Number);
  clock.observe(seconds * second + Math.trunc(microseconds / 1_000));
}
