import type { Day } from '../jamsostek/month.ts';
import type { Language } from '../language.ts';
import { type Features, featuresOf } from './features.ts';
import { readWords, standardOf } from './words.ts';

/** A masked text that was not understood, and how often. */
export interface MissedText {
  readonly text: string;
  readonly language: Language;
  /** The last day on which it came. */
  readonly newest: Day;
  readonly times: number;
}

/** Texts that say much the same. */
export interface MissedGroup {
  readonly times: number;
  readonly newest: Day;
  /** What came most often first. */
  readonly texts: readonly MissedText[];
}

/** From this cosine on two texts are taken to say much the same; found by trying on the texts of the evaluation. */
const alike = 0.4;

/** A text as its features, and how long they are together. */
interface Shape {
  readonly features: Features;
  readonly length: number;
}

/**
 * Texts in groups of those that say much the same, the group that came most often first. A text joins the group whose
 * first text it is most like. What is masked does not count, and texts in which all is masked are one group.
 */
export function groupsOf(missed: readonly MissedText[]): MissedGroup[] {
  const groups: { readonly shape: Shape; readonly texts: [MissedText, ...MissedText[]] }[] = [];
  for (const text of missed.toSorted((a, b) => b.times - a.times)) {
    const shape = shapeOf(text.text);
    let [nearest, most] = [groups[0], -1];
    for (const group of groups) {
      const likeness = cosine(shape, group.shape);
      if (likeness > most) [nearest, most] = [group, likeness];
    }
    if (nearest && most >= alike) nearest.texts.push(text);
    else groups.push({ shape, texts: [text] });
  }
  return groups
    .map(({ texts }) => ({
      times: texts.reduce((sum, { times }) => sum + times, 0),
      newest: texts.reduce((newest, text) => (text.newest > newest ? text.newest : newest), texts[0].newest),
      texts,
    }))
    .sort((a, b) => b.times - a.times);
}

function shapeOf(text: string): Shape {
  // The signs that mask are no words.
  const features = featuresOf(standardOf(readWords(text)));
  return { features, length: Math.sqrt(features.values().reduce((sum, weight) => sum + weight * weight, 0)) };
}

/** How much two texts have in common: 1 for the same, and for two of which nothing is known; 0 for nothing. */
function cosine(a: Shape, b: Shape): number {
  if (a.length === 0 || b.length === 0) return a.length === b.length ? 1 : 0;
  let product = 0;
  for (const [feature, weight] of a.features) product += weight * (b.features.get(feature) ?? 0);
  return product / (a.length * b.length);
}
