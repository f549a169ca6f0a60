import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { clausesOf, withoutCourtesies, withoutDenied } from '../../../src/core/understanding/clauses.ts';
import { readWords, type Word } from '../../../src/core/understanding/words.ts';
import { names } from '../../../src/locales/index.ts';

fc.configureGlobal({ seed: 20_261_031 });

const shown = (words: readonly Word[]) => words.map(({ written }) => written).join(' ');

/** Everything that parts, denies and greets, among words that do neither. */
const pieces = [
  [names.joints, names.negations, names.contrasts, names.courtesies],
  ['saldo', 'kartu', 'kantor', 'saya', 'dong', '3175', ',', '.', '?', '\n', '/'],
].flat(2);
const text = fc.array(fc.constantFrom(...pieces), { maxLength: 16 }).map((all) => readWords(all.join(' ')));

describe('the clauses of a text', () => {
  it.each<[string, string[]]>([
    ['cek saldo', ['cek saldo']],
    ['cek saldo, kartu hilang', ['cek saldo', 'kartu hilang']],
    ['cek saldo. kantor dimana? thanks!', ['cek saldo', 'kantor dimana', 'thanks']],
    ['saldo sama kantor', ['saldo', 'kantor']],
    ['cek saldo dan iuran terus kantor', ['cek saldo', 'iuran', 'kantor']],
    ['my balance and also the office', ['my balance', 'the office']],
    ['saldo\nkantor', ['saldo', 'kantor']],
    ['saldo/kantor & kartu', ['saldo', 'kantor', 'kartu']],
    ['terus saldo', ['saldo']],
    ['', []],
  ])('"%s"', (written, clauses) => {
    expect(clausesOf(readWords(written)).map(shown)).toEqual(clauses);
  });

  it('are never empty, and together are the text without its joints', () => {
    fc.assert(
      fc.property(text, (words) => {
        const clauses = clausesOf(words);
        expect(clauses.every((clause) => clause.length > 0)).toBe(true);
        expect(clauses.flat()).toEqual(words.filter(({ written }) => !names.joints.includes(written)));
      }),
      { numRuns: 500 },
    );
  });
});

describe('what a text says is not meant', () => {
  it.each([
    ['bukan iuran, saldonya aja', 'saldonya aja'],
    ['saldo, bukan iuran', 'saldo'],
    ['bukan iuran tapi saldo', 'tapi saldo'],
    ['ga jadi klaim, liat status aja', 'liat status aja'],
    ['not my contributions, just my balance', 'just my balance'],
    ['i dont want to claim, show my balance', 'show my balance'],
    ['instead of claim, my balance', 'my balance'],
    ['ga usah kartu. kantor aja', 'kantor aja'],
  ])('is left out of "%s": "%s"', (written, left) => {
    expect(shown(withoutDenied(readWords(written)))).toBe(left);
  });

  it.each([
    'bukan iuran',
    'bukan iuran, bukan saldo',
    'bukan, saldo',
    'saldo bukan kartu',
    'iuran sama saldo',
    'waktu itu saya sudah bilang bukan iuran, saldo',
    '',
  ])('is nothing in "%s": all of it stays', (written) => {
    const words = readWords(written);
    expect(withoutDenied(words)).toBe(words);
  });

  it('is never all of it, and what is left is in the text, in its order', () => {
    fc.assert(
      fc.property(text, (words) => {
        const kept = withoutDenied(words);
        if (words.length > 0) expect(kept.length).toBeGreaterThan(0);
        expect(words.filter((word) => kept.includes(word))).toEqual(kept);
      }),
      { numRuns: 500 },
    );
  });
});

describe('greetings, thanks and apologies', () => {
  it.each([
    ['makasih, kartu saya hilang', 'kartu saya hilang'],
    ['terima kasih kartu hilang', 'kartu hilang'],
    ['good morning my balance thank you', 'my balance'],
    ['kartu hilang sorry', 'kartu hilang'],
    ['selamat saya', 'selamat saya'],
    ['kasih saldo', 'kasih saldo'],
    ['saldo', 'saldo'],
    ['makasih', ''],
    ['', ''],
  ])('are left out of "%s": "%s"', (written, left) => {
    expect(shown(withoutCourtesies(readWords(written)))).toBe(left);
  });

  it('are all that is left out', () => {
    const wanted = fc.array(fc.constantFrom('saldo', 'kartu', 'hilang', 'kantor', '3175'), { maxLength: 6 });
    const courtesy = fc.constantFrom(...names.courtesies);
    fc.assert(
      fc.property(courtesy, wanted, courtesy, (before, words, after) => {
        expect(shown(withoutCourtesies(readWords([before, ...words, after].join(' '))))).toBe(words.join(' '));
      }),
      { numRuns: 500 },
    );
  });
});
