/**
 * How well members are understood: `npm run evaluate` reads the texts of `tests/core/understanding/evaluation`, which nobody
 * trains on, and prints what was got right by intent, language and style, what was taken for what, and the misses. The
 * phrases are taken as they are now. Of the writers held out only figures are shown: once their texts have been looked at
 * and phrases were added for them, they measure nothing.
 */
import { understandByPhrases } from '../src/core/understanding/phrases.ts';
import { sureEnough, sureEnoughForPersonal, type Understanding } from '../src/core/understanding/understand.ts';
import { labelledQuestions } from '../tests/core/knowledge/questions.ts';
import {
  type EvaluationText,
  evaluation,
  inContext,
  negations,
  personalIntents,
  twoQuestions,
} from '../tests/core/understanding/evaluation.ts';

const notForUs = new Set(['out_of_scope', 'bpjs_kesehatan']);

// A reader that has seen enough (`| head`) is no fault.
process.stdout.on('error', () => process.exit(0));

type Read = EvaluationText & { readonly understood: Understanding };

const started = performance.now();
const understand = understandByPhrases();
const trained = performance.now() - started;
const all = evaluation().map(read);
const open = all.filter(({ heldOut }) => !heldOut);
const heldOut = all.filter((text) => text.heldOut);

const writers = (reads: readonly Read[]) => new Set(reads.map(({ writer }) => writer)).size;
say(`Trained in ${(trained / 1_000).toFixed(1)} s.`);
say(`${open.length} texts of ${writers(open)} writers; ${heldOut.length} of ${writers(heldOut)} more, held out.\n`);

table('right', [
  ['all', () => true],
  ['out_of_scope', ({ intent }) => intent === 'out_of_scope'],
  ['bpjs_kesehatan', ({ intent }) => intent === 'bpjs_kesehatan'],
]);
table(
  'right, by language',
  groups(all, ({ language }) => language),
);
table(
  'right, by style',
  groups(all, ({ style }) => style),
);
table(
  'right, by intent',
  groups(all, ({ intent }) => intent),
);
table(
  'language told',
  [['all', () => true], ...groups(all, ({ language }) => language)],
  ({ language, understood }) => language === (understood.language ?? 'id'),
);
table(
  'not for us, and nothing personal opened',
  [['all', ({ intent }) => notForUs.has(intent)]],
  ({ understood }) => !(personalIntents.has(understood.intent) && understood.confidence >= sureEnoughForPersonal),
);
table('sure enough to answer at once', [['all', () => true]], ({ understood }) => understood.confidence >= sureEnough);

say('How true the confidence is (all texts)');
for (let from = 0; from < 1; from += 0.1) {
  const within = all.filter(
    ({ understood }) => Math.min(9, Math.floor(understood.confidence * 10)) === Math.round(from * 10),
  );
  if (within.length > 0) say(`  ${from.toFixed(1)} to ${(from + 0.1).toFixed(1)}  ${share(within, isRight)}`);
}

say('\nWith what was said before, negations, two questions (looked at while building)');
const context = inContext();
say(
  `  about the last topic   ${share(
    context.filter(({ topic, intent }) => topic === intent),
    readsInContext,
  )}`,
);
say(
  `  about another thing    ${share(
    context.filter(({ topic, intent }) => topic !== intent),
    readsInContext,
  )}`,
);
say(`  negations              ${share(negations(), ({ text, intent }) => understand(text).intent === intent)}`);
say(`  both questions found   ${share(twoQuestions(), findsBoth)}`);
say(`  one taken for two      ${share(all, ({ understood }) => understood.also !== null)}`);

say('\nTaken for something else, most often first (all texts)');
const confused = new Map<string, number>();
for (const { intent, understood } of all) {
  if (understood.intent === intent) continue;
  const pair = `${intent} → ${understood.intent}`;
  confused.set(pair, (confused.get(pair) ?? 0) + 1);
}
for (const [pair, times] of [...confused].sort(([, a], [, b]) => b - a)) say(`  ${String(times).padStart(3)}  ${pair}`);

const questions = labelledQuestions().map(({ text, articles }) => ({
  text,
  articles,
  read: understand(text).articles,
}));
const foundAmong = (count: number) =>
  questions.filter(({ articles, read }) => read.slice(0, count).some(({ id }) => articles.includes(id))).length;
say(
  `\nArticles: of ${questions.length} questions, ${foundAmong(1)} find one that answers first, ${foundAmong(2)} among two.`,
);
for (const { articles, read, text } of questions) {
  const [best] = read;
  if (best && !articles.includes(best.id)) {
    say(`  ${articles[0]} ← ${text}\n      ${best.id} ${best.confidence.toFixed(2)}`);
  }
}

say('\nMisses (not of the writers held out)');
for (const { intent, style, text, understood, writer } of open.filter((text) => !isRight(text))) {
  const readings = [understood, ...understood.runnersUp.slice(0, 2)];
  const shown = readings.map((reading) => `${reading.intent} ${reading.confidence.toFixed(2)}`).join(', ');
  say(`  ${intent} ← ${text}\n      ${shown} (${writer}, ${style})`);
}

function read(text: EvaluationText): Read {
  return { ...text, understood: understand(text.text) };
}

function isRight({ intent, understood }: Read): boolean {
  return understood.intent === intent;
}

function readsInContext({ topic, intent, text }: ReturnType<typeof inContext>[number]): boolean {
  return understand(text, { topic, step: null }).intent === intent;
}

function findsBoth({ first, second, text }: ReturnType<typeof twoQuestions>[number]): boolean {
  const { intent, also } = understand(text);
  return (intent === first && also?.intent === second) || (intent === second && also?.intent === first);
}

function groups(reads: readonly Read[], of: (read: Read) => string): [string, (read: Read) => boolean][] {
  return [...new Set(reads.map(of))].sort().map((name) => [name, (read) => of(read) === name]);
}

/** One line for each group: its share among the writers who are looked at, and among those held out. */
function table(
  title: string,
  lines: readonly (readonly [string, (read: Read) => boolean])[],
  right: (read: Read) => boolean = isRight,
): void {
  say(`${title.padEnd(40)}${'looked at'.padEnd(20)}held out`);
  for (const [name, belongs] of lines) {
    say(`  ${name.padEnd(38)}${share(open.filter(belongs), right).padEnd(20)}${share(heldOut.filter(belongs), right)}`);
  }
  say('');
}

function share<Item>(items: readonly Item[], right: (item: Item) => boolean): string {
  const count = items.filter(right).length;
  return items.length === 0 ? '–' : `${((100 * count) / items.length).toFixed(1).padStart(5)} % of ${items.length}`;
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}
