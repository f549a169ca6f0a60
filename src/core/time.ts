/** A point in time, in milliseconds since 1970-01-01T00:00Z. Always from the `Clock` service, never from `Date.now()`. */
export type Instant = number;

export const second = 1_000;
export const minute = 60 * second;
export const hour = 60 * minute;
export const day = 24 * hour;

/** Lets time pass. A service, so that tests need not wait. */
export interface Timer {
  /** Resolves after `ms` milliseconds, or as soon as `signal` is aborted. Never rejects. */
  pause(ms: number, signal: AbortSignal): Promise<void>;
}
