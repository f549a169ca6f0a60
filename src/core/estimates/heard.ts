import type { Day } from '../jamsostek/month.ts';
import type { Entities } from '../understanding/entities.ts';
import { calculators } from './calculators.ts';
import { type Given, givenSchema, type NumberField, numberFieldNames, numberFields, within } from './fields.ts';
import { fillers } from './fillers.ts';
import type { EstimateKind } from './kind.ts';
import { quantitiesIn } from './quantities.ts';
import type { Said } from './said.ts';
import { factsIn, numbersIn } from './values.ts';

/** What a text adds to what is known. */
export interface Heard {
  /** What was known before and what is new, the new instead of the old. */
  readonly given: Given;
  /** A number that cannot be meant. */
  readonly wrong: { readonly field: NumberField; readonly value: number } | null;
  /** There was anything of use in it. */
  readonly anything: boolean;
}

/** What stands against what: who says the one no longer means the other. */
const instead: readonly (readonly [said: NumberField, forgotten: readonly NumberField[]])[] = [
  ['wage', ['contribution']],
  ['contribution', ['wage']],
  ['age', ['months']],
  ['untilAge', ['months']],
  ['paid', ['months']],
  ['more', ['months']],
];

/** Reads a text as an answer to what was asked, as a change, or as all that is needed at once. */
export function heardIn(
  said: Said,
  entities: Entities,
  {
    kind,
    asks,
    before,
    today,
  }: { readonly kind: EstimateKind; readonly asks: NumberField | null; readonly before: Given; readonly today: Day },
): Heard {
  const { meant, ...known } = before;
  const { meanings } = calculators[kind];
  const read = { ...numbersIn(said, asks, meanings, today), ...nothingIn(said, kind, asks) };
  if (meant !== undefined && entities.answer === 'yes' && asks !== null) read[asks] = meant;
  const named = numberFieldNames.flatMap((field) => {
    const value = read[field];
    return value === undefined ? [] : [[field, value] as const];
  });
  const wrong = named.find(([field, value]) => !within(field, value));
  const right = named.filter(([field, value]) => within(field, value));
  const fresh = new Set(right.map(([field]) => field));
  const forgotten = new Set(instead.flatMap(([field, others]) => (fresh.has(field) ? others : [])));
  const kept = Object.entries(known).filter(([field]) => ![...forgotten].some((each) => each === field));
  const guess = named.length === 0 ? meantIn(said, asks) : undefined;
  const facts = factsOf(kind, said, entities, today);
  return {
    given: givenSchema.parse({
      ...Object.fromEntries(kept),
      ...Object.fromEntries(right),
      ...facts,
      ...(guess !== undefined && { meant: guess }),
    }),
    wrong: wrong ? { field: wrong[0], value: wrong[1] } : null,
    anything: named.length > 0 || guess !== undefined || Object.keys(facts).length > 0,
  };
}

/** "Belum", "ga ada": nothing of what was asked, where that is an answer. */
function nothingIn(said: Said, kind: EstimateKind, asks: NumberField | null): Partial<Record<NumberField, number>> {
  if (kind === 'jht' && said.has('not_working')) return { wage: 0 };
  if (!said.isAll('none', fillers)) return {};
  if (asks === 'wage' && kind === 'jht') return { wage: 0 };
  if (asks === 'balance' && kind === 'jht') return { balance: 0 };
  return asks === 'children' ? { children: 0 } : {};
}

/** "6" for a wage is neither six rupiah nor certainly six million: it is asked back. */
function meantIn(said: Said, asks: NumberField | null): number | undefined {
  const [only, ...others] = quantitiesIn(said);
  if (only?.unit !== 'none' || others.length > 0 || asks === null || numberFields[asks].unit !== 'money')
    return undefined;
  const million = only.value * 1_000_000;
  const guess = Math.round(only.value < 1000 && within(asks, Math.round(million)) ? million : only.value * 1000);
  return guess > 0 && within(asks, guess) ? guess : undefined;
}

function factsOf(kind: EstimateKind, said: Said, entities: Entities, today: Day): Partial<Given> {
  const { transport, withJht, bpu, accident, month } = factsIn(said, entities, today);
  switch (kind) {
    case 'bpu':
      return { ...(transport !== undefined && { transport }), ...(withJht !== undefined && { withJht }) };
    case 'jkm':
      return bpu === true ? { bpu } : {};
    case 'jkk':
      return accident ? { accident } : {};
    case 'payslip':
      return month ? { month } : {};
    case 'jht':
    case 'payout':
    case 'jp':
    case 'jkp':
      return {};
  }
}
