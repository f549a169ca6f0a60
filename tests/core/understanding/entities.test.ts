import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { entitiesIn } from '../../../src/core/understanding/entities.ts';
import { plainDigits } from '../../../src/core/understanding/text.ts';
import { digitString, written } from '../digits.ts';

fc.configureGlobal({ seed: 20_261_031 });

/** Pieces of what members write, put together in any way. */
const pieces = [
  'saldo kartu kpj di kota batu sby surabya jatim mei bulan tahun jht juta ribu dua rp ya ga inggris'.split(' '),
  ['0812', '34567890', '3175', '01123456', '2024', '7', '٣', '＋62', '.', ',', '-', '\n', '🙏', '\u200b'],
].flat();
const heap = fc
  .array(fc.constantFrom(...pieces), { maxLength: 14 })
  .chain((all) => fc.constantFrom('', ' ').map((between) => all.join(between)));

describe('the numbers that a text names', () => {
  it.each<[string, object]>([
    ['3175011234560001', { nik: '3175011234560001' }],
    ['nik sy 3175 0112 3456 0001 kpj 12345678901', { nik: '3175011234560001', kpj: '12345678901' }],
    ['３１７５０１１２３４５６０００１', { nik: '3175011234560001' }],
    ['3175011234560001 atau 3175011234560002', {}],
    ['no kpj sy 12 34 5678901', { kpj: '12345678901' }],
    ['081234567890 kpj 12345678901', { kpj: '12345678901', phone: '+6281234567890' }],
    ['kodenya 123456', { code: '123456' }],
    ['kode ١٢٣٤٥٦', { code: '123456' }],
    ['12345', {}],
    ['1234567', {}],
  ])('"%s"', (text, named) => {
    expect(entitiesIn(text)).toEqual(named);
  });

  it.each(['081234567890', '0812-3456-7890', '+62 812 3456 7890', '6281234567890', '٠٨١٢٣٤٥٦٧٨٩٠'])(
    'takes the phone number "%s" to its international form',
    (text) => {
      expect(entitiesIn(`wa saya ${text} kak`)).toEqual({ phone: '+6281234567890' });
    },
  );

  it('lets the words beside eleven digits that begin with 08 tell a KPJ from a phone number', () => {
    expect(entitiesIn('08123456789')).toEqual({ phone: '+628123456789' });
    expect(entitiesIn('kpj saya 08123456789')).toEqual({ kpj: '08123456789' });
    expect(entitiesIn('nomor peserta 08123456789')).toEqual({ kpj: '08123456789' });
  });

  it('finds a NIK, a KPJ and a code in any script and in any grouping', () => {
    const number = fc.constantFrom<['nik' | 'kpj' | 'code', number]>(['nik', 15], ['kpj', 10], ['code', 5]);
    const typed = number.chain(([name, length]) =>
      digitString(length)
        // Not a phone number, whatever follows.
        .map((digits) => `1${digits}`)
        .chain((digits) => fc.tuple(fc.constant(name), fc.constant(digits), written(digits))),
    );
    fc.assert(
      fc.property(typed, fc.constantFrom('', 'ini kak: ', 'nomernya '), ([name, digits, text], before) => {
        expect(entitiesIn(before + text)).toHaveProperty(name, digits);
      }),
    );
  });

  it.each(['\u202E', '\u2066', '\u200F', '\u061C'])(
    'names no NIK, KPJ, code or phone where "%s" turns it around',
    (turn) => {
      for (const number of ['3175011234560001', '12345678901', '123456', '081234567890']) {
        const { nik, kpj, code, phone } = entitiesIn(`ini ${turn}${number}`);
        expect([nik, kpj, code, phone]).toEqual([undefined, undefined, undefined, undefined]);
      }
    },
  );
});

describe('the programs, languages and answers that a text names', () => {
  it.each<[string, object]>([
    ['jht', { programs: ['JHT'] }],
    ['JP, JHT & JKK', { programs: ['JHT', 'JP', 'JKK'] }],
    ['santunan kematian', { programs: ['JKM'] }],
    ['jaminan kehilangan pekerjaan', { programs: ['JKP'] }],
    ['old age savings', { programs: ['JHT'] }],
    ['ajht jpx', {}],
    ['bahasa inggris', { language: 'en' }],
    ['english please', { language: 'en' }],
    ['bahasa indonesia', { language: 'id' }],
    ['bahasa indonesia atau inggris', {}],
    ['iya', { answer: 'yes' }],
    ['iya setuju', { answer: 'yes' }],
    ['Oke kak', { answer: 'yes' }],
    ['yes please', { answer: 'yes' }],
    ['setuju 3175011234560001', { answer: 'yes', nik: '3175011234560001' }],
    ['ga', { answer: 'no' }],
    ['tidak setuju', { answer: 'no' }],
    ['no thanks', { answer: 'no' }],
    ['iya tapi ga', {}],
    ['iya saldo saya', {}],
    ['3', { choice: 3 }],
    ['(2)', { choice: 2 }],
    ['12', { choice: 12 }],
    ['٣', { choice: 3 }],
    ['123', {}],
    ['3 kali', {}],
    ['', {}],
    ['🙏🙏', {}],
  ])('"%s"', (text, named) => {
    expect(entitiesIn(text)).toEqual(named);
  });
});

describe('what is in one text together', () => {
  it('is all named, each for what it is', () => {
    expect(entitiesIn('jht sy di bandung, jawa barat gaji 5jt sejak mei 2019')).toEqual({
      city: 'Bandung',
      province: 'Jawa Barat',
      year: 2019,
      month: 5,
      amounts: [5_000_000],
      programs: ['JHT'],
    });
  });

  it('is read in the first 1,024 characters: who writes more tells a story', () => {
    expect(entitiesIn(`${'x'.repeat(1_000)} 123456`)).toHaveProperty('code', '123456');
    expect(entitiesIn(`${'x'.repeat(1_020)} 123456`)).not.toHaveProperty('code');
  });
});

describe('nothing is named that is not in the text', () => {
  it('its digits are in the text, in their order', () => {
    fc.assert(
      fc.property(heap, (text) => {
        const { nik, kpj, code, phone, choice } = entitiesIn(text);
        const digits = plainDigits(text).replace(/\D/g, '');
        const named = [nik, kpj, code, phone?.replace(/^\+62/, ''), choice === undefined ? undefined : `${choice}`];
        for (const number of named) if (number !== undefined) expect(digits).toContain(number);
      }),
      { numRuns: 2_000 },
    );
  });

  it('each has the form that it is said to have', () => {
    fc.assert(
      fc.property(heap, (text) => {
        const { nik = '1'.repeat(16), kpj = '1'.repeat(11), code = '1'.repeat(6), ...others } = entitiesIn(text);
        const { phone = '+6281234567', month = 1, year = 2000, amounts = [1_000], choice = 0 } = others;
        expect(nik).toMatch(/^\d{16}$/);
        expect(kpj).toMatch(/^\d{11}$/);
        expect(code).toMatch(/^\d{6}$/);
        expect(phone).toMatch(/^\+628\d{7,11}$/);
        expect(month >= 1 && month <= 12).toBe(true);
        expect(year >= 1950 && year < 2100).toBe(true);
        expect(amounts.every((amount) => Number.isSafeInteger(amount) && amount >= 1_000)).toBe(true);
        expect(choice >= 0 && choice <= 99).toBe(true);
      }),
      { numRuns: 2_000 },
    );
  });

  it('a text of no letters and no digits names nothing', () => {
    const unit = fc.constantFrom(...'!?.,-+/()🙏 \n\u200b\u202e❤️…');
    fc.assert(
      fc.property(fc.string({ unit, maxLength: 60 }), (text) => {
        expect(entitiesIn(text)).toEqual({});
      }),
    );
  });

  it('words that nobody knows name nothing', () => {
    const word = fc.string({ unit: fc.constantFrom(...'qxzжз漢'), minLength: 1, maxLength: 30 });
    fc.assert(
      fc.property(fc.array(word, { maxLength: 12 }), (words) => {
        expect(entitiesIn(words.join(' '))).toEqual({});
      }),
    );
  });

  it('never throws, whatever it is given', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 2_000, size: 'max' }), (text) => {
        expect(entitiesIn(text)).toEqual(entitiesIn(text));
      }),
    );
  });
});
