import type { Clock } from '../../core/services.ts';
import type { Instant } from '../../core/time.ts';

/** The computer's clock. */
export function systemClock(): Clock {
  return { now: () => Date.now() };
}

/** A clock that can be set forward, for trying out what happens when time passes. */
export interface MovableClock extends Clock {
  /** Sets it forward by that many milliseconds. */
  advance(ms: number): void;
}

/** Goes as `base` does, ahead of it by all that it was advanced. */
export function movableClock(base: Clock): MovableClock {
  let ahead = 0;
  return {
    now: (): Instant => base.now() + ahead,
    advance: (ms) => {
      ahead += ms;
    },
  };
}
