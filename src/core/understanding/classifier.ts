import type { Features } from './features.ts';

/** A text that is known to belong to a class. */
export interface Example {
  readonly features: Features;
  /** From 0 on. */
  readonly class: number;
}

/** What training comes to; plain numbers, that can be kept and read again. */
export interface Weights {
  readonly classes: number;
  /** The number of each feature that the examples have; its place here is its place below. */
  readonly features: Int32Array;
  /** How much each feature tells by itself: the rarer, the more (inverse document frequency). */
  readonly rarities: Float32Array;
  /** For each feature, one weight for each class, in units of {@link unit}: a byte says it closely enough. */
  readonly weights: Int8Array;
  readonly bias: Float32Array;
}

/** How probable each class is for a text, by class; together 1. */
export type Classifier = (features: Features) => Float64Array;

/** How training goes; found by measuring on texts that were not trained on (`npm run evaluate`). */
const rounds = 3;
const rate = 0.5;
const decay = 1e-5;
/** A class whose chance is off by less than this learns nothing from an example. */
const least = 0.004;
/** An example that is read as surely as this is left out of the next round. */
const learned = 0.9;
const seed = 12_345;
/** Weights lie within -6 and 6, but for a few. */
const unit = 6 / 127;

/**
 * Softmax regression over weighted features (tf-idf, length 1), by stochastic gradient descent with AdaGrad. The same
 * examples give the same weights, to the bit: the order in which they are taken is random by a fixed seed. Features that
 * fewer than `fewest` examples have are left out, and all examples are gone through `times` times: with many classes and
 * examples, time and memory go by these.
 */
export function train(
  examples: Iterable<Example>,
  classes: number,
  { fewest = 1, times = rounds }: { readonly fewest?: number; readonly times?: number } = {},
): Weights {
  const { rows, features, rarities } = rowsOf(examples, fewest);
  const weights = new Float32Array(features.length * classes);
  const bias = new Float32Array(classes);
  const squares = new Float32Array(weights.length).fill(1e-2);
  const moving = new Int32Array(classes);
  const offs = new Float64Array(classes);
  const rests = new Uint8Array(rows.length);
  const random = randomFrom(seed);
  const order = rows.map((_, position) => position);

  /** Takes one step towards the right class; says how sure it was of it before. */
  const learn = ({ columns, values, right }: KnownRow): number => {
    const chances = softmax(scoresOf(columns, values, weights, 1, bias), 1);
    let count = 0;
    for (let at = 0; at < classes; at += 1) {
      const off = (chances[at] ?? 0) - (at === right ? 1 : 0);
      if (Math.abs(off) < least) continue;
      bias[at] = (bias[at] ?? 0) - 0.1 * rate * off;
      moving[count] = at;
      offs[count] = off;
      count += 1;
    }
    for (let entry = 0; entry < columns.length; entry += 1) {
      const base = (columns[entry] ?? 0) * classes;
      const value = values[entry] ?? 0;
      for (let at = 0; at < count; at += 1) {
        const cell = base + (moving[at] ?? 0);
        const weight = weights[cell] ?? 0;
        const gradient = (offs[at] ?? 0) * value + decay * weight;
        const sum = (squares[cell] ?? 0) + gradient * gradient;
        squares[cell] = sum;
        weights[cell] = weight - (rate * gradient) / Math.sqrt(sum);
      }
    }
    return chances[right] ?? 0;
  };

  for (let round = 0; round < times; round += 1) {
    shuffle(order, random);
    for (const position of order) {
      const row = rows[position];
      if (!row || (rests[position] ?? 0) > round) continue;
      if (learn(row) > learned) rests[position] = round + 2;
    }
  }
  return { classes, features, rarities, weights: Int8Array.from(weights, inUnits), bias };
}

function inUnits(weight: number): number {
  return Math.max(-127, Math.min(127, Math.round(weight / unit)));
}

/**
 * A classifier with these weights. `sharpness` stretches its scores so that the probabilities are true: of the texts that
 * it is 80 % sure of, 80 % are right.
 */
export function classifierOf({ features, rarities, weights, bias }: Weights, sharpness: number): Classifier {
  const placeOf = placesOf(features);
  return (text) => {
    const { columns, values } = rowOf(text, placeOf, rarities);
    return softmax(scoresOf(columns, values, weights, unit, bias), sharpness);
  };
}

/** A text as places of its features among all, and what each counts for. */
interface Row {
  readonly columns: Int32Array;
  readonly values: Float32Array;
}

/** A row whose class is known. */
interface KnownRow extends Row {
  readonly right: number;
}

/** The examples as rows. Packed one by one: as maps, the features of all would take hundreds of megabytes. */
function rowsOf(examples: Iterable<Example>, fewest: number) {
  const places = new Map<number, number>();
  const holders: number[] = [];
  const rows: KnownRow[] = [];
  for (const { features, class: right } of examples) {
    const columns = new Int32Array(features.size);
    const values = new Float32Array(features.size);
    let count = 0;
    for (const [feature, own] of features) {
      const place = places.get(feature) ?? holders.length;
      if (place === holders.length) places.set(feature, place);
      holders[place] = (holders[place] ?? 0) + 1;
      columns[count] = place;
      values[count] = own;
      count += 1;
    }
    rows.push({ columns, values, right });
  }
  const kept = holders.flatMap((count, place) => (count < fewest ? [] : [place]));
  const placeNow = new Int32Array(holders.length).fill(-1);
  for (const [now, place] of kept.entries()) placeNow[place] = now;
  const rarities = Float32Array.from(kept, (place) => Math.log(1 + rows.length / (holders[place] ?? 1)));
  const numbers = [...places.keys()];
  return {
    rows: rows.map((row) => packed(row, placeNow, rarities)),
    features: Int32Array.from(kept, (place) => numbers[place] ?? 0),
    rarities,
  };
}

/** The row in the places that its features have now; those that have none are left out. */
function packed({ columns, values, right }: KnownRow, placeNow: Int32Array, rarities: Float32Array): KnownRow {
  const stay = columns.map((place) => placeNow[place] ?? -1);
  const row = {
    columns: stay.filter((place) => place !== -1),
    values: values.filter((_, entry) => stay[entry] !== -1),
    right,
  };
  weigh(row, rarities);
  return row;
}

/** A text as a row. What the examples have no feature of counts for nothing. */
function rowOf(features: Features, placeOf: (feature: number) => number, rarities: Float32Array): Row {
  const columns = new Int32Array(features.size);
  const values = new Float32Array(features.size);
  let count = 0;
  for (const [feature, own] of features) {
    const place = placeOf(feature);
    if (place === -1) continue;
    columns[count] = place;
    values[count] = own;
    count += 1;
  }
  const row = { columns: columns.subarray(0, count), values: values.subarray(0, count) };
  weigh(row, rarities);
  return row;
}

/** Weighs the values by rarity, and brings them to length 1 together; in place. */
function weigh({ columns, values }: Row, rarities: Float32Array): void {
  let squares = 0;
  for (let entry = 0; entry < columns.length; entry += 1) {
    const value = (values[entry] ?? 0) * (rarities[columns[entry] ?? 0] ?? 0);
    values[entry] = value;
    squares += value * value;
  }
  const length = Math.sqrt(squares) || 1;
  for (let entry = 0; entry < columns.length; entry += 1) values[entry] = (values[entry] ?? 0) / length;
}

/** Finds the place of a feature among these, -1 for one that is not there: a hash table in one array, faster than a Map. */
function placesOf(features: Int32Array): (feature: number) => number {
  const bits = Math.ceil(Math.log2(features.length + 1)) + 1;
  const mask = 2 ** bits - 1;
  const table = new Int32Array(mask + 1).fill(-1);
  for (let place = 0; place < features.length; place += 1) {
    let slot = (features[place] ?? 0) & mask;
    while (table[slot] !== -1) slot = (slot + 1) & mask;
    table[slot] = place;
  }
  return (feature) => {
    let slot = feature & mask;
    for (;;) {
      const place = table[slot] ?? -1;
      if (place === -1 || features[place] === feature) return place;
      slot = (slot + 1) & mask;
    }
  };
}

function scoresOf(
  columns: Int32Array,
  values: Float32Array,
  weights: Float32Array | Int8Array,
  unit: number,
  bias: Float32Array,
): Float64Array {
  const classes = bias.length;
  const scores = Float64Array.from(bias);
  for (let entry = 0; entry < columns.length; entry += 1) {
    const base = (columns[entry] ?? 0) * classes;
    const value = (values[entry] ?? 0) * unit;
    for (let at = 0; at < classes; at += 1) scores[at] = (scores[at] ?? 0) + value * (weights[base + at] ?? 0);
  }
  return scores;
}

/** Scores as probabilities, in place. */
function softmax(scores: Float64Array, sharpness: number): Float64Array {
  let highest = Number.NEGATIVE_INFINITY;
  for (const score of scores) highest = Math.max(highest, score);
  let sum = 0;
  for (let at = 0; at < scores.length; at += 1) {
    const power = Math.exp(((scores[at] ?? 0) - highest) * sharpness);
    scores[at] = power;
    sum += power;
  }
  for (let at = 0; at < scores.length; at += 1) scores[at] = (scores[at] ?? 0) / sum;
  return scores;
}

/** Numbers from 0 to 1, the same every time (a linear congruential generator). Nothing secret hangs on it. */
function randomFrom(start: number): () => number {
  let state = start;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

function shuffle(items: number[], random: () => number): void {
  for (let last = items.length - 1; last > 0; last -= 1) {
    const other = Math.floor(random() * (last + 1));
    const kept = items[last] ?? 0;
    items[last] = items[other] ?? 0;
    items[other] = kept;
  }
}
