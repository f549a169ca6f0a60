import { phrasebook } from '../../locales/index.ts';
import type { Language } from '../language.ts';
import { languages } from '../language.ts';
import { type Intent, intents } from './intents.ts';
import { wordsOf } from './text.ts';
import { sureEnough, type Understand, type Understanding } from './understand.ts';
import { standardWords } from './words.ts';

const courtesies: ReadonlySet<Intent> = new Set(['greet', 'thanks']);

/**
 * Understanding by examples: a text means what the most similar example phrase of `locales` (`phrases.json`) means.
 * Similarity is the cosine between weighted bags of words, neighbouring word pairs and letter triples, so that typos
 * and other endings still match; the rarer a feature is among the examples, the more it weighs.
 */
export function understandByExamples(): Understand {
  const examples: { intent: Intent; features: Map<string, number> }[] = [];
  for (const language of languages) {
    for (const intent of intents) {
      for (const phrase of phrasebook.phrases[language][intent] ?? []) {
        examples.push({ intent, features: featuresOf(standardWords(phrase)) });
      }
    }
  }
  const holders = new Map<string, number>();
  for (const { features } of examples) {
    for (const feature of features.keys()) holders.set(feature, (holders.get(feature) ?? 0) + 1);
  }
  const rarities = new Map([...holders].map(([feature, count]) => [feature, Math.log(1 + examples.length / count)]));
  const unheardOf = Math.log(1 + examples.length * 2);
  const rarity = (feature: string) => rarities.get(feature) ?? unheardOf;

  const index = new Map<string, { example: number; weight: number }[]>();
  examples.forEach(({ features }, example) => {
    const length = lengthOf(features, rarity);
    for (const [feature, count] of features) {
      const entry = { example, weight: (count * rarity(feature)) / length };
      const entries = index.get(feature);
      if (entries) entries.push(entry);
      else index.set(feature, [entry]);
    }
  });

  const languageOf = languageVote();
  const similarity = new Float64Array(examples.length);
  const intentOf = Uint8Array.from(examples, ({ intent }) => intents.indexOf(intent));
  const best = new Float64Array(intents.length);

  return (text) => {
    const language = languageOf(wordsOf(text));
    const features = featuresOf(standardWords(text));
    similarity.fill(0);
    best.fill(0);
    const length = lengthOf(features, rarity);
    for (const [feature, count] of features) {
      const weight = (count * rarity(feature)) / length;
      for (const entry of index.get(feature) ?? []) {
        const value = (similarity[entry.example] ?? 0) + weight * entry.weight;
        similarity[entry.example] = value;
        const intent = intentOf[entry.example] ?? 0;
        if (value > (best[intent] ?? 0)) best[intent] = value;
      }
    }
    const readings = intents
      .map((intent, position) => ({ intent, confidence: Math.min(1, best[position] ?? 0) }))
      .filter(({ confidence }) => confidence > 0)
      .sort((a, b) => b.confidence - a.confidence);
    // A greeting or thanks in front of a question never wins over the question.
    const [polite, question] = readings;
    if (polite && question && courtesies.has(polite.intent) && question.confidence >= sureEnough) readings.shift();
    const [first, ...others] = readings;
    if (!first) return { intent: 'out_of_scope', confidence: 0, runnersUp: [], language } satisfies Understanding;
    return { ...first, runnersUp: others.slice(0, 3), language };
  };
}

function featuresOf(words: readonly string[]): Map<string, number> {
  const features = new Map<string, number>();
  const add = (feature: string, weight: number) => features.set(feature, (features.get(feature) ?? 0) + weight);
  words.forEach((word, position) => {
    // A number says nothing about what somebody wants.
    if (/^\d+$/.test(word)) return;
    add(word, 1);
    const next = words[position + 1];
    if (next !== undefined) add(`${word} ${next}`, 0.6);
    const edged = `<${word}>`;
    for (let start = 0; start + 3 <= edged.length; start += 1) add(`~${edged.slice(start, start + 3)}`, 0.25);
  });
  return features;
}

function lengthOf(features: ReadonlyMap<string, number>, rarity: (feature: string) => number): number {
  let sum = 0;
  for (const [feature, count] of features) sum += (count * rarity(feature)) ** 2;
  return Math.sqrt(sum) || 1;
}

/** Counts the words that only one language's phrases and strings use; endings decide between words nobody has seen. */
function languageVote(): (words: readonly string[]) => Language | null {
  const vocabulary = new Map<string, Language | 'both'>();
  for (const language of languages) {
    for (const word of phrasebook.vocabulary[language].flatMap((text) => wordsOf(text))) {
      const known = vocabulary.get(word);
      vocabulary.set(word, known === undefined || known === language ? language : 'both');
    }
  }
  for (const word of Object.keys(phrasebook.slang)) if (!vocabulary.has(word)) vocabulary.set(word, 'id');
  return (words) => {
    const votes: Record<Language, number> = { id: 0, en: 0 };
    for (const word of words) {
      const language = vocabulary.get(word);
      if (language === 'both') continue;
      if (language !== undefined) votes[language] += 1;
      else if (/(nya|kan|lah|kah)$/.test(word)) votes.id += 0.5;
      else if (/(ing|tion|ed|ly)$/.test(word)) votes.en += 0.5;
    }
    if (votes.id === votes.en) return null;
    return votes.id > votes.en ? 'id' : 'en';
  };
}
