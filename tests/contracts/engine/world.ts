import { onTestFinished } from 'vitest';
import { minute } from '../../../src/core/time.ts';
import type { Engine, Work } from '../../../src/engine/engine.ts';
import type { Script } from './ledger.ts';
import { Ledger } from './ledger.ts';

/** An engine to hold against the contract; it may as well be several of them over one store, behind one face. */
export interface OpenedEngine {
  readonly engine: Engine;
  /** Lets that much time pass, for the engine's clock and its pauses, with all that this sets going. */
  advance(ms: number): Promise<void>;
  /** Frees what the engine stands on. Does not wait for turns and sends: a test that has failed may never end them. */
  close(): Promise<void>;
}

/** Opens an engine over an empty store. */
export type OpenEngine = (work: Work<string>) => Promise<OpenedEngine>;

/** Steps of time after which an engine that still is not done is stuck; many more than all retries together take. */
const patience = 2_000;

/** Lets time pass until all that was taken is done, and every effect of it is sent or given up. */
export async function settle(ledger: Ledger, opened: OpenedEngine, step: number): Promise<void> {
  for (let steps = 0; !ledger.isSettled(); steps += 1) {
    if (steps > patience) throw new Error('The engine is stuck: something that it has taken is never done');
    await opened.advance(step);
  }
}

/** An engine at work in a world that behaves as the script says, closed when the test has ended. */
export async function world(open: OpenEngine, script: Script = {}) {
  const ledger = new Ledger(script);
  const opened = await open(ledger);
  onTestFinished(() => opened.close());
  return {
    ledger,
    engine: opened.engine,
    advance: (ms: number): Promise<void> => opened.advance(ms),
    settled: (): Promise<void> => settle(ledger, opened, minute),
  };
}
