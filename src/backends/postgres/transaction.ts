import type { ClientBase } from 'pg';

/** Runs `work` in a transaction of its own: all of it holds or none. Those who name the same lock go one after another. */
export async function inTransaction(owner: ClientBase, lock: string, work: () => Promise<void>): Promise<void> {
  await owner.query('begin');
  try {
    await owner.query(`set local lock_timeout = '60s'`);
    await owner.query('select pg_advisory_xact_lock(hashtext($1))', [lock]);
    await work();
    await owner.query('commit');
  } catch (error) {
    // When the connection is gone, the server has rolled back by itself.
    await owner.query('rollback').catch(() => undefined);
    throw error;
  }
}
