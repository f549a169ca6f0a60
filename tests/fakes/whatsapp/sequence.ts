const defaultLimit = 5_000;
/** How many of the last ones are told when what was waited for did not come. */
const told = 8;

interface Waiting<Item> {
  readonly matches: (item: Item) => boolean;
  readonly found: (item: Item) => void;
}

/** Things that happen one after the other, and can be waited for. */
export class Sequence<Item> {
  readonly items: Item[] = [];
  #waiting: readonly Waiting<Item>[] = [];

  add(item: Item): void {
    this.items.push(item);
    const served = this.#waiting.filter(({ matches }) => matches(item));
    this.#waiting = this.#waiting.filter((waiting) => !served.includes(waiting));
    for (const { found } of served) found(item);
  }

  /**
   * Resolves with the first one from number `since` on that matches, be it there or to come. Rejects after `limit`
   * milliseconds, and says what there was instead.
   */
  wait<Found extends Item>(matches: (item: Item) => item is Found, limit?: number, since?: number): Promise<Found>;
  wait(matches: (item: Item) => boolean, limit?: number, since?: number): Promise<Item>;
  wait(matches: (item: Item) => boolean, limit = defaultLimit, since = 0): Promise<Item> {
    const there = this.items.slice(since).find(matches);
    if (there !== undefined) return Promise.resolve(there);
    const { promise, resolve, reject } = Promise.withResolvers<Item>();
    const waiting: Waiting<Item> = {
      matches,
      found: (item) => {
        clearTimeout(timer);
        resolve(item);
      },
    };
    const timer = setTimeout(() => {
      this.#waiting = this.#waiting.filter((other) => other !== waiting);
      const last = this.items.slice(-told).map((item) => JSON.stringify(item));
      reject(new Error(`What was waited for did not come within ${limit} ms. The last that did:\n${last.join('\n')}`));
    }, limit);
    this.#waiting = [...this.#waiting, waiting];
    return promise;
  }
}
