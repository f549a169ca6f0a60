import { type Change, KeptIsUnreadable, NoLongerOwner } from '../../bots/owning.ts';
import { anewAtOnce, inOrder, type KeptSeals, type SealedKeep } from '../kept-seals.ts';
import { Damaged, KeptFile } from './kept-file.ts';

/**
 * What an owner keeps in a file. Whoever makes one has the lock on it, until it is closed: before that nobody else
 * changes it, and after that it changes nothing.
 *
 * A file that is damaged stays as it is, for whoever may want to mend it, and nothing of it is believed; `clear` puts a
 * new one in its place.
 */
export class DiskKeep implements SealedKeep {
  readonly #path: string;
  readonly #seals: KeptSeals;
  #file: KeptFile | Damaged;
  #closed = false;

  constructor(path: string, seals: KeptSeals) {
    this.#path = path;
    this.#seals = seals;
    this.#file = this.#open();
  }

  async read(table: string, keys: readonly string[]): Promise<readonly (string | null)[]> {
    return this.#ask((file) =>
      keys.map((key) => {
        const digest = this.#seals.digestOf(table, key);
        const sealed = file.get(table, digest);
        return sealed === null ? null : this.#seals.open(table, digest, sealed)[1];
      }),
    );
  }

  async all(table: string): Promise<ReadonlyMap<string, string>> {
    return this.#ask((file) =>
      inOrder(file.entries(table).map(({ digest, sealed }) => this.#seals.open(table, digest, sealed))),
    );
  }

  async write(changes: readonly Change[]): Promise<void> {
    this.#ask((file) => {
      file.change(
        changes.map(({ table, key, value }) => ({
          table,
          digest: this.#seals.digestOf(table, key),
          sealed: value === null ? '' : this.#seals.seal(table, key, value),
        })),
      );
    });
  }

  async clear(): Promise<void> {
    this.#mustBeOpen();
    KeptFile.prepare(this.#path);
    if (this.#file instanceof KeptFile) this.#file.close();
    KeptFile.putInPlace(this.#path);
    this.#file = KeptFile.open(this.#path);
  }

  async sealAnew(): Promise<void> {
    this.#mustBeOpen();
    if (this.#file instanceof Damaged) return;
    this.#ask((file) => {
      const changes = file.everything().flatMap(({ table, digest, sealed }) => {
        const anew = this.#seals.anew(table, digest, sealed);
        return anew === null ? [] : [{ table, digest, sealed: anew }];
      });
      for (let at = 0; at < changes.length; at += anewAtOnce) file.change(changes.slice(at, at + anewAtOnce));
    });
  }

  close(): void {
    if (this.#file instanceof KeptFile && !this.#closed) this.#file.close();
    this.#closed = true;
  }

  /**
   * A value that does not open in its place makes the whole file one that cannot be read: its digest may be one
   * that was changed, and its key would look as if it had no value.
   */
  #open(): KeptFile | Damaged {
    let file: KeptFile | null = null;
    try {
      file = KeptFile.open(this.#path);
      for (const { table, digest, sealed } of file.everything()) this.#seals.open(table, digest, sealed);
      return file;
    } catch (error) {
      file?.close();
      if (error instanceof Damaged) return error;
      if (error instanceof KeptIsUnreadable) return new Damaged('A value does not open in its place', { cause: error });
      throw error;
    }
  }

  #ask<Answer>(ask: (file: KeptFile) => Answer): Answer {
    this.#mustBeOpen();
    try {
      if (this.#file instanceof Damaged) throw this.#file;
      return ask(this.#file);
    } catch (cause) {
      if (!(cause instanceof Damaged)) throw cause;
      throw new KeptIsUnreadable('What is kept in the file cannot be read', { cause });
    }
  }

  #mustBeOpen(): void {
    if (this.#closed) throw new NoLongerOwner('Another process may own it by now');
  }
}
