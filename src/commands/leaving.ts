import type { Log } from '../log.ts';

/** What asks a program to end: a terminal, a supervisor, a terminal that is gone. */
const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** A stop that has not come to its end by then is cut short, in milliseconds. */
const patience = 10_000;

/**
 * Calls `stop` at the first signal, then ends the process with 0. A terminal and a wrapper may both send theirs, so
 * further signals change nothing. A stop that hangs ends with 1.
 */
export function onLeaving(stop: (signal: string) => Promise<void>): void {
  let leaving = false;
  const leave = async (signal: string): Promise<void> => {
    if (leaving) return;
    leaving = true;
    setTimeout(() => process.exit(1), patience).unref();
    await stop(signal);
    process.exit(0);
  };
  for (const signal of signals) process.on(signal, (name) => void leave(name));
}

/** A fault that nobody caught leaves the program in no state to go on: it is logged, and the process ends with 1. */
export function onFault(log: Log): void {
  const fail = (error: unknown): void => {
    log.fatal({ code: 'program.failed', error });
    process.exit(1);
  };
  process.on('uncaughtException', fail);
  process.on('unhandledRejection', fail);
}
