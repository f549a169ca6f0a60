import { once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';

/** When something is about to break: telephones are to be in the middle of things then. */
export class Weather {
  #rousing = new AbortController();
  #roused = 0;
  #clear = false;

  /** Waits so many milliseconds, or until everybody is to speak; not at all once nothing breaks any more. */
  async lull(milliseconds: number): Promise<void> {
    if (this.#clear) return;
    await pause(milliseconds, undefined, { signal: this.#rousing.signal }).catch(() => undefined);
  }

  /** Resolves when everybody was to speak this often, or nothing breaks any more. */
  async roused(times: number): Promise<void> {
    while (this.#roused < times && !this.#clear) await once(this.#rousing.signal, 'abort');
  }

  /** Everybody who is not waiting for an answer speaks now. */
  rouse(): void {
    this.#roused += 1;
    const rousing = this.#rousing;
    this.#rousing = new AbortController();
    rousing.abort();
  }

  /** Nothing breaks any more: the rest is said without pauses. */
  clears(): void {
    this.#clear = true;
    this.#rousing.abort();
  }
}
