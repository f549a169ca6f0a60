import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dateIn } from '../../../src/core/understanding/dates.ts';
import { wordsOf } from '../../../src/core/understanding/text.ts';
import { names } from '../../../src/locales/index.ts';

fc.configureGlobal({ seed: 20_261_031 });

const read = (text: string) => dateIn(wordsOf(text));

describe('months and years', () => {
  it.each<[string, { month?: number; year?: number }]>([
    ['iuran mei 2025', { month: 5, year: 2025 }],
    ['iuran mei', { month: 5 }],
    ['bulan 3', { month: 3 }],
    ['bln 12', { month: 12 }],
    ['bulan 03 2024', { month: 3, year: 2024 }],
    ['bulan 13', {}],
    ['bulan 0', {}],
    ['3 bulan', {}],
    ['tahun 2023', { year: 2023 }],
    ['thn 19', { year: 2019 }],
    ['19 orang', {}],
    ['sejak 1998', { year: 1998 }],
    ['1949', {}],
    ['2100', {}],
    ['20240', {}],
    ['Agustus lalu', { month: 8 }],
    ['dari januari 2020 sampai maret 2021', { month: 1, year: 2020 }],
    ['may I ask', {}],
    ['you may check', {}],
    ['in may', { month: 5 }],
    ['may 2024', { month: 5, year: 2024 }],
    ['pak jan', {}],
    ['bulan jan', { month: 1 }],
    ['des 2022', { month: 12, year: 2022 }],
    ['we march on', {}],
    ['saldo', {}],
    ['', {}],
  ])('"%s"', (text, date) => {
    expect(read(text)).toEqual(date);
  });

  it('are found in every spelling, beside any year of a working life', () => {
    const month = fc.constantFrom(
      ...Object.entries(names.months).flatMap(([name, all]) => all.map((word) => [name, word])),
    );
    fc.assert(
      fc.property(month, fc.integer({ min: 1950, max: 2099 }), ([number, word], year) => {
        expect(read(`iuran ${word} ${year} kok kosong`)).toEqual({ month: Number(number), year });
      }),
      { numRuns: 500 },
    );
  });

  it('are never made up: words without a digit name no year, and no month but by its name', () => {
    const word = fc.constantFrom('bulan', 'tahun', 'thn', 'last', 'in', 'may', 'mar', 'saldo', 'you');
    fc.assert(
      fc.property(fc.array(word, { maxLength: 8 }), (words) => {
        const { month, year } = dateIn(words);
        expect(year).toBeUndefined();
        if (month !== undefined) expect(words).toContain(month === 5 ? 'may' : 'mar');
      }),
    );
  });
});
