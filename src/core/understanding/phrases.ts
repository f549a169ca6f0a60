import { phrasebook } from '../../locales/index.ts';
import { articles } from '../knowledge/articles.ts';
import { type ArticleReading, articleReader, learnArticles } from '../knowledge/learned.ts';
import { type Language, languages } from '../language.ts';
import { classes } from './classes.ts';
import { classifierOf, type Example, train, type Weights } from './classifier.ts';
import { clausesOf, withoutCourtesies, withoutDenied } from './clauses.ts';
import { entitiesIn } from './entities.ts';
import { featuresOf } from './features.ts';
import { type Intent, intents } from './intents.ts';
import { languageTeller } from './spoken.ts';
import { type Context, type Reading, sureEnough, type Understand, type Understanding } from './understand.ts';
import { readWords, standardOf, type Word } from './words.ts';

/** Stretches the classifier's scores so that its confidence is true; `npm run evaluate` shows how true. */
const sharpness = 1.4;
/** What was just talked about is this much likelier to be meant than by the words alone. */
const topicWeight = 4;
/** What is read as surely as this needs no context: "cek saldo" is the balance, whatever was talked about. */
const sureByItself = 0.8;
/** How surely a clause is read for it to be a question of its own. */
const surelyAsked = 0.9;
/** Between these a text may hold a greeting and something else; what stands beside it counts when it is read so surely. */
const someCourtesy = 0.1;
const surelyCourtesy = 0.95;
const surelyBeside = 0.8;
/** A text without a single word that is known is never more than a guess. */
const guess = 0.4;
const runnersUpKept = 3;

const courtesies: ReadonlySet<Intent> = new Set(['greet', 'thanks', 'bye']);
/** What little is left of a text is easily taken for. */
const scraps: ReadonlySet<Intent> = new Set([...courtesies, 'menu']);
/** What is no question beside another one. */
const noQuestions: ReadonlySet<Intent> = new Set([...scraps, 'out_of_scope']);
/** What most members come for counts twice: "cek saldo" is never a question about ways to check it. */
const firstOfAll: ReadonlySet<(typeof classes)[number]> = new Set(['balance', 'contributions']);
/** So many questions of each article teach its intent. */
const taught = 5;
const followUp = classes.indexOf('follow_up');
const nothing: Reading = { intent: 'out_of_scope', confidence: 0 };

/** What is learned from `locales`. */
export interface Learned {
  /** From the example phrases (`phrases.json`) and the articles' questions: what is wanted. */
  readonly intents: Weights;
  /** From the articles: which of them answers. */
  readonly articles: Weights;
}

/** Learns from the example phrases and the articles. Takes some seconds. */
export function learn(): Learned {
  return { intents: train(examples(), classes.length), articles: learnArticles() };
}

function* examples(): Generator<Example> {
  for (const language of languages) {
    for (const [position, name] of classes.entries()) {
      const own = phrasebook.phrases[language][name];
      for (const phrase of [...own, ...(firstOfAll.has(name) ? own : []), ...askedIn(language, name)]) {
        yield { features: featuresOf(standardOf(readWords(phrase))), class: position };
      }
    }
  }
}

/** How members ask for the articles of an intent: a few for each, so that intents with many articles do not take over. */
function askedIn(language: Language, name: (typeof classes)[number]): string[] {
  return [...articles[language].values()].flatMap(({ intent, questions }) =>
    intent === name ? questions.slice(0, taught) : [],
  );
}

/**
 * Understanding by the example phrases: what phrases like this one mean. Beside the words it goes by what was talked about
 * before, leaves out what the text itself denies, and finds a second question.
 */
export function understandByPhrases(learned: Learned = learn()): Understand {
  const classify = classifierOf(learned.intents, sharpness);
  const articlesFor = articleReader(learned.articles);
  const known = wordsAboutUs();
  const languageOf = languageTeller();

  const readings = (words: readonly Word[], context: Context): readonly Reading[] => {
    const standard = standardOf(words);
    const found = inContext(classify(featuresOf(standard)), context);
    return standard.some((word) => known.has(word)) ? found : found.map(guessed);
  };
  /** The readings of the first of these parts of a text that is read for sure, and as none of these; undefined when none is. */
  const sureOf = (parts: readonly (readonly Word[])[], context: Context, sure: number, but: ReadonlySet<Intent>) =>
    parts.map((part) => readings(part, context)).find(([best]) => (best?.confidence ?? 0) >= sure && !isOf(but, best));

  const question = (words: readonly Word[], context: Context): readonly Reading[] => {
    const meant = withoutDenied(words);
    const whole = readings(words, context);
    // What is denied is left out where the rest can stand alone: "ga jadi klaim, liat status aja" cannot.
    if (meant !== words) return sureOf([meant], context, sureEnough, scraps) ?? whole;
    const polite = whole.find((reading) => isOf(courtesies, reading))?.confidence ?? 0;
    if (polite < someCourtesy || polite >= surelyCourtesy) return whole;
    // A greeting or thanks beside a real question never wins over the question, and never makes it unsure.
    return sureOf([withoutCourtesies(words), ...clausesOf(words)], context, surelyBeside, noQuestions) ?? whole;
  };

  const askedBy = (clause: readonly Word[], context: Context): Asked[] => {
    const [best] = readings(clause, context);
    return best ? [{ intent: best.intent, confidence: best.confidence, text: textOf(clause) }] : [];
  };

  return (text, context = { topic: null, step: null }) => {
    const words = readWords(text);
    const [best = nothing, ...others] = question(words, context);
    const clauses = clausesOf(withoutDenied(words));
    const asked = clauses.length > 1 ? clauses.flatMap((clause) => askedBy(clause, context)) : [];
    const meant = twoQuestions(best, asked) ?? { ...best, also: null };
    let readArticles: readonly ArticleReading[] | undefined;
    return {
      ...meant,
      runnersUp: [best, ...others]
        .filter(({ intent }) => intent !== meant.intent && intent !== meant.also?.intent)
        .slice(0, runnersUpKept),
      language: languageOf(words),
      entities: entitiesIn(text, words),
      // Only when somebody asks: it takes as long as all the rest, and an answer to a step has none.
      get articles() {
        readArticles ??= standardOf(words).some((word) => known.has(word)) ? articlesFor(withoutDenied(words)) : [];
        return readArticles;
      },
    };
  };
}

/** The words of the phrases about what the assistant does. */
function wordsAboutUs(): Set<string> {
  const about = classes.filter((name) => name !== 'out_of_scope');
  const phrases = languages.flatMap((language) => about.flatMap((name) => phrasebook.phrases[language][name]));
  return new Set(phrases.flatMap((phrase) => standardOf(readWords(phrase))).filter((word) => !/\d/.test(word)));
}

/** The classes as intents, best first. What refers to something said before is about the topic that was open. */
function inContext(chances: Float64Array, { topic, step }: Context): Reading[] {
  const refers = chances[followUp] ?? 0;
  // While the conversation waits for something, what refers to nothing by name is about that.
  const about =
    step === null && !chances.some((chance, position) => position !== followUp && chance >= sureByItself)
      ? topic
      : null;
  const likely = intents.map((intent, position) => {
    const chance = chances[position] ?? 0;
    return intent === about ? (chance + refers) * topicWeight : chance;
  });
  const sum = likely.reduce((total, chance) => total + chance, 0) || 1;
  return intents
    .map((intent, position) => ({ intent, confidence: (likely[position] ?? 0) / sum }))
    .sort((a, b) => b.confidence - a.confidence);
}

/** A clause as it was read. */
type Asked = Reading & { readonly text: string };

/** Both questions, where the clauses surely ask for two things, and the whole text is read as one of them or as neither. */
function twoQuestions(whole: Reading, clauses: readonly Asked[]): (Reading & Pick<Understanding, 'also'>) | null {
  const asked = clauses.filter((reading) => reading.confidence >= surelyAsked && !isOf(noQuestions, reading));
  const [first] = asked;
  const second = asked.find(({ intent }) => intent !== first?.intent);
  if (!first || !second) return null;
  if (whole.intent === second.intent) return both(second, first, true);
  if (whole.intent !== first.intent && whole.confidence >= sureEnough) return null;
  return both(first, second, false);
}

function both({ text: besides, ...main }: Asked, second: Asked, first: boolean): Reading & Pick<Understanding, 'also'> {
  return { ...main, also: { ...second, first, besides } };
}

function textOf(clause: readonly Word[]): string {
  return clause.map(({ written }) => written).join(' ');
}

function isOf(set: ReadonlySet<Intent>, reading: Reading | undefined): boolean {
  return reading !== undefined && set.has(reading.intent);
}

function guessed({ intent, confidence }: Reading): Reading {
  return { intent, confidence: confidence * guess };
}
