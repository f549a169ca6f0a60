/**
 * Looks the example phrases over: `npm run phrases` prints each phrase that something is wrong with, and what. Phrases that
 * stand twice, that measure nothing because they are in the evaluation, too, that hold somebody's number, or that say the
 * same for two intents; and intents with too few of them.
 */

import { type Language, languages } from '../src/core/language.ts';
import { classes } from '../src/core/understanding/classes.ts';
import { entitiesIn } from '../src/core/understanding/entities.ts';
import { featuresOf } from '../src/core/understanding/features.ts';
import { matchCap } from '../src/core/understanding/text.ts';
import { readWords, standardOf } from '../src/core/understanding/words.ts';
import { phrasebook } from '../src/locales/index.ts';
import { evaluation, inContext, negations, twoQuestions } from '../tests/core/understanding/evaluation.ts';

/** Something that is wrong with the phrases of an intent in one language. */
export interface Finding {
  readonly intent: Class;
  readonly language: Language;
  /** As it stands in `phrases.json`; null when all of them are meant. */
  readonly phrase: string | null;
  readonly wrong: string;
}

/** The phrases of everything that members ask for, by language. */
export type Phrases = Record<Language, Record<Class, readonly string[]>>;

type Class = (typeof classes)[number];

interface Phrase {
  readonly intent: Class;
  readonly language: Language;
  readonly text: string;
  /** As the classifier reads it. */
  readonly words: readonly string[];
  readonly standard: string;
}

const fewest = 40;
/** What most members come for. */
const mostUsed: ReadonlySet<Class> = new Set<Class>([
  'balance',
  'contributions',
  'contribution_check',
  'claim_howto',
  'claim_submit',
  'claim_status',
  'member_number',
  'digital_card',
  'card_lost',
  'program_info',
  'office',
  'call_center',
]);
const fewestOfMostUsed = 60;
/**
 * Two phrases of different intents are too close from this cosine on (of their features, the rarer the heavier): found by
 * looking at what lies above and below.
 */
const tooClose = 0.8;

/** Everything that is wrong with these phrases, measured against these texts of the evaluation. */
export function lint(
  book: Phrases = phrasebook.phrases,
  measured: readonly string[] = [...evaluation(), ...inContext(), ...negations(), ...twoQuestions()].map(
    ({ text }) => text,
  ),
): Finding[] {
  const phrases = languages.flatMap((language) =>
    classes.flatMap((intent) => book[language][intent].map((text) => read(intent, language, text))),
  );
  return [
    ...tooFew(book),
    ...phrases.flatMap(wrongInItself),
    ...repeated(phrases),
    ...inEvaluation(phrases, measured),
    ...twins(phrases),
  ];
}

function read(intent: Class, language: Language, text: string): Phrase {
  const words = standardOf(readWords(text));
  return { intent, language, text, words, standard: words.join(' ') };
}

function finding({ intent, language, text }: Phrase, wrong: string): Finding {
  return { intent, language, phrase: text, wrong };
}

function tooFew(book: Phrases): Finding[] {
  return languages.flatMap((language) =>
    classes.flatMap((intent) => {
      const count = new Set(book[language][intent]).size;
      const needed = mostUsed.has(intent) ? fewestOfMostUsed : fewest;
      return count < needed ? [{ intent, language, phrase: null, wrong: `has ${count} phrases, of ${needed}` }] : [];
    }),
  );
}

function wrongInItself(phrase: Phrase): Finding[] {
  const { nik, kpj, phone } = entitiesIn(phrase.text);
  return [
    ...(phrase.standard === '' ? [finding(phrase, 'has no words')] : []),
    ...(phrase.text.length > matchCap
      ? [finding(phrase, `is longer than the ${matchCap} characters that are read`)]
      : []),
    ...(nik !== undefined ? [finding(phrase, 'holds what looks like a NIK')] : []),
    ...(kpj !== undefined ? [finding(phrase, 'holds what looks like a KPJ')] : []),
    ...(phone !== undefined ? [finding(phrase, 'holds what looks like a phone number')] : []),
  ];
}

function repeated(phrases: readonly Phrase[]): Finding[] {
  const seen = new Map<string, Phrase>();
  return phrases.flatMap((phrase) => {
    const first = seen.get(phrase.standard);
    if (first) return [finding(phrase, `is read as ${named(first)}`)];
    seen.set(phrase.standard, phrase);
    return [];
  });
}

function inEvaluation(phrases: readonly Phrase[], measured: readonly string[]): Finding[] {
  const texts = new Set(measured.map((text) => standardOf(readWords(text)).join(' ')));
  return phrases.filter(({ standard }) => texts.has(standard)).map((phrase) => finding(phrase, 'is in the evaluation'));
}

/** A phrase as a line of length 1, its rarest feature first. */
interface Direction {
  readonly phrase: Phrase;
  readonly weights: ReadonlyMap<number, number>;
  /** Two phrases that are too close share one of these: what is left of either is too little to make them so. */
  readonly telling: readonly number[];
}

/** The phrases that are too close to one of another intent, each with the closest; phrases read the same are told as such. */
function twins(phrases: readonly Phrase[]): Finding[] {
  const before = new Map<number, Direction[]>();
  return directionsOf(phrases).flatMap((direction) => {
    const others = new Set(direction.telling.flatMap((feature) => before.get(feature) ?? []));
    for (const feature of direction.telling) {
      const known = before.get(feature);
      if (known) known.push(direction);
      else before.set(feature, [direction]);
    }
    const { phrase } = direction;
    const [closest] = [...others]
      .filter((other) => other.phrase.intent !== phrase.intent && other.phrase.standard !== phrase.standard)
      .map((other) => ({ other: other.phrase, cosine: cosine(direction, other) }))
      .filter((pair) => pair.cosine >= tooClose)
      .sort((a, b) => b.cosine - a.cosine);
    return closest ? [finding(phrase, `is close (${closest.cosine.toFixed(2)}) to ${named(closest.other)}`)] : [];
  });
}

function directionsOf(phrases: readonly Phrase[]): Direction[] {
  const all = phrases.map((phrase) => ({ phrase, features: featuresOf(phrase.words) }));
  const holders = new Map<number, number>();
  for (const { features } of all) {
    for (const feature of features.keys()) holders.set(feature, (holders.get(feature) ?? 0) + 1);
  }
  const rarity = (feature: number) => Math.log(1 + all.length / (holders.get(feature) ?? 1));
  return all.map(({ phrase, features }) => {
    const weighed = [...features].map(([feature, weight]): [number, number] => [feature, weight * rarity(feature)]);
    const length = Math.hypot(...weighed.map(([, weight]) => weight)) || 1;
    const sorted = weighed
      .map(([feature, weight]): [number, number] => [feature, weight / length])
      .sort(([a], [b]) => (holders.get(a) ?? 0) - (holders.get(b) ?? 0) || a - b);
    const telling: number[] = [];
    let left = 1;
    for (const [feature, weight] of sorted) {
      if (left < tooClose * tooClose) break;
      telling.push(feature);
      left -= weight * weight;
    }
    return { phrase, weights: new Map(sorted), telling };
  });
}

function cosine(a: Direction, b: Direction): number {
  let sum = 0;
  for (const [feature, weight] of a.weights) sum += weight * (b.weights.get(feature) ?? 0);
  return sum;
}

function named({ intent, language, text }: Phrase): string {
  return `"${text}" (${intent}, ${language})`;
}

if (import.meta.main) {
  const findings = lint();
  for (const { intent, language, phrase, wrong } of findings) {
    process.stdout.write(`${intent} (${language})${phrase === null ? '' : ` "${phrase}"`} ${wrong}\n`);
  }
  process.exitCode = findings.length > 0 ? 1 : 0;
}
