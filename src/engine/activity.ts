/** Counts what is under way, and tells when nothing is. */
export class Activity {
  #underWay = 0;
  #waiting: (() => void)[] = [];

  begin(): void {
    this.#underWay += 1;
  }

  end(): void {
    this.#underWay -= 1;
    if (this.#underWay > 0) return;
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const resolve of waiting) resolve();
  }

  get busy(): boolean {
    return this.#underWay > 0;
  }

  /** Resolves as soon as nothing is under way. */
  none(): Promise<void> {
    if (this.#underWay === 0) return Promise.resolve();
    return new Promise((resolve) => this.#waiting.push(resolve));
  }
}
