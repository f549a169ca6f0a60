import { z } from 'zod';
import { type Keep, KeptIsUnreadable } from '../bots/owning.ts';
import type { Keys } from '../core/services.ts';
import { CannotUnseal, type Sealing } from './system/sealing.ts';

/** So many values, more or less, are sealed anew in one write. */
export const anewAtOnce = 300;

/** A {@link Keep} whose sealing key may be changed. */
export interface SealedKeep extends Keep {
  /**
   * Seals anew whatever is not sealed with the key that seals now, in writes of some hundred values, none of which undoes
   * another change. What cannot be opened stays as it is. Rejects as `write` does.
   */
  sealAnew(): Promise<void>;
}

/**
 * How what is kept of one thing stands in a store, whichever that is. A key may be somebody's address: in its place stands
 * a digest of it, and it is sealed together with its value, for that table and digest alone.
 */
export interface KeptSeals {
  /** Tells the secret that digests are made with from every other. */
  readonly mark: string;
  digestOf(table: string, key: string): string;
  seal(table: string, key: string, value: string): string;
  /** @throws KeptIsUnreadable */
  open(table: string, digest: string, sealed: string): readonly [key: string, value: string];
  /** The same, sealed with the key that seals now; null when that has sealed it already, or when it cannot be opened. */
  anew(table: string, digest: string, sealed: string): string | null;
}

/** What owning needs to keep things so that nobody else reads them. */
export interface KeptSecrets {
  readonly sealing: Sealing;
  readonly keys: Pick<Keys, 'mac'>;
}

const entrySchema = z.tuple([z.string(), z.string()]);

export function keptSeals({ sealing, keys }: KeptSecrets, what: string): KeptSeals {
  // As JSON, since names may hold whatever would stand between them.
  const placeOf = (table: string, digest: string) => JSON.stringify(['kept', what, table, digest]);
  const digestOf = (table: string, key: string): string => keys.mac('kept', JSON.stringify([what, table, key]));
  const sealAt = (table: string, digest: string, entry: readonly [key: string, value: string]) =>
    sealing.seal(JSON.stringify(entry), placeOf(table, digest));
  const openAt = (table: string, digest: string, sealed: string): readonly [key: string, value: string] | null => {
    const text = unsealed(sealing, sealed, placeOf(table, digest));
    if (text === null) return null;
    const entry = entrySchema.parse(JSON.parse(text));
    // Under a digest that another secret has made, nobody would look for it.
    return digestOf(table, entry[0]) === digest ? entry : null;
  };
  return {
    mark: keys.mac('kept', JSON.stringify([what])),
    digestOf,
    seal: (table, key, value) => sealAt(table, digestOf(table, key), [key, value]),
    open(table, digest, sealed) {
      const entry = openAt(table, digest, sealed);
      if (entry === null) throw new KeptIsUnreadable(`A value in ${table} of ${what} cannot be read`);
      return entry;
    },
    anew(table, digest, sealed) {
      if (sealing.isCurrent(sealed)) return null;
      const entry = openAt(table, digest, sealed);
      return entry === null ? null : sealAt(table, digest, entry);
    },
  };
}

/** Null when it does not open. */
function unsealed(sealing: Sealing, sealed: string, place: string): string | null {
  try {
    return sealing.open(sealed, place);
  } catch (error) {
    if (error instanceof CannotUnseal) return null;
    throw error;
  }
}

/** A table as `Keep.all` gives it: in the order of the keys' code units. */
export function inOrder(entries: Iterable<readonly [string, string]>): ReadonlyMap<string, string> {
  return new Map([...entries].sort(([a], [b]) => (a < b ? -1 : 1)));
}
