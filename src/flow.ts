import type { Clock } from './core/services.ts';
import { type Instant, second } from './core/time.ts';
import type { Backlog, EngineEvent } from './engine/engine.ts';

/** The engine looks through its store several times a second; when it has not for this long, something is stuck. */
export const sweepPatience = 5 * second;

/** Work that waits longer than this, while nothing at all gets done here, has been left lying. */
export const workPatience = 10 * second;

/** Tells a process that works from one that merely runs: for `/readyz`. */
export interface Flow {
  /** Told of every event: those that end a piece of work show that work gets done. */
  readonly watch: (event: EngineEvent<unknown>) => void;
  /** Told whenever the engine has looked through its store to the end. */
  readonly swept: () => void;
  /**
   * Whether work flows, given what waits for a worker. A long queue alone is no fault: as long as this process gets
   * anything done it is of use, and taking it away would make the queue longer.
   */
  readonly flows: (waiting: Backlog) => boolean;
}

/** Nothing flows before the first sweep. */
export function flow(clock: Clock): Flow {
  let sweptAt: Instant | null = null;
  let doneAt = clock.now();
  return {
    watch: ({ kind }) => {
      if (endsWork[kind]) doneAt = clock.now();
    },
    swept: () => {
      sweptAt = clock.now();
    },
    flows: ({ turns, sends }) => {
      const now = clock.now();
      if (sweptAt === null || now - sweptAt > sweepPatience) return false;
      return Math.max(turns.oldest, sends.oldest) <= workPatience || now - doneAt <= workPatience;
    },
  };
}

/** A try that fails is work done, too: what is wrong then is told by other figures, and another process fails as well. */
const endsWork: Readonly<Record<EngineEvent<unknown>['kind'], boolean>> = {
  committed: true,
  'turn failed': true,
  quarantined: true,
  sent: true,
  'not sent': true,
  dropped: true,
  accepted: false,
  duplicate: false,
  full: false,
  reclaimed: false,
  fenced: false,
  'store failed': false,
};
