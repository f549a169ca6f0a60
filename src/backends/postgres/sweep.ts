import { z } from 'zod';
import { asking } from './asking.ts';
import type { Database } from './database.ts';

/** Rows taken out by one statement: none comes near its time limit or holds others up. */
const batch = 500;

/**
 * Forgets failed codes of NIKs that nobody has tried for 90 days, in batches; what is disabled stays. Resolves with how
 * many were forgotten, also when `signal` ends it early: the next sweep goes on. Throws `Unavailable`.
 */
export function sweepCodeFailures(database: Pick<Database, 'pool'>, signal: AbortSignal): Promise<number> {
  return sweep(database, 'failures', 'select * from bot.sweep_code_failures($1)', signal);
}

/** Forgets messages that were not understood 30 days ago, in the same way. */
export function sweepMisses(database: Pick<Database, 'pool'>, signal: AbortSignal): Promise<number> {
  return sweep(database, 'misses', 'select * from bot.sweep_misses($1)', signal);
}

/** Forgets links of chats and numbers of notices that are over, and logins of 400 days ago, in the same way. */
export function sweepChats(database: Pick<Database, 'pool'>, signal: AbortSignal): Promise<number> {
  return sweep(database, 'chats', 'select * from bot.sweep_chats($1)', signal);
}

async function sweep(
  { pool }: Pick<Database, 'pool'>,
  service: string,
  statement: string,
  signal: AbortSignal,
): Promise<number> {
  const ask = asking(pool, service);
  let all = 0;
  let last = batch;
  while (last === batch && !signal.aborted) {
    const [{ swept }] = await ask(statement, [batch], sweptRows);
    last = swept;
    all += swept;
  }
  return all;
}

const sweptRows = z.tuple([z.object({ swept: z.number() })]);
