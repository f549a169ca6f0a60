/** Something was to be kept by a process that does not own it any more. Nothing of it was. */
export class NoLongerOwner extends Error {
  override readonly name = 'NoLongerOwner';
}

/** What is kept cannot be read: it was changed, cut off, or sealed with a key that is gone. Never the same as "nothing". */
export class KeptIsUnreadable extends Error {
  override readonly name = 'KeptIsUnreadable';
}

/** One value of what is kept: `null` takes it away. */
export interface Change {
  readonly table: string;
  readonly key: string;
  readonly value: string | null;
}

/**
 * What an owner keeps: tables of texts by key, changed only by who owns it now. It survives the process. Whoever has the
 * store can read the names of tables, and neither keys nor values: a key stands there as a digest, a value is sealed, and
 * sealed anew within an hour when the sealing key was changed. Whoever reads sees every change that was asked for before.
 * `tests/contracts/owning.ts` says the promises one by one.
 */
export interface Keep {
  /** The values of these keys, in their order; null where there is none. Rejects with {@link KeptIsUnreadable}. */
  read(table: string, keys: readonly string[]): Promise<readonly (string | null)[]>;
  /** All of a table, by key, in the order of the keys' code units. Rejects with {@link KeptIsUnreadable}. */
  all(table: string): Promise<ReadonlyMap<string, string>>;
  /**
   * All of these changes at once, or none; of two changes of one key the later counts. Resolves when they are as safe as
   * the store is. Rejects with {@link NoLongerOwner} when another process owns it by now; with anything else when nobody
   * knows whether it was done.
   */
  write(changes: readonly Change[]): Promise<void>;
  /** Everything is taken away, as one change. Rejects as {@link write} does. */
  clear(): Promise<void>;
}

/** The time for which this process, and no other, owns something. */
export interface Tenure {
  /** Aborted as soon as another process may be the owner, and when it is given up. */
  readonly ended: AbortSignal;
  /**
   * Until the work has ended. When it was given up, what is written on the way to that end still counts; after it,
   * whatever is asked may be refused with {@link NoLongerOwner}.
   */
  readonly keep: Keep;
}

/** Lets go of what is owned. */
export interface Owned {
  /** True while this process is the owner. */
  isOwner(): boolean;
  /** Ends the tenure, waits for the work to end, and leaves it to the next. */
  stop(): Promise<void>;
}

/**
 * What only one process at a time may do: to hold a phone number's connection, to poll for a bot's messages. Over all
 * processes on the same ground one owns each thing; when it falls silent another takes over within seconds.
 */
export interface Owning {
  /**
   * Does `work` whenever this process is the owner, from then until `tenure.ended`: it has to end then. When `work` ends
   * or throws by itself, `failed` is told of what it threw, and it is begun again after a pause, under a new tenure;
   * meanwhile another process may have it. `failed` is also told, once each time, of what keeps this process from finding
   * out who owns it, and of why what is kept could not be sealed anew.
   * `byForce`: takes it from whoever has it now, who is told by `ended`; `work` is begun when theirs has ended.
   */
  own(
    what: string,
    work: (tenure: Tenure) => Promise<void>,
    failed: (error: unknown) => void,
    options?: { readonly byForce?: boolean },
  ): Owned;
}
