import { schedulesContract } from './engine/schedules.ts';
import { sendingContract } from './engine/sending.ts';
import { stoppingContract } from './engine/stopping.ts';
import { takingContract } from './engine/taking.ts';
import { turnsContract } from './engine/turns.ts';
import type { OpenEngine } from './engine/world.ts';

/** What every engine promises, one by one. `open` gives an engine over an empty store; `runs` random worlds are played. */
export function engineContract(name: string, open: OpenEngine, runs: number): void {
  takingContract(name, open);
  turnsContract(name, open);
  sendingContract(name, open);
  stoppingContract(name, open);
  schedulesContract(name, open, runs);
}
