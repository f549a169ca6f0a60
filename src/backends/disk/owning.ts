import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import type { Owning } from '../../bots/owning.ts';
import { second, type Timer } from '../../core/time.ts';
import { type KeptSeals, type KeptSecrets, keptSeals } from '../kept-seals.ts';
import { type Claim, type Holding, owningOn } from '../tenures.ts';
import { DiskKeep } from './keep.ts';
import { lockFile } from './lock-file.ts';

export interface DiskOwningServices extends KeptSecrets {
  /** Made where it is missing, for this user alone. */
  readonly folder: string;
  readonly timer: Timer;
}

/**
 * Owning without a server: for the processes of one machine that share a folder on its own disk. Each thing has two
 * files there, `<what>.lock` and `<what>.kept`.
 *
 * Who owns it has the operating system's lock on the first, which ends with the process however that ends, so that the
 * next takes over within half a second of a death. `byForce` goes before others in this process; from another process
 * that lives the lock cannot be taken, and so it waits like everybody until that one stops.
 */
export function diskOwning({ folder, timer, ...secrets }: DiskOwningServices): Owning {
  return owningOn({
    timer,
    tryEvery: second / 2,
    claim: (what) => new FileLock(folder, encodeURIComponent(what), () => keptSeals(secrets, what)),
  });
}

/** Never aborted: as long as the process lives, nobody can take its lock. */
const never = new AbortController().signal;

class FileLock implements Claim {
  readonly #folder: string;
  readonly #name: string;
  readonly #seals: () => KeptSeals;
  #lock: DatabaseSync | null = null;
  #keep: DiskKeep | null = null;

  constructor(folder: string, name: string, seals: () => KeptSeals) {
    this.#folder = folder;
    this.#name = name;
    this.#seals = seals;
  }

  async take(): Promise<Holding | null> {
    mkdirSync(this.#folder, { recursive: true, mode: 0o700 });
    this.#lock ??= lockFile(join(this.#folder, `${this.#name}.lock`));
    if (this.#lock === null) return null;
    const keep = new DiskKeep(join(this.#folder, `${this.#name}.kept`), this.#seals());
    this.#keep = keep;
    return { keep, lost: never, isSure: () => true };
  }

  async release(): Promise<void> {
    this.#keep?.close();
    this.#lock?.close();
  }
}
