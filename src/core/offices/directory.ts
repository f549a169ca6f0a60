import { areas } from '../areas/areas.ts';
import { provinceNamed } from '../areas/named.ts';
import { type Point, seats } from '../areas/seats.ts';
import type { Office } from './office.ts';

export type { Point };

/** An office and how far away it is. */
export interface NearOffice {
  readonly office: Office;
  /** As the crow flies. */
  readonly km: number;
  /** False where one end of the distance is the centre of a town: "kantor di Kota X, sekitar 12 km", and no more. */
  readonly exact: boolean;
}

/** The offices that members can go to: branches and pioneer branches. Lists have the certain ones first, then by name. */
export interface OfficeDirectory {
  /** In the cities and regencies of a name, `Area.name`: those of both where a city and a regency share it. */
  inCity(name: string): readonly Office[];
  /** In a province, by any name that it has. */
  inProvince(name: string): readonly Office[];
  /** The nearest to a point, nearest first. */
  nearest(point: Point, count: number): readonly NearOffice[];
  /**
   * The nearest to the seats of a city's name, nearest first: for a city without an office. None where it is not known
   * where the city lies.
   */
  nearestTo(city: string, count: number): readonly NearOffice[];
}

export function officeDirectory(offices: readonly Office[]): OfficeDirectory {
  const serving = offices
    .filter(({ kind }) => kind === 'branch' || kind === 'pioneer')
    .toSorted((one, other) => Number(other.certain) - Number(one.certain) || compare(one.name, other.name));
  const byCity = Map.groupBy(serving, ({ area }) => area.area);
  const byProvince = Map.groupBy(serving, ({ province }) => province.code);
  const places = serving.map((office) => ({ office, at: placed(office) }));

  const nearest = (point: Point, count: number) => {
    const from = placed(point);
    const found: { readonly office: Office; readonly apart: number }[] = [];
    for (const { office, at } of places) {
      const apart = haversine(from, at);
      if (found.length >= count && apart >= (found.at(-1)?.apart ?? 0)) continue;
      // Of those in one place the first of the list stays first.
      found.splice(found.findLastIndex((nearer) => nearer.apart <= apart) + 1, 0, { office, apart });
      if (found.length > count) found.pop();
    }
    return found.map(({ office, apart }) => ({ office, km: kilometres(apart), exact: office.precision === 'office' }));
  };
  return {
    inCity: (name) => byCity.get(name) ?? [],
    inProvince: (name) => byProvince.get(provinceNamed(name)?.code ?? '') ?? [],
    nearest,
    nearestTo(city, count) {
      const area = areas.get(city);
      const centres = area?.kind === 'city' ? area.codes.flatMap((code) => seats.get(code) ?? []) : [];
      const near = centres.flatMap((centre) => nearest(centre, count)).sort((one, other) => one.km - other.km);
      return near
        .filter(({ office }, index) => near.findIndex((first) => first.office === office) === index)
        .slice(0, Math.max(0, count))
        .map(({ office, km }) => ({ office, km, exact: false }));
    },
  };
}

/** Not by the rules of a language: the order must be the same on every machine. */
function compare(one: string, other: string): number {
  return one < other ? -1 : Number(one > other);
}

const radian = Math.PI / 180;
/** The earth's mean radius in kilometres (IUGG). */
const earth = 6_371.008_8;

/** A point in radians, with the cosine of its latitude, which every distance from it takes. */
interface Placed {
  readonly phi: number;
  readonly lambda: number;
  readonly cosine: number;
}

function placed({ latitude, longitude }: Point): Placed {
  const phi = latitude * radian;
  return { phi, lambda: longitude * radian, cosine: Math.cos(phi) };
}

/** The haversine of the angle between two points: grows with their distance, and is as exact for the small ones. */
function haversine(one: Placed, other: Placed): number {
  const up = Math.sin((other.phi - one.phi) / 2);
  const along = Math.sin((other.lambda - one.lambda) / 2);
  return up * up + one.cosine * other.cosine * along * along;
}

function kilometres(apart: number): number {
  return 2 * earth * Math.asin(Math.min(1, Math.sqrt(apart)));
}
