import { names } from '../../locales/index.ts';
import { amountsIn } from '../understanding/amounts.ts';
import type { Said } from './said.ts';

/** A number in a text: what it is written as, and the tokens that it stands in. */
export interface Quantity {
  readonly unit: 'money' | 'percent' | 'months' | 'year' | 'children' | 'none';
  /** Rupiah, percent, months, or the number itself. */
  readonly value: number;
  readonly from: number;
  readonly to: number;
}

const numerals = new Set([
  ...Object.values(names.numerals).flat(),
  ...Object.entries(names.scales).flatMap(([scale, words]) => (Number(scale) < 1000 ? words : [])),
  'belas',
]);
const scales = new Set(Object.values(names.scales).flat());
const most = 1_000_000;
const currencies = new Set(['rp', 'idr']);

/** All numbers of a text, in their order. */
export function quantitiesIn(said: Said): readonly Quantity[] {
  const amounts = moneyIn(said);
  const found: Quantity[] = [...amounts];
  const taken = (index: number) => amounts.some(({ from, to }) => index >= from && index <= to);
  let index = 0;
  while (index < said.tokens.length) {
    const quantity = taken(index) ? null : numberAt(said, index, taken);
    if (quantity) found.push(quantity);
    index = quantity ? quantity.to + 1 : index + 1;
  }
  return found.toSorted((a, b) => a.from - b.from);
}

/**
 * The amounts that {@link amountsIn} finds, with their places: an amount ends where more of the text no longer changes it.
 */
function moneyIn(said: Said): Quantity[] {
  const all = amountsIn(said.plain);
  if (all.length === 0) return [];
  const grown = said.tokens.map(({ end }) => amountsIn(said.plain.slice(0, end)));
  const found: Quantity[] = [];
  for (const [position, value] of all.entries()) {
    const first = grown.findIndex((amounts) => amounts.length > position);
    const to = Math.max(first, grown.findLastIndex((amounts) => amounts[position] !== value) + 1);
    const free = (found.at(-1)?.to ?? -1) + 1;
    let from = Math.max(first, free);
    while (from > free && isNumber(said, from - 1)) from -= 1;
    found.push({ unit: 'money', value, from, to: Math.min(to, said.tokens.length - 1) });
  }
  return found;
}

function isNumber(said: Said, index: number): boolean {
  const written = said.tokens[index]?.written ?? '';
  return /^\d/.test(written) || [numerals, scales, currencies].some((words) => words.has(written));
}

function numberAt(said: Said, index: number, taken: (index: number) => boolean): Quantity | null {
  const written = said.tokens[index]?.written ?? '';
  if (said.at('one_year', index) && !said.before('percent', index, 1)) {
    return said.before('per', index, 1) ? null : { unit: 'months', value: 12, from: index, to: index };
  }
  let to = index;
  let value: number;
  if (/^\d/.test(written)) {
    const amount = bareRupiah(written);
    if (amount !== null && !said.at('percent', index + 1)) return { unit: 'money', value: amount, from: index, to };
    value = Number(written.replace(',', '.'));
  } else {
    while (numerals.has(said.tokens[to]?.written ?? '') && !taken(to)) to += 1;
    if (to === index) return null;
    to -= 1;
    // What counts thousands counts ones, too.
    const words = said.tokens.slice(index, to + 1).map(({ written }) => written);
    value = (amountsIn(`${words.join(' ')} ribu`)[0] ?? Number.NaN) / 1000;
  }
  // Longer ones are somebody's number, not a number of anything.
  return value < most ? withUnit(said, value, index, to) : null;
}

function withUnit(said: Said, value: number, from: number, to: number): Quantity {
  // "20 more years"
  const next = said.at('more', to + 1) ? to + 2 : to + 1;
  if (said.at('percent', to + 1)) return { unit: 'percent', value, from, to: to + 1 };
  if (said.at('years', next)) return { unit: 'months', value: Math.round(value * 12), from, to: next };
  if (said.at('months', next)) return { unit: 'months', value: Math.round(value), from, to: next };
  if (said.at('children', to + 1) || said.at('children', from - 1)) return { unit: 'children', value, from, to };
  const year = /^20[2-9]\d$/.test(said.tokens[from]?.written ?? '');
  return { unit: year ? 'year' : 'none', value, from, to };
}

/** A number without any word that is as long as money is here: `180000`, `180.000`, `5396761`; null when it is not. */
function bareRupiah(written: string): number | null {
  if (/^[1-9]\d{1,2}[.,]\d{3}$/.test(written)) return Number(written.replace(/[.,]/, ''));
  return /^[1-9]\d{6,8}$|^[1-9]\d{2,3}00$/.test(written) ? Number(written) : null;
}
