import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { areas } from '../../../src/core/areas/areas.ts';
import { placesIn } from '../../../src/core/understanding/places.ts';
import { readWords } from '../../../src/core/understanding/words.ts';
import { names } from '../../../src/locales/index.ts';

fc.configureGlobal({ seed: 20_261_031 });

const read = (text: string) => placesIn(readWords(text)).map(({ name }) => name);
/** How people write places, beside their full names. */
const spellings = Object.entries({ ...names.places, ...names.provinces }).flatMap(([name, others]) =>
  others.map((other): [spelling: string, name: string] => [other, name]),
);
const fullNames = [...areas.keys()].map((name): [spelling: string, name: string] => [name, name]);

describe('the places in a text', () => {
  it.each<[string, string[]]>([
    ['kantor di Bandung', ['Bandung']],
    ['kab. bandung barat', ['Bandung Barat']],
    ['kantor sby', ['Surabaya']],
    ['kantor surabya', ['Surabaya']],
    ['kantor jakrta', ['Daerah Khusus Ibukota Jakarta']],
    ['jkt', ['Daerah Khusus Ibukota Jakarta']],
    ['jaksel', ['Jakarta Selatan']],
    ['jakarta selatan', ['Jakarta Selatan']],
    ['jawa timur', ['Jawa Timur']],
    ['jatim', ['Jawa Timur']],
    ['central java', ['Jawa Tengah']],
    ['papua barat', ['Papua Barat']],
    ['papua barat daya', ['Papua Barat Daya']],
    ['kepulauan riau', ['Kepulauan Riau']],
    ['riau', ['Riau']],
    ['surabaya, bandung sama medan', ['Surabaya', 'Bandung', 'Medan']],
    ['cek saldo saya', []],
    ['', []],
  ])('"%s"', (text, found) => {
    expect(read(text)).toEqual(found);
  });

  it('takes a word that is also a place for the place only where a word says so, or alone', () => {
    expect(read('malang banget nasib saya')).toEqual([]);
    expect(read('nasib saya malang sekali')).toEqual([]);
    expect(read('batu saya jatuh')).toEqual([]);
    expect(read('kantor di malang')).toEqual(['Malang']);
    expect(read('di batu ada kantor')).toEqual(['Batu']);
    expect(read('kota batu')).toEqual(['Batu']);
    expect(read('batu')).toEqual(['Batu']);
    expect(read('malang')).toEqual(['Malang']);
  });

  it('leaves a known word that is one slip away from a place as it is', () => {
    // "Medan" and "badan", "Kediri" and "sendiri": the phrases are full of words like these.
    expect(read('daftar sendiri buat teman di rumah')).toEqual([]);
  });

  it.each([...fullNames, ...spellings])('finds "%s" behind the word for a town: %s', (spelling, name) => {
    expect(read(`kota ${spelling} ada kantor`)).toEqual([name]);
  });

  it('finds the place wherever it stands, and no other', () => {
    const place = fc.constantFrom(...fullNames, ...spellings);
    const before = fc.constantFrom('kantor cabang', 'saya dari', 'nearest office in');
    fc.assert(
      fc.property(
        before,
        place,
        fc.constantFrom('', 'dong', 'buka jam berapa', '?'),
        (words, [spelling, name], after) => {
          expect(read(`${words} ${spelling} ${after}`)).toEqual([name]);
        },
      ),
      { numRuns: 1_000 },
    );
  });
});
