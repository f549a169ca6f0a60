import { figure } from '../jamsostek/figures/figures.ts';
import { type Day, monthSchema } from '../jamsostek/month.ts';
import type { Entities } from '../understanding/entities.ts';
import type { Given, NumberField } from './fields.ts';
import { numberFields } from './fields.ts';
import { type Quantity, quantitiesIn } from './quantities.ts';
import type { Cue, Said } from './said.ts';

/** What the numbers of a kind of estimate are, where the text itself does not say. */
export interface Meanings {
  /** An amount. */
  readonly main: NumberField | null;
  /** A length of time that is just named, that has gone by ("sudah"), and that is to come ("lagi"). */
  readonly length: {
    readonly plain: NumberField | null;
    readonly past: NumberField | null;
    readonly ahead: NumberField | null;
  };
  /** What each cue beside an amount makes of it; others are not heard. */
  readonly cues: Readonly<Partial<Record<'wage' | 'balance' | 'deducted' | 'contribution', NumberField>>>;
  /** A percentage. */
  readonly percent: NumberField | null;
}

/** The numbers that a text names, by what they count; nothing is checked yet. */
type Numbers = Readonly<Partial<Record<NumberField, number>>>;

/** What else a text names. */
type Facts = Pick<Given, 'transport' | 'withJht' | 'bpu' | 'accident' | 'month'>;

const moneyCues = ['wage', 'balance', 'deducted', 'contribution'] as const;
/** A cue that stands further from an amount than so many words is about something else. */
const farthest = 6;
/** Nobody is asked whether they go on until they are younger than this. */
const leastUntil = 40;

/** The numbers of a text: each goes to the cue beside it, else to what was asked, else to what is meant most. */
export function numbersIn(said: Said, asks: NumberField | null, meanings: Meanings, today: Day): Numbers {
  const quantities = quantitiesIn(said);
  const numbers: Partial<Record<NumberField, number>> = {};
  for (const quantity of quantities) {
    const field = fieldOf(said, quantity, asks, meanings, numbers, today);
    if (field === null) continue;
    const inYears = numberFields[field].unit === 'age' && quantity.unit === 'months';
    if (quantity.unit === 'year') numbers[field] = 12 * (quantity.value - Number(today.slice(0, 4)));
    else numbers[field] = inYears ? Math.round(quantity.value / 12) : quantity.value;
  }
  const amounts = quantities.filter(({ unit }) => unit === 'money');
  const [only] = quantities;
  if (quantities.length === 1 && only?.unit === 'none' && asks !== null && Object.keys(numbers).length === 0) {
    const years = ['months', 'paid', 'more', 'member'].includes(asks);
    if (numberFields[asks].unit !== 'money') numbers[asks] = Math.round(years ? 12 * only.value : only.value);
    if (numberFields[asks].unit === 'percent') numbers[asks] = only.value;
  }
  return { ...numbers, ...moneyFields(said, amounts, asks, meanings) };
}

function fieldOf(
  said: Said,
  quantity: Quantity,
  asks: NumberField | null,
  { length, percent, main }: Meanings,
  numbers: Numbers,
  today: Day,
): NumberField | null {
  const { unit, value, from, to } = quantity;
  if (unit === 'children') return 'children';
  if (unit === 'percent') {
    const nearest = nearestCue(said, quantity, ['raise', 'growth']);
    if (nearest === 'raise') return 'raise';
    return nearest === 'growth' ? 'rate' : asks === 'raise' ? 'raise' : percent;
  }
  if (unit === 'year') return value > Number(today.slice(0, 4)) ? (length.ahead ?? length.plain) : null;
  if (unit !== 'months' && unit !== 'none') return null;
  const years = unit === 'months' ? Math.round(value / 12) : value;
  if (said.before('age', from, 2) || said.after('old', to, 1)) {
    const until = said.before('until', from, 4) || years >= (figure('jht.age', today) ?? Number.POSITIVE_INFINITY);
    return (until && length.ahead === 'months') || numbers.age !== undefined ? 'untilAge' : 'age';
  }
  if (unit === 'none') return years >= leastUntil && said.before('until', from, 1) && main ? 'untilAge' : null;
  if (asks === 'age' || asks === 'untilAge') return asks;
  if (said.at('more', to) || said.after('more', to, 2) || said.before('more', from, 1)) return length.ahead;
  return said.before('so_far', from, 3) ? length.past : length.plain;
}

/** Which of some cues stands nearest to a quantity; before it rather than after. */
function nearestCue<Name extends Cue>(said: Said, { from, to }: Quantity, cues: readonly Name[]): Name | null {
  for (let distance = 1; distance <= farthest; distance += 1) {
    const found = cues.find((cue) => said.at(cue, from - distance)) ?? cues.find((cue) => said.at(cue, to + distance));
    if (found) return found;
  }
  return null;
}

interface Pair {
  readonly amount: Quantity;
  readonly field: NumberField;
  /** Where the cue stands. */
  readonly cue: number;
  readonly distance: number;
}

function moneyFields(
  said: Said,
  amounts: readonly Quantity[],
  asks: NumberField | null,
  { main, cues }: Meanings,
): Numbers {
  const numbers: Partial<Record<NumberField, number>> = {};
  const left = new Set(amounts);
  const usedCues = new Set<number>();
  for (const { amount, field, cue } of pairsOf(said, amounts, cues)) {
    if (!left.has(amount) || usedCues.has(cue) || numbers[field] !== undefined) continue;
    numbers[field] = amount.value;
    left.delete(amount);
    usedCues.add(cue);
  }
  const asked = asks !== null && numberFields[asks].unit === 'money' ? asks : null;
  const usual = asked ?? main;
  for (const amount of left) {
    // "Bukan 6 juta tapi 7 juta", "naik dari 5 juta jadi 6 juta": the last one is meant.
    const instead = said.before('becomes', amount.from, 1);
    if (usual === 'wage' && cues.deducted && numbers.wage !== undefined && !instead) numbers.deducted ??= amount.value;
    else if (usual !== null && (numbers[usual] === undefined || instead)) numbers[usual] = amount.value;
  }
  const { wage, deducted } = numbers;
  // Of two amounts on a pay slip, the smaller is what is taken off.
  if (wage !== undefined && deducted !== undefined && deducted > wage) {
    return { ...numbers, wage: deducted, deducted: wage };
  }
  return numbers;
}

/** Each amount with each cue near it, nearest first, and before the amount rather than after it. */
function pairsOf(said: Said, amounts: readonly Quantity[], cues: Meanings['cues']): readonly Pair[] {
  return amounts
    .flatMap((amount) =>
      said.tokens.flatMap((_, cue): Pair[] => {
        const distance = cue < amount.from ? amount.from - cue : cue - amount.to + 0.5;
        if (distance > farthest || (cue >= amount.from && cue <= amount.to)) return [];
        const name = moneyCues.find((each) => cues[each] && said.at(each, cue));
        const field = name && cues[name];
        return field ? [{ amount, field, cue, distance }] : [];
      }),
    )
    .toSorted((a, b) => a.distance - b.distance);
}

/** What a text says beside numbers. */
export function factsIn(said: Said, entities: Entities, today: Day): Facts {
  const denied = (cue: Cue) => said.tokens.some((_, at) => said.at(cue, at) && said.before('without', at, 2));
  const transport = said.has('transport') ? !denied('transport') : said.has('other_work') ? false : undefined;
  const accidents = (['death', 'disability', 'off_work'] as const).filter((each) => said.has(each));
  const [accident] = accidents;
  const { month, year } = entities;
  const thisYear = Number(today.slice(0, 4));
  const ofYear = year ?? (month !== undefined && month > Number(today.slice(5, 7)) ? thisYear - 1 : thisYear);
  return {
    ...(transport !== undefined && { transport }),
    ...(said.has('jht') && { withJht: !denied('jht') }),
    ...((said.has('bpu') || transport !== undefined) && { bpu: true }),
    ...(accident && accidents.length === 1 && { accident }),
    ...(month !== undefined && { month: monthSchema.parse(`${ofYear}-${String(month).padStart(2, '0')}`) }),
  };
}
