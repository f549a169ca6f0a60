/** Work that comes back at its times, apart from all conversations. */
export interface ScheduledJob {
  /** Its name for good: under another name it is another job. */
  readonly name: string;
  /** When, as in crontab, by the clocks of Jakarta: `15 3 * * *` is every night at a quarter past three. */
  readonly pattern: string;
  /**
   * Does the work. It may be done twice, or be left in the middle: what was done must not harm when it is done again.
   * When `signal` is aborted the program stops: it should come to an end soon. Throwing means to try again later.
   */
  run(signal: AbortSignal): Promise<void>;
}

/** What became of scheduled work, for whoever watches. `run` names one time of a job. */
export type ScheduleEvent =
  | { readonly kind: 'done'; readonly job: string; readonly run: string }
  /** `again: false`: it was the last try, and the next is at the job's next time. */
  | {
      readonly kind: 'failed';
      readonly job: string;
      readonly run: string;
      readonly error: unknown;
      readonly again: boolean;
    }
  /** The store did not do what it was asked to; it is asked again. */
  | { readonly kind: 'store failed'; readonly error: unknown };

/** Jobs that run at their times until it is stopped. */
export interface Schedule {
  /** Begins nothing more, ends what is under way, then resolves. */
  stop(): Promise<void>;
}
