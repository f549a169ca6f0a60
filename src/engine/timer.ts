/** Lets time pass. A service, so that tests need not wait. */
export interface Timer {
  /** Resolves after `ms` milliseconds, or as soon as `signal` is aborted. Never rejects. */
  pause(ms: number, signal: AbortSignal): Promise<void>;
}
