import { phrasebook } from '../../locales/index.ts';
import { type Language, languages } from '../language.ts';
import { type Classifier, classifierOf, type Example, train, type Weights } from '../understanding/classifier.ts';
import { clausesOf, withoutCourtesies } from '../understanding/clauses.ts';
import { type Features, featuresOf } from '../understanding/features.ts';
import type { Intent } from '../understanding/intents.ts';
import { readWords, standardOf, type Word } from '../understanding/words.ts';
import { type Article, withoutFigures } from './article.ts';
import { type ArticleId, articleIds, articleNamed } from './articles.ts';

/** An article, and how probable it is that a question is about it. */
export interface ArticleReading {
  readonly id: ArticleId;
  readonly confidence: number;
}

/** The likeliest articles for a question, likeliest first. */
export type ArticleReader = (words: readonly Word[]) => readonly ArticleReading[];

/** What is no article's: it is here so that not everything is taken for one. */
const withoutArticles = [
  'balance',
  'contributions',
  'office',
  'simulate',
  'greet',
  'menu',
  'thanks',
  'bye',
  'language',
  'agent',
  'logout',
  'out_of_scope',
] as const satisfies readonly Intent[];
const none = articleIds.length;
/** Of their phrases every fourth is enough to tell, and takes a fourth of the time. */
const everySo = 4;
/** Shorter pieces of a text ("1) ...") say nothing. */
const shortest = 15;
const kept = 8;
/** A clause of fewer words asks nothing, and one clause is not all that was said. */
const shortestClause = 4;
const ofClause = 0.8;
/** Features of fewer texts than this tell nothing about others, and the third time tells nothing that two did not; without them training takes half the time and a fourth of the memory. */
const fewest = 6;
const times = 2;

/** Trains a classifier whose classes are the articles, on how members ask for them and on what they say. Takes some seconds. */
export function learnArticles(): Weights {
  return train(examples(), none + 1, { fewest, times });
}

/** Tells which articles a question may be about. */
export function articleReader(weights: Weights): ArticleReader {
  const classify: Classifier = classifierOf(weights, 1);
  return (words) => {
    const whole = classify(featuresOfQuestion(words));
    // In a long story one clause asks, and the others are beside the point.
    const clauses = clausesOf(words)
      .filter(({ length }) => length >= shortestClause)
      .map((clause) => classify(featuresOfQuestion(clause)));
    return articleIds
      .map((id, place) => ({
        id,
        confidence: Math.max(whole[place] ?? 0, ...clauses.map((chances) => ofClause * (chances[place] ?? 0))),
      }))
      .sort((one, other) => other.confidence - one.confidence)
      .slice(0, kept);
  };
}

function* examples(): Generator<Example> {
  for (const language of languages) {
    for (const [place, id] of articleIds.entries()) {
      for (const text of textsOf(articleNamed(id, language))) yield { features: featuresIn(text), class: place };
    }
    for (const text of notOurs(language)) yield { features: featuresIn(text), class: none };
  }
}

function textsOf({ label, questions, paragraphs }: Article): string[] {
  const sentences = paragraphs.flatMap((paragraph) => withoutFigures(paragraph).split(/[.?!]\s|\n/));
  return [label, ...questions, ...sentences.filter((sentence) => sentence.length > shortest)];
}

function notOurs(language: Language): string[] {
  return withoutArticles
    .flatMap((intent) => phrasebook.phrases[language][intent])
    .filter((_, position) => position % everySo === 0);
}

function featuresIn(text: string): Features {
  return featuresOfQuestion(readWords(text));
}

/** Without greetings and thanks: they are in every kind of question. */
function featuresOfQuestion(words: readonly Word[]): Features {
  const meant = withoutCourtesies(words);
  return featuresOf(standardOf(meant.length > 0 ? meant : words));
}
