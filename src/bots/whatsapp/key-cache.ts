import type { CacheStore } from '@whiskeysockets/baileys';

/** Keys that are held in memory: those of some thousand people, at about a kilobyte each. */
const most = 5_000;

/** What was read or written lately, for one reader and writer. Beyond its size it forgets what was written first. */
export class KeyCache implements CacheStore {
  readonly #values = new Map<string, unknown>();

  // oxlint-disable-next-line typescript/no-unnecessary-type-parameters -- the interface has it so
  get<Value>(key: string): Value | undefined {
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the caller says what it wrote under this key
    return this.#values.get(key) as Value | undefined;
  }

  set(key: string, value: unknown): void {
    this.#values.delete(key);
    this.#values.set(key, value);
    if (this.#values.size <= most) return;
    for (const oldest of this.#values.keys()) {
      this.#values.delete(oldest);
      return;
    }
  }

  del(key: string): void {
    this.#values.delete(key);
  }

  flushAll(): void {
    this.#values.clear();
  }
}
