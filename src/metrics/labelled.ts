/** Values of one label at most; beyond that all are `other`. Far above the channels, states and intents there are. */
export const mostValues = 60;

/**
 * What is counted by the values of one label: each value's own counter, found without building a label each time, which
 * is made when its value first comes up.
 */
export class Labelled<Child> {
  readonly #children = new Map<string, Child>();
  readonly #make: (value: string) => Child;

  /** `known` values are there from the start. */
  constructor(make: (value: string) => Child, known: readonly string[] = []) {
    this.#make = make;
    for (const value of known) this.of(value);
  }

  of(value: string): Child {
    const made = this.#children.get(value);
    if (made !== undefined) return made;
    if (this.#children.size >= mostValues && value !== 'other') return this.of('other');
    const child = this.#make(value);
    this.#children.set(value, child);
    return child;
  }
}
