import type { Clock } from '../../src/core/services.ts';
import type { Timer } from '../../src/core/time.ts';

interface Pause {
  readonly until: number;
  readonly end: () => void;
}

/** Time that stands still until it is advanced: the clock and the pauses of one world. */
export class ManualTime implements Clock, Timer {
  #now = Date.UTC(2026, 9, 31, 2);
  #pauses: Pause[] = [];
  /** The length of every pause that was asked for, in order. */
  readonly asked: number[] = [];

  now(): number {
    return this.#now;
  }

  pause(ms: number, signal: AbortSignal): Promise<void> {
    this.asked.push(ms);
    if (signal.aborted) return settle();
    return new Promise((resolve) => {
      const pause = { until: this.#now + ms, end: resolve };
      this.#pauses.push(pause);
      signal.addEventListener('abort', () => {
        this.#pauses = this.#pauses.filter((other) => other !== pause);
        // As the system's timer does: soon, but not before whoever aborted goes on.
        setImmediate(resolve);
      });
    });
  }

  /** Lets time pass, from the end of one pause to the end of the next, each with all that it sets going. */
  async advance(ms: number): Promise<void> {
    const end = this.#now + ms;
    await settle();
    for (let next = this.#first(end); next; next = this.#first(end)) {
      this.#now = next.until;
      this.#pauses = this.#pauses.filter((other) => other !== next);
      next.end();
      await settle();
    }
    this.#now = end;
  }

  #first(end: number): Pause | undefined {
    return this.#pauses.filter(({ until }) => until <= end).toSorted((a, b) => a.until - b.until)[0];
  }
}

/** Resolves when every promise that could go on has gone on. */
function settle(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve);
  });
}
