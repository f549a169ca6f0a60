import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import list from '../../../src/core/areas/districts.json' with { type: 'json' };
import { areasOfDistrict } from '../../../src/core/areas/districts.ts';
import { cityOfDistrict } from '../../../src/core/understanding/districts.ts';
import { names } from '../../../src/locales/index.ts';

fc.configureGlobal({ seed: 20_261_031 });

const cityIn = (text: string) => cityOfDistrict(text)?.name ?? null;
const districts = [...new Set(Object.values(list).flatMap((each) => each.split(',')))];
const marker = fc.constantFrom('deket', 'dekat stasiun', 'kecamatan', 'di', 'sekitar', 'near');
/** One word of letters alone, that lies in one city or regency and is no word that stands before a place. */
const plain = districts.filter(
  (name) =>
    /^[A-Z][a-z]{5,20}$/.test(name) &&
    // A letter three times is read as one that is held down.
    !/(.)\1\1/.test(name) &&
    areasOfDistrict(name).length === 1 &&
    ![...names.beforePlaces, ...names.besideDistricts, ...names.districtsThatAreWords].includes(name.toLowerCase()),
);

describe('a city that is named by a district', () => {
  it.each([
    ['kantor deket stasiun gambir', 'Jakarta Pusat'],
    ['kantor di kebayoran lama dong', 'Jakarta Selatan'],
    ['kec. kebon jeruk', 'Jakarta Barat'],
    ['sekitar cengkareng ada kantor ga', 'Jakarta Barat'],
    ['dekat mal kelapa gading', 'Jakarta Utara'],
    ['saya di rancaekek, kantor mana', 'Bandung'],
    ['near tebet station', 'Jakarta Selatan'],
    ['KANTOR DI CAKUNG', 'Jakarta Timur'],
  ])('is the one that it lies in: "%s"', (text, city) => {
    expect(cityIn(text)).toBe(city);
  });

  it('is found for a name that only one has, behind a word that says that a place follows', () => {
    expect(plain.length).toBeGreaterThan(3_000);
    fc.assert(
      fc.property(
        marker,
        fc.constantFrom(...plain),
        fc.constantFrom('', 'dong', 'ada kantor ga'),
        (word, name, after) => {
          expect(cityIn(`kantor ${word} ${name.toLowerCase()} ${after}`)).toBe(areasOfDistrict(name)[0]?.name);
        },
      ),
      { numRuns: 1_000 },
    );
  });

  it('is none without such a word, be the district ever so well known', () => {
    for (const text of ['gambir', 'Tebet', 'saya gambir', 'kelapa gading', '', '?']) expect(cityIn(text)).toBeNull();
    fc.assert(
      fc.property(fc.constantFrom(...plain), (name) => {
        expect(cityIn(`halo ${name} dong`)).toBeNull();
      }),
    );
  });

  it('is none where several have a district of that name', () => {
    expect(areasOfDistrict('Sukajadi').length).toBeGreaterThan(1);
    for (const text of ['di sukajadi', 'kecamatan sukajadi', 'deket stasiun sukajadi']) expect(cityIn(text)).toBeNull();
    const several = districts.filter((name) => /^[A-Z][a-z]+$/.test(name) && areasOfDistrict(name).length > 1);
    expect(several.length).toBeGreaterThan(100);
    for (const name of several) expect(cityIn(`kantor deket ${name}`), name).toBeNull();
  });

  it.each([
    'saya di rumah',
    'ke kantor dong',
    'dari pasar ke kantor',
    'di sini ada kantor?',
    'kantor di dekat sini',
    'dari kemarin',
    'hari minggu di rumah sakit',
    'kantor di kota saya',
    'near me',
    'to work at home',
    'in the morning',
    'kantor deket dong',
  ])('is none for words of everyday, even behind such a word: "%s"', (text) => {
    expect(cityIn(text)).toBeNull();
  });

  // "Pasar" stands before places, too, so a name that begins with it is left out.
  it('is found where the name itself has a word that stands before places, or that is nothing elsewhere', () => {
    expect(cityIn('kantor dekat pasar minggu')).toBe('Jakarta Selatan');
    expect(cityIn('kantor di pasar rebo')).toBe('Jakarta Timur');
    expect(cityIn('kecamatan pasar kemis')).toBe('Tangerang');
    expect(cityIn('kantor di pancoran mas')).toBe('Depok');
  });

  // Where the longer name is ambiguous, or cannot be taken, a shorter one is: "Simpang Empat" becomes "Simpang".
  it('is never one that has no district of that name', () => {
    const wrong = districts.filter((name) => {
      const found = cityOfDistrict(`kantor deket ${name}`);
      return found !== null && !areasOfDistrict(name).includes(found);
    });
    expect(wrong).toEqual([]);
  });

  // Districts of these names: Mane (Pidie), Tetap (Kaur), Butuh (Purworejo), Tambang (Kampar), Negara (Jembrana).
  it('is none for words of everyday that are also districts, behind a word that is as common', () => {
    for (const text of [
      'kantornye di mane bang',
      'istirahat siang kantor tetap buka atau tutup',
      'saya di kota, butuh nomornya doang',
      'saya kerja di tambang, kantor mana',
      'uang dari negara',
    ]) {
      expect(cityIn(text), text).toBeNull();
    }
  });
});
