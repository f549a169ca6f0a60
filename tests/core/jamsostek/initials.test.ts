import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { initialsOf } from '../../../src/core/jamsostek/initials.ts';

describe('the initials of a name', () => {
  it.each([
    ['two words', 'Rahmawati Lestari', 'R. L.'],
    ['one word', 'Suharto', 'S.'],
    ['capitals or none', 'rahmawati LESTARI', 'R. L.'],
    ['odd spaces', '  Rahmawati \t\u00A0 Lestari\n', 'R. L.'],
    ['more than four words', 'Raden Ajeng Siti Nurhaliza Putri Dewi', 'R. A. S. N.'],
    ['a shortened word', 'M. Rizki', 'M. R.'],
    ['a shortened word without a space', 'M.Rizki A.Fauzi', 'M. R. A. F.'],
    ['initials already', 'R. L.', 'R. L.'],
    ['an apostrophe', "'Aisyah Nu'man", 'A. N.'],
    ['a hyphen', 'Ahmad Al-Farisi', 'A. A.'],
    ['a number among the words', 'Budi 2 Santoso', 'B. S.'],
    ['no letter', ' 1 – . ', ''],
    ['nothing', '', ''],
  ])('%s: %j → %j', (_what, name, initials) => {
    expect(initialsOf(name)).toBe(initials);
  });

  it.each([
    ['Dr. H. Ahmad Fauzi, S.T., M.Kom.', 'A. F.'],
    ['Hj. Siti Aminah', 'S. A.'],
    ['IBU RAHMAWATI LESTARI', 'R. L.'],
    ['Ahmad Fauzi S.Pd.I', 'A. F.'],
    ['ST AISYAH', 'S. A.'],
    ['Ahmad St', 'A. S.'],
    ['Dra', 'D.'],
    ['H.', 'H.'],
  ])('a title is no name, unless there is nothing else: %j → %j', (name, initials) => {
    expect(initialsOf(name)).toBe(initials);
  });

  it.each([
    ['Łukasz Žižek', 'Ł. Ž.'],
    ['E\u0301lise', 'É.'],
    ['ßeta', 'ß.'],
    ['محمد علي', 'م. ع.'],
    ['李 小龙', '李. 小.'],
    ['किरण देवी', 'क. द.'],
    ['𐐨𐐩 𠮷田', '𐐀. 𠮷.'],
  ])('letters of any script: %j → %j', (name, initials) => {
    expect(initialsOf(name)).toBe(initials);
  });

  it('are at most four letters with their dots, whatever the name is', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(0x10_ff_ff), { maxLength: 60 }), (codes) => {
        const name = String.fromCodePoint(...codes.map((code, at) => (at % 4 === 3 ? 0x20 : code)));
        expect(initialsOf(name)).toMatch(/^(?:\p{L}\.(?: \p{L}\.){0,3})?$/u);
      }),
    );
  });
});
