import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { officesIn } from '../../../src/backends/disk/offices.ts';
import { areas } from '../../../src/core/areas/areas.ts';
import { seats } from '../../../src/core/areas/seats.ts';
import { officeDirectory, type Point } from '../../../src/core/offices/directory.ts';
import { officesOf } from './list.ts';

const { offices } = officesIn(join(import.meta.dirname, '../../../data/offices.csv'));
const directory = officeDirectory(offices);
const serving = offices.filter(({ kind }) => kind === 'branch' || kind === 'pioneer');
const point = fc.record({
  latitude: fc.double({ min: -11, max: 6, noNaN: true }),
  longitude: fc.double({ min: 95, max: 141, noNaN: true }),
});

type Vector = readonly [x: number, y: number, z: number];

/** The angle between two unit vectors, by their cross and dot products, times the earth's radius. */
function vectorKm(one: Point, other: Point): number {
  const [a, b] = [vectorOf(one), vectorOf(other)];
  const cross = [a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]];
  const dot = a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
  return 6371.0088 * Math.atan2(Math.hypot(...cross), dot);
}

function vectorOf({ latitude, longitude }: Point): Vector {
  const [phi, lambda] = [(latitude / 180) * Math.PI, (longitude / 180) * Math.PI];
  return [Math.cos(phi) * Math.cos(lambda), Math.cos(phi) * Math.sin(lambda), Math.sin(phi)];
}

const namesOf = (found: readonly { readonly name: string }[]) => found.map(({ name }) => name);

describe('the nearest offices', () => {
  it('are those that a search through all of them by vectors finds, at 200 random points of Indonesia', () => {
    fc.assert(
      fc.property(point, fc.integer({ min: 1, max: 12 }), (from, count) => {
        const found = directory.nearest(from, count);
        const distances = serving.map((office) => vectorKm(from, office)).sort((one, other) => one - other);
        expect(found).toHaveLength(count);
        for (const [index, { office, km }] of found.entries()) {
          expect(km).toBeCloseTo(distances[index] ?? Number.NaN, 6);
          expect(km).toBeCloseTo(vectorKm(from, office), 6);
        }
        expect(new Set(found.map(({ office }) => office)).size).toBe(count);
      }),
      { numRuns: 200 },
    );
  });

  it('are as far away as on a map', () => {
    const [surabaya] = officeDirectory(officesOf({ latitude: '-7.25', longitude: '112.75' })).nearest(
      { latitude: -6.2, longitude: 106.8167 },
      1,
    );
    expect(surabaya?.km).toBeGreaterThan(660);
    expect(surabaya?.km).toBeLessThan(670);
    const [here] = officeDirectory(officesOf({})).nearest({ latitude: -7.03333, longitude: 110.38333 }, 1);
    expect(here?.km).toBe(0);
  });

  it('say whether the distance is one to the office, or to the centre of its town', () => {
    const found = officeDirectory(
      officesOf(
        { coord_precision: 'office' },
        { coord_precision: 'city', latitude: '-7.1' },
        { coord_precision: 'regency', latitude: '-7.2' },
      ),
    ).nearest({ latitude: -7.03, longitude: 110.38 }, 3);
    expect(found.map(({ exact }) => exact)).toEqual([true, false, false]);
  });

  it('of one town are the certain ones first', () => {
    const found = officeDirectory(
      officesOf(
        { name: 'A', confidence: 'low' },
        { name: 'C', confidence: 'high' },
        { name: 'B', confidence: 'medium' },
      ),
    ).nearest({ latitude: -7, longitude: 110 }, 3);
    expect(namesOf(found.map(({ office }) => office))).toEqual(['B', 'C', 'A']);
  });

  it('are as many as there are where more are asked for, and none where none are', () => {
    const two = officeDirectory(officesOf({}, {}));
    const from = { latitude: 0, longitude: 100 };
    expect(two.nearest(from, 5)).toHaveLength(2);
    for (const count of [0, -1]) expect(two.nearest(from, count)).toEqual([]);
    expect(officeDirectory([]).nearest(from, 3)).toEqual([]);
  });

  it('are never the head office or a regional one', () => {
    const all = officeDirectory(officesOf({ type: 'Pusat' }, { type: 'Kanwil' }, { type: 'KCP' }));
    expect(all.nearest({ latitude: -7, longitude: 110 }, 3).map(({ office }) => office.kind)).toEqual(['pioneer']);
    expect(all.inCity('Semarang')).toHaveLength(1);
    expect(all.inProvince('Jawa Tengah')).toHaveLength(1);
  });
});

describe('the offices of a place', () => {
  it('are found by the name of the city, in the city and the regency of its name', () => {
    expect(namesOf(directory.inCity('Semarang'))).toEqual([
      'Kantor Cabang Semarang Majapahit',
      'Kantor Cabang Semarang Pemuda',
      'Kantor Cabang Ungaran',
    ]);
    expect(directory.inCity('Jakarta Selatan')).toEqual([]);
    expect(directory.inCity('constructor')).toEqual([]);
  });

  it('are found by the province, also by one that has a city of its name', () => {
    expect(namesOf(directory.inProvince('Jambi'))).toEqual(['Kantor Cabang Jambi', 'Kantor Cabang Muara Bungo']);
    expect(directory.inProvince('Daerah Istimewa Yogyakarta')).toEqual(directory.inProvince('D.I. Yogyakarta'));
    expect(directory.inProvince('Daerah Istimewa Yogyakarta')).toHaveLength(5);
    expect(directory.inProvince('Papua Pegunungan')).toEqual([]);
    expect(directory.inProvince('Atlantis')).toEqual([]);
  });

  it('are all found, in one city and one province each, the certain ones first', () => {
    const cities = new Set([...areas.values()].filter(({ kind }) => kind === 'city').map(({ name }) => name));
    const inCities = [...cities].flatMap((name) => directory.inCity(name));
    expect(new Set(inCities)).toEqual(new Set(serving));
    expect(inCities).toHaveLength(serving.length);
    for (const name of cities) {
      const certain = directory.inCity(name).map((office) => Number(office.certain));
      expect(certain).toEqual(certain.toSorted((one, other) => other - one));
    }
  });
});

describe('the offices near a city', () => {
  it('are found for one without an office', () => {
    const found = directory.nearestTo('Salatiga', 3);
    expect(directory.inCity('Salatiga')).toEqual([]);
    expect(found[0]?.office.name).toBe('Kantor Cabang Ungaran');
    expect(found[0]?.km).toBeLessThan(20);
    expect(found.every(({ exact }) => !exact)).toBe(true);
  });

  it('are nearest first, each once, by the nearer of a city and the regency of its name', () => {
    for (const { name, codes } of [...areas.values()].filter(({ kind }) => kind === 'city')) {
      const centres = codes.flatMap((code) => seats.get(code) ?? []);
      const found = directory.nearestTo(name, 4);
      const all = serving.map((office) => Math.min(...centres.map((centre) => vectorKm(centre, office))));
      const nearest = all.sort((one, other) => one - other).slice(0, centres.length > 0 ? 4 : 0);
      expect(found).toHaveLength(nearest.length);
      for (const [index, { km }] of found.entries()) expect(km).toBeCloseTo(nearest[index] ?? Number.NaN, 6);
      expect(new Set(found.map(({ office }) => office)).size).toBe(found.length);
    }
  });

  it('are none where it is not known where the city lies, or where it is none', () => {
    for (const name of ['Merauke', 'Jawa Tengah', 'Atlantis']) expect(directory.nearestTo(name, 3)).toEqual([]);
  });
});

describe('data/offices.csv', () => {
  it('has each office within 150 km of the seat of its city or regency', () => {
    const far = offices.filter((office) => {
      const seat = seats.get(office.area.code);
      return seat && vectorKm(seat, office) > 150;
    });
    expect(namesOf(far)).toEqual([]);
  });
});
