import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { demoMembers } from '../../../src/backends/demo/members.ts';
import { longestMasked, masked } from '../../../src/core/understanding/masked.ts';
import { wordsOf } from '../../../src/core/understanding/text.ts';
import { timesUsed } from '../../../src/core/understanding/vocabulary.ts';
import { stageDay } from '../../conversations/stage.ts';

/** Names that half of Indonesia has, and that example phrases use. */
const commonNames =
  `Budi Siti Dewi Sri Agus Eko Rina Yanti Wati Putri Putra Ahmad Muhammad Joko Bambang Hendra Rudi Asep
  Ujang Ayu Wayan Ketut Nyoman Indra Rizky Dian Fitri Lestari Sari Maria John David Mary Susanto Wijaya Hidayat`
    .trim()
    .split(/\s+/);

/** Words that are used this often are no name in any of the sentences below. */
const everyday = 40;

describe('a masked text', () => {
  it.each([
    ['Berapa saldo JHT saya?', 'berapa saldo jht saya'],
    ['sy mau klaim jht', 'saya mau klaim jht'],
    ['NIK saya 3171 0115 0190 0001', 'nik saya # # # #'],
    ['gaji saya Rp5.000.000 atau 5jt', 'gaji saya # # # atau #'],
    ['tiga dua satu belas', '# # # •'],
    ['password hunter2 a1b2 zzyzx', 'password • # •'],
    ['nama saya Made Bagus mau cek saldo', 'nama saya • • mau cek saldo'],
    ['٣٢١ ① ½ x²', '# # # # #'],
    ['👋 …', ''],
  ])('of %j is %j', (text, expected) => {
    expect(masked(text)).toBe(expected);
  });

  it('expects a name after a word that names follow, whether that word is shown or not', () => {
    expect(masked('kerja di PT Kapal Kertas Samudra')).toMatch(/^kerja di (pt|•) • • •$/);
  });

  it('shows no word that the assistant does not know, not even as one that is like it', () => {
    expect(masked('cek saldo Zubaidah')).toBe('cek saldo •');
    expect(masked('cek iruan jht')).toBe('cek • jht');
  });

  it('never holds a digit, nor anything but words and masks, and is never longer than 256 characters', () => {
    const words = fc.oneof(
      fc.string({ unit: 'grapheme', maxLength: 12 }),
      fc.constantFrom('saldo', 'nama', 'saya', 'k2', 'jt', '１２３', '५'),
      fc.integer().map(String),
    );
    fc.assert(
      fc.property(fc.array(words, { maxLength: 80 }), (parts) => {
        const text = masked(parts.join(' '));
        expect(text).not.toMatch(/\p{N}/u);
        expect(text.length).toBeLessThanOrEqual(longestMasked);
        for (const word of text.split(' ')) expect(word).toMatch(/^(\p{L}*|#|•)$/u);
      }),
      { numRuns: 300 },
    );
    // Longer when it is spelled out: "saya".
    expect(masked('sy '.repeat(80)).length).toBeLessThanOrEqual(longestMasked);
  });

  it('holds no common name', () => {
    for (const name of commonNames) {
      expect(masked(`tolong ${name} cek saldo ${name}`), name).toBe('tolong • cek saldo •');
    }
  });
});

describe('of a demo member, in a sentence', () => {
  const sentences = [
    (value: string) => value,
    (value: string) => `cek saldo ${value} dong`,
    (value: string) => `nama saya ${value}, saya mau cek saldo`,
    (value: string) => `a.n. ${value.toUpperCase()}`,
    (value: string) => `atas nama ibu ${value} tolong dibantu`,
    (value: string) => `my name is ${value} and I lost my card`,
    (value: string) => `saya kerja di ${value} sudah lama`,
  ];
  const members = demoMembers(stageDay);
  const padded = (words: readonly string[]) => ` ${words.join(' ')} `;

  it('no name and no employer survives', () => {
    for (const { name, memberships } of members) {
      for (const value of [name, ...memberships.flatMap(({ employer }) => employer ?? [])]) {
        for (const sentence of sentences) {
          expect(` ${masked(sentence(value))} `, sentence(value)).not.toContain(padded(wordsOf(value)));
        }
      }
    }
  });

  it('no word of a name survives where a name is expected, but for those that everybody uses', () => {
    for (const { name } of members) {
      const own = wordsOf(name).filter((word) => timesUsed(word) < everyday);
      for (const sentence of [
        `nama saya ${name}`,
        `saya ${name}`,
        `bapak ${name}`,
        `i am ${name}`,
        `mrs ${name}`,
        `atas nama ${name}`,
      ]) {
        const left = masked(sentence).split(' ');
        for (const word of own) expect(left, sentence).not.toContain(word);
      }
    }
  });

  it('no word of an employer survives after PT or CV, but for those that everybody uses', () => {
    for (const employer of members.flatMap(({ memberships }) => memberships.flatMap((each) => each.employer ?? []))) {
      const [, ...own] = wordsOf(employer);
      const left = masked(`kerja di ${employer}`).split(' ');
      for (const word of own.filter((each) => timesUsed(each) < everyday)) expect(left, employer).not.toContain(word);
    }
  });

  it('no number of any kind survives', () => {
    for (const { nik, phone, memberships } of members) {
      const numbers = [nik, phone ?? '', ...memberships.map(({ kpj }) => kpj)];
      const amounts = memberships.flatMap(({ contributions }) => contributions.slice(0, 3).map(({ amount }) => amount));
      for (const value of [
        ...numbers,
        ...amounts.map(String),
        ...amounts.map((amount) => amount.toLocaleString('id')),
      ]) {
        for (const sentence of sentences) expect(masked(sentence(value)), sentence(value)).not.toMatch(/\d/);
      }
      expect(masked(`kpj ${memberships[0]?.kpj ?? ''} hp ${phone ?? '0812'}`)).toBe('kpj # hp #');
    }
  });
});
