import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { provinceNamed, regenciesNamed } from '../../../src/core/areas/named.ts';
import { provinces, regencies } from '../../../src/core/areas/regencies.ts';

const codesOf = (name: string) => regenciesNamed(name).map(({ code }) => code);

describe('a city or regency in a list', () => {
  it('is known by its name as the ministry writes it, and by the short one', () => {
    for (const { code, name, label } of regencies.values()) {
      expect(codesOf(name)).toEqual([code]);
      expect(codesOf(label)).toEqual([code]);
    }
  });

  it.each([
    ['Kota Semarang', ['33.74']],
    ['Kab. Semarang', ['33.22']],
    ['Kabupaten Semarang', ['33.22']],
    ['kab semarang', ['33.22']],
    ['Semarang', ['33.22', '33.74']],
    ['KOTA JAKARTA PUSAT', ['31.71']],
    ['Kota Adm. Jakarta Pusat', ['31.71']],
    ['Kab. Kepulauan Seribu', ['31.01']],
    ['Kab. Gunung Kidul', ['34.03']],
    ['Kota Pare-Pare', ['73.72']],
    ['Kota Padang Sidempuan', ['12.77']],
    ['Cilacap', ['33.01']],
    ['Kab. Bandung Kota', []],
    ['', []],
    ['constructor', []],
  ])('is understood: %s', (written, codes) => {
    expect(codesOf(written)).toEqual(codes);
  });

  it('is none for any other text, and never throws', () => {
    fc.assert(fc.property(fc.string(), (text) => regenciesNamed(text).length <= 2));
  });
});

describe('a province in a list', () => {
  it('is known by its name as the ministry writes it', () => {
    for (const { code, name } of provinces.values()) expect(provinceNamed(name)?.code).toBe(code);
  });

  it.each([
    ['DKI Jakarta', '31'],
    ['Daerah Khusus Jakarta', '31'],
    ['D.I. Yogyakarta', '34'],
    ['DI Yogyakarta', '34'],
    ['Kep. Riau', '21'],
    ['Provinsi Jambi', '15'],
    ['Bangka Belitung', '19'],
    ['NTB', '52'],
    ['Jawa', undefined],
    ['', undefined],
  ])('is understood: %s', (written, code) => {
    expect(provinceNamed(written)?.code).toBe(code);
  });
});
