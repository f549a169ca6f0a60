type Begin = (ousted: AbortSignal | null) => void;

/** Those in one process who want the same thing: one after another, in the order in which they came. */
export class Turns {
  #now: AbortController | null = null;
  #waiting: Begin[] = [];

  /**
   * Resolves when nobody else has a turn, to a signal that is aborted when somebody comes by force; null when `stopping`
   * is aborted before. Whoever comes by force is next.
   */
  async begin(byForce: boolean, stopping: AbortSignal): Promise<AbortSignal | null> {
    const { promise, resolve } = Promise.withResolvers<AbortSignal | null>();
    if (byForce) this.#now?.abort();
    this.#waiting = byForce ? [resolve, ...this.#waiting] : [...this.#waiting, resolve];
    const leave = () => {
      this.#waiting = this.#waiting.filter((other) => other !== resolve);
      resolve(null);
    };
    stopping.addEventListener('abort', leave);
    this.#next();
    const ousted = await promise;
    stopping.removeEventListener('abort', leave);
    return ousted;
  }

  /** The turn is over. */
  end(): void {
    this.#now = null;
    this.#next();
  }

  #next(): void {
    if (this.#now !== null) return;
    const [first, ...others] = this.#waiting;
    if (!first) return;
    this.#waiting = others;
    this.#now = new AbortController();
    first(this.#now.signal);
  }
}
