import type { Clock } from '../../core/services.ts';
import { day } from '../../core/time.ts';
import type { Keep } from '../owning.ts';

/** The names of all tables of this kind that there may be. */
const indexTable = 'days';

/**
 * What is worth keeping for a day or two: each day has tables of its own, today's and yesterday's are read, and older
 * ones are taken away when the day changes.
 */
export class DayTables {
  readonly #keep: Keep;
  readonly #clock: Clock;
  #swept = -1;

  constructor(keep: Keep, clock: Clock) {
    this.#keep = keep;
    this.#clock = clock;
  }

  /** What was written last under this name and key, today or yesterday. */
  async read(name: string, key: string): Promise<string | null> {
    const today = this.#today();
    const [fromToday] = await this.#keep.read(tableOf(name, today), [key]);
    if (typeof fromToday === 'string') return fromToday;
    const [fromYesterday] = await this.#keep.read(tableOf(name, today - 1), [key]);
    return fromYesterday ?? null;
  }

  async write(name: string, key: string, value: string | null): Promise<void> {
    const today = this.#today();
    if (this.#swept !== today) await this.#sweep(today);
    const table = tableOf(name, today);
    const gone = value === null ? [{ table: tableOf(name, today - 1), key, value: null }] : [];
    await this.#keep.write([{ table, key, value }, { table: indexTable, key: table, value: String(today) }, ...gone]);
  }

  async #sweep(today: number): Promise<void> {
    for (const [table, since] of await this.#keep.all(indexTable)) {
      if (Number(since) >= today - 1) continue;
      const keys = [...(await this.#keep.all(table)).keys()];
      const changes = keys.map((key) => ({ table, key, value: null }));
      await this.#keep.write([...changes, { table: indexTable, key: table, value: null }]);
    }
    this.#swept = today;
  }

  #today(): number {
    return Math.floor(this.#clock.now() / day);
  }
}

function tableOf(name: string, today: number): string {
  return `${name}-${today}`;
}
