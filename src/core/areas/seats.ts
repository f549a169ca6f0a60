import list from './seats.json' with { type: 'json' };

/** A point on the earth, in degrees. */
export interface Point {
  readonly latitude: number;
  readonly longitude: number;
}

/**
 * Where the seats of cities and regencies lie, by their code; some 93 % of them are known. `seats.json` comes from
 * GeoNames: `npm run areas`. The five cities of Jakarta all have Jakarta's centre, as GeoNames tells them not apart.
 */
export const seats: ReadonlyMap<string, Point> = new Map(
  Object.entries(list).map(([code, [latitude = Number.NaN, longitude = Number.NaN]]) => [
    code,
    { latitude, longitude },
  ]),
);
