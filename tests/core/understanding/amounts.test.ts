import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { amountsIn } from '../../../src/core/understanding/amounts.ts';

fc.configureGlobal({ seed: 20_261_031 });

const units = ['', 'satu', 'dua', 'tiga', 'empat', 'lima', 'enam', 'tujuh', 'delapan', 'sembilan'];

/** A number from 1 to 999 in Indonesian words: 215 is "dua ratus lima belas". */
function inWords(number: number): string {
  const [hundreds, rest] = [Math.floor(number / 100), number % 100];
  const unit = (value: number) => units[value] ?? '';
  const below =
    rest === 10
      ? 'sepuluh'
      : rest === 11
        ? 'sebelas'
        : rest < 10
          ? unit(rest)
          : rest < 20
            ? `${unit(rest - 10)} belas`
            : `${unit(Math.floor(rest / 10))} puluh ${unit(rest % 10)}`;
  const above = hundreds === 0 ? '' : hundreds === 1 ? 'seratus' : `${unit(hundreds)} ratus`;
  return `${above} ${below}`.trim();
}

/** So many thousands of rupiah, in words: 2,300 is "dua juta tiga ratus ribu". */
function spelled(thousands: number): string {
  const [millions, rest] = [Math.floor(thousands / 1_000), thousands % 1_000];
  return [
    ...(millions === 0 ? [] : millions === 1 ? ['sejuta'] : [`${inWords(millions)} juta`]),
    ...(rest === 0 ? [] : rest === 1 ? ['seribu'] : [`${inWords(rest)} ribu`]),
  ].join(' ');
}

function grouped(amount: number, by: string): string {
  return new Intl.NumberFormat('id-ID').format(amount).replaceAll('.', by);
}

/** In millions with two decimals, where two are enough: with three, "1,234 juta" could be groups. */
function millions(thousands: number, word: string): string {
  return thousands % 10 === 0 ? `${thousands / 1_000}${word}` : `${thousands} ribu`;
}

/** So many thousands as people write them: all mean the same. */
const spellings: readonly ((thousands: number) => string)[] = [
  (thousands) => `${thousands}rb`,
  (thousands) => `${thousands} ribu`,
  (thousands) => `${thousands}K`,
  (thousands) => `Rp ${thousands * 1_000}`,
  (thousands) => `Rp${grouped(thousands * 1_000, '.')}`,
  (thousands) => `rp. ${grouped(thousands * 1_000, '.')},00`,
  (thousands) => `IDR ${grouped(thousands * 1_000, ',')}`,
  (thousands) => millions(thousands, 'jt').replace('.', ','),
  (thousands) => millions(thousands, 'juta'),
  spelled,
];

const thousands = fc.integer({ min: 1, max: 999_999 });
const spelling = fc.constantFrom(...spellings);

describe('amounts of money', () => {
  it.each<[string, number[]]>([
    ['5jt', [5_000_000]],
    ['5,5 juta', [5_500_000]],
    ['2.5 jt', [2_500_000]],
    ['Rp 5.000.000', [5_000_000]],
    ['Rp. 5.000.000,-', [5_000_000]],
    ['gaji 5.500.000 per bulan', [5_500_000]],
    ['dua juta tiga ratus ribu', [2_300_000]],
    ['sejuta setengah', [1_500_000]],
    ['180rb', [180_000]],
    ['1 juta 500 ribu', [1_500_000]],
    ['seratus dua puluh ribu', [120_000]],
    ['sembilan belas ribu', [19_000]],
    ['twenty five million', [25_000_000]],
    ['one hundred twenty thousand', [120_000]],
    ['satu miliar', [1_000_000_000]],
    ['dari 5 juta jadi 6 juta', [5_000_000, 6_000_000]],
    ['rp 1.500.000 dan rp 2.000.000', [1_500_000, 2_000_000]],
    ['1.500.000 2.000.000', [1_500_000, 2_000_000]],
    ['5000000', [5_000_000]],
  ])('"%s"', (text, amounts) => {
    expect(amountsIn(text)).toEqual(amounts);
  });

  it.each([
    '5',
    '2024',
    '1.500',
    '500',
    '5000001',
    '3175011234560001',
    '081234567890',
    '12345678901',
    'dua',
    'satu dua tiga',
    'juta',
    'setengah',
    'rp',
    'jutaan orang',
    '99999999 miliar',
    '',
  ])('"%s" is none', (text) => {
    expect(amountsIn(text)).toEqual([]);
  });

  it('come back as they were meant, in whatever spelling they are written', () => {
    fc.assert(
      fc.property(thousands, spelling, fc.constantFrom('', 'gaji saya ', 'upah: '), (amount, write, before) => {
        expect(amountsIn(`${before}${write(amount)} kak`)).toEqual([amount * 1_000]);
      }),
      { numRuns: 2_000 },
    );
  });

  it('are both found where there are two, in their order', () => {
    fc.assert(
      fc.property(thousands, spelling, thousands, spelling, (first, write, second, writeSecond) => {
        expect(amountsIn(`dulu ${write(first)} lalu ${writeSecond(second)}`)).toEqual([first * 1_000, second * 1_000]);
      }),
      { numRuns: 2_000 },
    );
  });

  it('are none without a number, and none without a scale, a currency or groups', () => {
    const scale = fc.constantFrom('juta', 'jt', 'ribu', 'rb', 'rp', 'million', 'gaji', ',', '.');
    fc.assert(
      fc.property(fc.array(scale, { maxLength: 8 }), fc.integer({ min: 0, max: 999_999 }), (words, bare) => {
        expect(amountsIn(words.join(' '))).toEqual([]);
        expect(amountsIn(`saya punya ${bare} teman`)).toEqual([]);
      }),
    );
  });

  it('are whole rupiah, whatever is written', () => {
    const piece = fc.constantFrom(
      '1,3333',
      '5',
      '.',
      '0,1',
      'juta',
      'rb',
      'setengah',
      'belas',
      'puluh',
      'rp',
      'dua',
      '1.000.000',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 10 }), (pieces) => {
        for (const amount of amountsIn(pieces.join(' '))) {
          expect(Number.isSafeInteger(amount)).toBe(true);
          expect(amount).toBeGreaterThanOrEqual(1_000);
        }
      }),
      { numRuns: 1_000 },
    );
  });
});
