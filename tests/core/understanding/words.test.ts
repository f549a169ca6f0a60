import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readWords, standardOf, standardWords } from '../../../src/core/understanding/words.ts';
import { phrasebook } from '../../../src/locales/index.ts';

fc.configureGlobal({ seed: 20_261_031 });

const standard = (text: string) => standardOf(readWords(text)).join(' ');
const anything = fc.string({ unit: 'binary', maxLength: 2_000, size: 'max' });

describe('the words of a text', () => {
  it('are read as written, with slips made good, and as the phrasebook spells them', () => {
    expect(readWords('Slado sy, kantr dong')).toEqual([
      { written: 'slado', mended: 'slado', standard: ['saldo'], begins: true },
      { written: 'sy', mended: 'sy', standard: ['saya'], begins: false },
      { written: 'kantr', mended: 'kantor', standard: ['kantor'], begins: true },
      { written: 'dong', mended: 'dong', standard: [], begins: false },
    ]);
  });

  it.each([
    ['min cek SALDO sy dong!', 'cek saldo saya'],
    ['cek saldoo', 'cek saldo'],
    ['saldooooo', 'saldo'],
    ['cairin duit', 'cairkan uang'],
    ['cairinn duiit', 'cairkan uang'],
    ['bpjs tk', 'bpjs jamsostek'],
    ["what's my balance", 'what is my balance'],
    ['ＳＡＬＤＯ', 'saldo'],
    ['masuk2', 'masuk'],
    ['3175 sldo', '3175 saldo'],
    ['dong', 'dong'],
    ['dong min', 'dong min'],
    ['🙏', ''],
    ['', ''],
  ])('"%s" is "%s" to the phrasebook', (text, words) => {
    expect(standard(text)).toBe(words);
  });

  it('begin a clause behind punctuation, and nowhere else', () => {
    const begins = (text: string) => readWords(text).map((word) => word.begins);
    expect(begins('saldo saya. kartu hilang')).toEqual([true, false, true, false]);
    expect(begins('saldo/kartu\nkantor')).toEqual([true, true, true]);
    expect(begins('saldo - (kartu) "kantor"')).toEqual([true, false, false]);
  });

  it('are read with slang before slips: a spelling that is known is no slip', () => {
    for (const [spelling, words] of Object.entries(phrasebook.slang)) {
      expect(readWords(`${spelling} saldo`)[0]?.standard, spelling).toEqual(words === '' ? [] : words.split(' '));
    }
  });

  it('are none of them empty, and never throw, whatever is written', () => {
    fc.assert(
      fc.property(anything, (text) => {
        const words = readWords(text);
        for (const word of words)
          for (const form of [word.written, word.mended, ...word.standard]) expect(form).not.toBe('');
        if (words.length > 0) {
          expect(words[0]?.begins).toBe(true);
          expect(standardOf(words)).not.toEqual([]);
        }
      }),
      { numRuns: 300 },
    );
  });
});

describe('the words of an order', () => {
  it('are spelled as the phrasebook does, but slips stay: an order is taken by the letter', () => {
    expect(standardWords('ga jd, klaimm saldo sy dong')).toEqual(['tidak', 'jd', 'klaimm', 'saldo', 'saya']);
    expect(standardWords('dong')).toEqual(['dong']);
    expect(standardWords('')).toEqual([]);
  });
});
