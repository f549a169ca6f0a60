import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mender, slipsBetween } from '../../../src/core/understanding/slips.ts';
import { mended, timesUsed, wordCounts } from '../../../src/core/understanding/vocabulary.ts';

fc.configureGlobal({ seed: 20_261_031 });

const letter = fc.constantFrom(...'abcdefghijklmnopqrstuvwxyz');

/** A word with one slip of the thumb in it: a letter too many, too few or another, or two neighbours changed. */
function slipped(word: string): fc.Arbitrary<string> {
  return fc
    .record({
      at: fc.nat({ max: word.length - 1 }),
      kind: fc.constantFrom('more', 'fewer', 'other', 'changed'),
      typed: letter,
    })
    .map(({ at, kind, typed }) => {
      const [before, here, after] = [word.slice(0, at), word.slice(at, at + 1), word.slice(at + 1)];
      if (kind === 'more') return before + typed + here + after;
      if (kind === 'fewer') return before + after;
      if (kind === 'other') return before + typed + after;
      return before + after.slice(0, 1) + here + after.slice(1);
    });
}

const wordsInUse = [...new Set([...wordCounts.id.keys(), ...wordCounts.en.keys()])].filter(
  (word) => /^[a-z]+$/.test(word) && timesUsed(word) >= 3,
);
const longEnough = wordsInUse.filter((word) => word.length >= 5 && word.length <= 15);

/** Whether a word could as well be a slip of this one. */
const isNear = (written: string, word: string) => {
  const slips = slipsBetween(written, word);
  return slips < 2 || (slips === 2 && word.length >= 8);
};

describe('slips of the thumb', () => {
  it.each([
    ['saldo', 'sldo', 1],
    ['saldo', 'saldoo', 1],
    ['saldo', 'sakdo', 1],
    ['saldo', 'slado', 1],
    ['saldo', 'saldo', 0],
    ['kantor', 'knator', 1],
    ['iuran', 'iran', 1],
    ['saldo', 'sldoo', 2],
    ['saldo', 'kartu', 3],
    ['', 'abc', 3],
    ['', 'ab', 2],
  ])('between "%s" and "%s" there are %i', (a, b, slips) => {
    expect(slipsBetween(a, b)).toBe(slips);
    expect(slipsBetween(b, a)).toBe(slips);
  });

  it('are one where one was made', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...longEnough).chain((word) => fc.tuple(fc.constant(word), slipped(word))),
        ([word, written]) => {
          expect(slipsBetween(word, written)).toBe(word === written ? 0 : 1);
        },
      ),
      { numRuns: 1_000 },
    );
  });
});

describe('the mender', () => {
  const mend = mender(
    new Map([
      ['saldo', 40],
      ['salto', 2],
      ['kartu', 30],
      ['kontribusi', 10],
      ['ijin', 5],
      ['jht', 50],
    ]),
  );

  it.each([
    ['saldoo', 'saldo'],
    ['aldo', 'saldo'],
    ['sakdo', 'saldo'],
    ['slado', 'saldo'],
    ['kontribussii', 'kontribusi'],
    ['kotribsi', 'kontribusi'],
    ['ijinn', 'ijin'],
  ])('makes "%s" good: "%s"', (written, word) => {
    expect(mend(written)).toBe(word);
  });

  it.each(['krtuu', 'sld', 'jt', 'jhtt', 'xxxxx', '', 'kntrbs', 'kontribusi'.repeat(2)])(
    'knows nothing like "%s"',
    (text) => {
      expect(mend(text)).toBeUndefined();
    },
  );

  it('takes the word that is used most of two that are as near', () => {
    expect(mend('saldo')).toBe('saldo');
    expect(mend('saldto')).toBe('saldo');
    expect(mend('salto')).toBe('salto');
  });

  it('takes a word with the same first letter before one with another', () => {
    const used = new Map([
      ['bayar', 10],
      ['layar', 20],
    ]);
    expect(mender(used)('blayar')).toBe('bayar');
    expect(mender(used)('lbayar')).toBe('layar');
  });

  it('finds a known word behind any one slip, in a vocabulary of any words that are not like each other', () => {
    const word = fc.string({ unit: letter, minLength: 5, maxLength: 15 });
    const known = fc
      .uniqueArray(word, { minLength: 1, maxLength: 12 })
      .chain((words) =>
        fc.constantFrom(...words).chain((one) => fc.tuple(fc.constant(words), fc.constant(one), slipped(one))),
      );
    fc.assert(
      fc.property(known, ([words, meant, written]) => {
        fc.pre(words.every((other) => other === meant || !isNear(written, other)));
        expect(mender(new Map(words.map((one) => [one, 1])))(written)).toBe(meant);
      }),
      { numRuns: 500 },
    );
  });
});

describe('the words of the phrases', () => {
  it('are left alone: nobody who writes them made a slip', () => {
    for (const word of wordsInUse) expect(mended(word)).toBe(word);
  });

  it('are found behind any one slip, where no other one is near', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...longEnough).chain((word) => fc.tuple(fc.constant(word), slipped(word))),
        ([word, written]) => {
          // A slip can be a word itself: bukti, bukit.
          fc.pre(timesUsed(written) === 0);
          fc.pre(wordsInUse.every((other) => other === word || !isNear(written, other)));
          expect(mended(written)).toBe(word);
        },
      ),
      { numRuns: 200, maxSkipsPerRun: 1_000 },
    );
  });

  it('are not looked for in numbers, nor in what is too long for a word', () => {
    expect(mended('sald0')).toBe('sald0');
    expect(mended('3175011234560001')).toBe('3175011234560001');
    expect(mended('saldosaldosaldosaldo')).toBe('saldosaldosaldosaldo');
  });
});
