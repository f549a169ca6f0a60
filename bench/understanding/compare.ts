/**
 * Our reading of members' texts beside libraries that were trained on the same example phrases:
 * `npm ci && npm run --silent compare` in this folder. Nothing here is part of the product.
 *
 * Each engine trains and reads in a process of its own. The libraries' settings are the best of those tried, judged by the
 * very texts that are counted here, the held-out ones among them.
 */

import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, writeSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { languages } from '../../src/core/language.ts';
import { intents } from '../../src/core/understanding/intents.ts';
import { understandByPhrases } from '../../src/core/understanding/phrases.ts';
import { standardWords } from '../../src/core/understanding/words.ts';
import { phrasebook } from '../../src/locales/index.ts';

type Read = (text: string) => string | Promise<string>;

interface Phrase {
  readonly intent: string;
  readonly text: string;
}

/** Our engine: as everybody who has a text gets it. */
function ours(understand = understandByPhrases()): Read {
  return (text) => understand(text).intent;
}

const asWritten = (text: string): string => text;
/** As our own normalisation leaves it: chat spellings written out, no punctuation. */
const standard = (text: string): string => standardWords(text).join(' ');

interface Engine {
  readonly name: string;
  /** What the engine is given of a text. */
  readonly given: 'as written' | 'standard';
  readonly train: (phrases: readonly Phrase[]) => Promise<Read>;
}

const libraries = [
  { name: 'nlp.js', train: nlpjs },
  { name: 'wink naive Bayes, words', train: (phrases: readonly Phrase[]) => wink(phrases, wordsIn) },
  { name: 'wink naive Bayes, pieces', train: (phrases: readonly Phrase[]) => wink(phrases, piecesIn) },
  { name: 'fastText', train: fastText },
];

const engines: readonly Engine[] = [
  { name: 'ours', given: 'as written', train: async () => ours() },
  ...libraries.flatMap(({ name, train }) => [
    { name, given: 'as written', train } as const,
    { name, given: 'standard', train } as const,
  ]),
];

const trainingLimit = 180_000;
/** Training and reading together. */
const engineLimit = trainingLimit + 120_000;

const figuresSchema = z.object({
  /** Milliseconds. */
  training: z.number(),
  /** Training stopped where the limit was, and the engine reads with what it had learnt. */
  bounded: z.boolean(),
  /** MiB that training left in use, the memory outside the JavaScript heap included. */
  grown: z.number(),
  all: z.number(),
  heldOut: z.number(),
  worstStyle: z.object({ style: z.string(), right: z.number() }),
  outOfScope: z.number(),
  kesehatan: z.number(),
  /** Milliseconds for one text. */
  p50: z.number(),
  p99: z.number(),
});
type Figures = z.infer<typeof figuresSchema>;

const columns: readonly (readonly [title: string, cell: (figures: Figures) => string])[] = [
  ['training', ({ training, bounded }) => `${bounded ? 'stopped at ' : ''}${seconds(training)}`],
  ['all %', ({ all }) => percent(all)],
  ['held out %', ({ heldOut }) => percent(heldOut)],
  ['worst style %', ({ worstStyle }) => `${worstStyle.style} ${percent(worstStyle.right)}`],
  ['out_of_scope %', ({ outOfScope }) => percent(outOfScope)],
  ['bpjs_kesehatan %', ({ kesehatan }) => percent(kesehatan)],
  ['p50 ms', ({ p50 }) => p50.toFixed(3)],
  ['p99 ms', ({ p99 }) => p99.toFixed(3)],
  ['MiB', ({ grown }) => grown.toFixed(1)],
];
const titles = ['engine', 'text', ...columns.map(([title]) => title)];

const here = fileURLToPath(import.meta.url);
/** The descriptor that an engine's process writes its figures to: libraries write what they like to the others. */
const figuresPipe = 3;

const asked = engines[Number(process.argv[2] ?? Number.NaN)];
if (asked) writeSync(figuresPipe, JSON.stringify(await figuresOf(asked)));
else if (existsSync(new URL('node_modules/.package-lock.json', import.meta.url))) compare();
else {
  process.stderr.write('The libraries are missing: run "npm ci" in bench/understanding.\n');
  process.exitCode = 1;
}

function compare(): void {
  const texts = evaluation();
  const rows = engines.map((engine, position) => {
    process.stderr.write(`${engine.name}, ${engine.given} …\n`);
    const { output, signal, status } = spawnSync(process.execPath, ['--expose-gc', here, String(position)], {
      stdio: ['ignore', 'ignore', 'pipe', 'pipe'],
      encoding: 'utf8',
      timeout: engineLimit,
      killSignal: 'SIGKILL',
    });
    const named = [engine.name, engine.given];
    if (status === 0) {
      const figures = figuresSchema.parse(JSON.parse(output[figuresPipe] ?? ''));
      return named.concat(columns.map(([, cell]) => cell(figures)));
    }
    if (signal === null) process.stderr.write(`${output[2] ?? ''}\n`);
    return named.concat(signal === null ? 'failed' : `over ${seconds(engineLimit)}`);
  });
  const heldOut = texts.filter((text) => text.heldOut).length;
  process.stdout.write(`${phrases().length} phrases; ${texts.length} texts, ${heldOut} of them held out\n\n`);
  process.stdout.write(aligned([titles, ...rows]));
}

async function figuresOf({ given, train }: Engine): Promise<Figures> {
  const prepare = given === 'standard' ? standard : asWritten;
  const examples = phrases()
    .map(({ intent, text }) => ({ intent, text: prepare(text) }))
    .filter(({ text }) => wordsIn(text).length > 0);
  const texts = evaluation();

  const before = inUse();
  const start = performance.now();
  const read = await train(examples);
  const training = performance.now() - start;
  const grown = inUse() - before;

  // Warm, but with other texts than those that are counted: an engine may remember what it has read.
  for (const { text } of examples.slice(0, 200)) await read(text);
  const times: number[] = [];
  const answers: (Text & { readonly right: boolean })[] = [];
  for (const text of texts) {
    const from = performance.now();
    const answer = await read(prepare(text.text));
    times.push(performance.now() - from);
    answers.push({ ...text, right: answer === text.intent });
  }
  times.sort((a, b) => a - b);
  const time = (part: number) => times[Math.floor(part * (times.length - 1))] ?? Number.NaN;
  const share = (of: (text: Text) => boolean) => {
    const chosen = answers.filter(of);
    return chosen.filter(({ right }) => right).length / chosen.length;
  };
  const styles = [...new Set(texts.map(({ style }) => style))]
    .map((style) => ({ style, right: share((text) => text.style === style) }))
    .sort((a, b) => a.right - b.right);
  return {
    training,
    bounded: training >= trainingLimit,
    grown,
    all: share(() => true),
    heldOut: share(({ heldOut }) => heldOut),
    worstStyle: styles[0] ?? { style: '', right: Number.NaN },
    outOfScope: share(({ intent }) => intent === 'out_of_scope'),
    kesehatan: share(({ intent }) => intent === 'bpjs_kesehatan'),
    p50: time(0.5),
    p99: time(0.99),
  };
}

/** MiB, after everything that nothing holds any more is gone. */
function inUse(): number {
  globalThis.gc?.();
  const { heapUsed, external } = process.memoryUsage();
  return (heapUsed + external) / 2 ** 20;
}

/** The example phrases that all are trained on. */
function phrases(): Phrase[] {
  return languages.flatMap((language) =>
    intents.flatMap((intent) => phrasebook.phrases[language][intent].map((text) => ({ intent, text }))),
  );
}

interface Text extends Phrase {
  readonly style: string;
  /** From a `held-out` file. */
  readonly heldOut: boolean;
}

function evaluation(): Text[] {
  const folder = new URL('../../tests/core/understanding/evaluation/', import.meta.url);
  const files = readdirSync(folder).filter((file) => /^(writer|held-out)-\d+\.tsv$/.test(file));
  return files.flatMap((file) =>
    readFileSync(new URL(file, folder), 'utf8')
      .split('\n')
      .slice(1)
      .filter((line) => line !== '')
      .map((line) => {
        const [intent = '', , style = '', text = ''] = line.split('\t');
        return { intent, style, text, heldOut: file.startsWith('held-out') };
      }),
  );
}

/**
 * One model for both languages reads better than one for each with the language guessed, the best guess better than
 * "None" below a threshold, and with its spelling correction better than without.
 */
async function nlpjs(phrases: readonly Phrase[]): Promise<Read> {
  const { containerBootstrap } = await import('@nlpjs/core');
  const { Nlp } = await import('@nlpjs/nlp');
  const { LangId } = await import('@nlpjs/lang-id');
  const container = await containerBootstrap();
  container.use(LangId);
  const deadline = performance.now() + trainingLimit;
  // The library's own settings, but for the log: its loop ends when the status that it hands out says so.
  const log = (status: { iterations: number }): void => {
    if (performance.now() > deadline) status.iterations = Number.POSITIVE_INFINITY;
  };
  const settings = { keepStopwords: true, nonefeatureValue: 1, nonedeltaMultiplier: 1.2, filterZeros: true, log };
  container.registerConfiguration('nlu-??', { ...settings, spellCheck: false, useNoneFeature: true }, true);
  const nlp = new Nlp({ container, languages: ['id'], threshold: 0, autoSave: false, calculateSentiment: false });
  for (const { text, intent } of phrases) nlp.addDocument('id', text, intent);
  await nlp.train();
  return async (text) => {
    const { intent } = await nlp.process('id', text, undefined, { spellCheck: true, spellCheckDistance: 1 });
    return intent === 'None' ? 'out_of_scope' : intent;
  };
}

/** Naive Bayes over what `pieces` takes a text apart into. */
async function wink(phrases: readonly Phrase[], pieces: (text: string) => string[]): Promise<Read> {
  const { default: classifier } = await import('wink-naive-bayes-text-classifier');
  const bayes = classifier();
  bayes.definePrepTasks([pieces]);
  bayes.defineConfig({ considerOnlyPresence: true, smoothingFactor: 0.05 });
  for (const { text, intent } of phrases) bayes.learn(text, intent);
  bayes.consolidate();
  return (text) => bayes.predict(text);
}

function wordsIn(text: string): string[] {
  return text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
}

/** Words, neighbouring pairs of them and their letter triples: what the library does not do by itself. */
function piecesIn(text: string): string[] {
  const words = wordsIn(text);
  const pairs = words.slice(1).map((word, position) => `${words[position]} ${word}`);
  const triples = words.flatMap((word) =>
    Array.from({ length: word.length }, (_, start) => `~${`<${word}>`.slice(start, start + 3)}`),
  );
  return [...words, ...pairs, ...triples];
}

/** It tells upper from lower case and words by spaces alone, as its manual says: it is given lower-case words. */
async function fastText(phrases: readonly Phrase[]): Promise<Read> {
  const { getFastTextClass, getFastTextModule } = await import('fasttext.wasm.js');
  const FastText = await getFastTextClass({ getFastTextModule });
  const lines = phrases.map(({ intent, text }) => `__label__${intent} ${wordsIn(text).join(' ')}\n`);
  const model = await new FastText().trainSupervised(
    `data:text/plain;base64,${Buffer.from(lines.join('')).toString('base64')}`,
    { loss: 'softmax', epoch: 25, lr: 0.25, dim: 50, minCount: 1, wordNgrams: 2, minn: 3, maxn: 5, bucket: 200_000 },
    () => {},
  );
  return (text) => {
    const labels = model.predict(`${wordsIn(text).join(' ')}\n`, 1, 0);
    return labels.size() === 0 ? 'out_of_scope' : labels.get(0)[1].replace('__label__', '');
  };
}

function percent(share: number): string {
  return (100 * share).toFixed(1);
}

function seconds(milliseconds: number): string {
  return `${(milliseconds / 1_000).toFixed(1)} s`;
}

function aligned(lines: readonly (readonly string[])[]): string {
  const widths = titles.map((_, column) => Math.max(...lines.map((line) => line[column]?.length ?? 0)));
  const named = 2;
  const row = (line: readonly string[]) => {
    const cells = widths.map((width, column) => {
      const cell = line[column] ?? '';
      return column < named ? cell.padEnd(width) : cell.padStart(width);
    });
    return `| ${cells.join(' | ')} |\n`;
  };
  const rule = widths.map((width, column) => (column < named ? '-'.repeat(width) : `${'-'.repeat(width - 1)}:`));
  return lines.map((line, position) => (position === 0 ? row(line) + row(rule) : row(line))).join('');
}
