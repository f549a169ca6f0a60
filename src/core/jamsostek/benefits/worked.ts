import { type FigureKey, figure } from '../figures/figures.ts';
import type { Day } from '../month.ts';

/** What a calculation can lack: a figure, or a table that is too long to be one. */
export type Lacking = FigureKey | 'bpu.brackets' | 'tax.article_17';

/**
 * What a calculation comes to. Where a figure is not known for the day, there is no result, not even in part: `lacking`
 * names the figure, so that one can say which is not out yet.
 */
export type Worked<Value> =
  | { readonly known: true; readonly value: Value }
  | { readonly known: false; readonly lacking: Lacking };

/** A figure as it holds on the day that is worked out for, or on another one. */
export type FigureOf = (key: FigureKey, on?: Day) => number;

/**
 * Works something out with the figures of a day. The first one that is not known ends the work.
 *
 * @example worked(day, (of) => percentOf(wage, of('jht.rate_worker')))
 */
export function worked<Value>(day: Day, work: (of: FigureOf) => Value): Worked<Value> {
  try {
    return { known: true, value: work((key, on = day) => figure(key, on) ?? lack(key)) };
  } catch (error) {
    if (error instanceof Lack) return { known: false, lacking: error.lacking };
    throw error;
  }
}

/** Inside `worked`: the result of another calculation. */
export function given<Value>(result: Worked<Value>): Value {
  return result.known ? result.value : lack(result.lacking);
}

/** Inside `worked`: ends the work, because this is not known. */
export function lack(lacking: Lacking): never {
  throw new Lack(lacking);
}

/** Never leaves this file's `worked`. */
class Lack extends Error {
  readonly lacking: Lacking;

  constructor(lacking: Lacking) {
    super(`${lacking} is not known for that day`);
    this.lacking = lacking;
  }
}
