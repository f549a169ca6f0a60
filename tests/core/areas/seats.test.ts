import { describe, expect, it } from 'vitest';
import { regencies } from '../../../src/core/areas/regencies.ts';
import { seats } from '../../../src/core/areas/seats.ts';

/** Degrees within which a town's seat must lie: its centre as it stands on any map. */
const maps: readonly (readonly [code: string, town: string, latitude: number, longitude: number])[] = [
  ['11.71', 'Banda Aceh', 5.55, 95.32],
  ['12.71', 'Medan', 3.59, 98.67],
  ['14.71', 'Pekanbaru', 0.51, 101.45],
  ['31.71', 'Jakarta', -6.18, 106.83],
  ['32.04', 'Soreang', -7.03, 107.52],
  ['32.73', 'Bandung', -6.91, 107.61],
  ['33.02', 'Purwokerto', -7.42, 109.23],
  ['33.22', 'Ungaran', -7.14, 110.4],
  ['33.74', 'Semarang', -6.98, 110.42],
  ['34.03', 'Wonosari', -7.97, 110.6],
  ['35.78', 'Surabaya', -7.26, 112.75],
  ['51.71', 'Denpasar', -8.66, 115.22],
  ['53.71', 'Kupang', -10.17, 123.6],
  ['61.71', 'Pontianak', -0.03, 109.33],
  ['65.71', 'Tarakan', 3.32, 117.59],
  ['73.71', 'Makassar', -5.14, 119.42],
  ['82.71', 'Ternate', 0.79, 127.38],
  ['91.71', 'Jayapura', -2.54, 140.7],
  ['96.71', 'Sorong', -0.88, 131.26],
];

describe('the seats of cities and regencies', () => {
  it('are known for more than nine in ten, each of a city or regency that there is', () => {
    expect(seats.size / regencies.size).toBeGreaterThan(0.9);
    expect([...seats.keys()].filter((code) => !regencies.has(code))).toEqual([]);
  });

  it('lie in Indonesia', () => {
    for (const [code, { latitude, longitude }] of seats) {
      expect(latitude > -11.1 && latitude < 6.2 && longitude > 94.9 && longitude < 141.1, code).toBe(true);
    }
  });

  it.each(maps)('%s is governed from %s', (code, _town, latitude, longitude) => {
    expect(Math.abs((seats.get(code)?.latitude ?? 0) - latitude)).toBeLessThan(0.08);
    expect(Math.abs((seats.get(code)?.longitude ?? 0) - longitude)).toBeLessThan(0.08);
  });

  it('are places of their own, but in Jakarta', () => {
    const codes = Map.groupBy(seats.keys(), (code) => JSON.stringify(seats.get(code)));
    const shared = [...codes.values()].filter(({ length }) => length > 1);
    expect(shared).toEqual([['31.71', '31.72', '31.73', '31.74', '31.75']]);
  });
});
