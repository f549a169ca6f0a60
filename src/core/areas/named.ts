import aliases from './aliases.json' with { type: 'json' };
import { type Province, provinces, type Regency, regencies } from './regencies.ts';

/** What a list calls a province, however it writes it: "DKI Jakarta", "D.I. Yogyakarta"; undefined where there is none. */
export function provinceNamed(written: string): Province | undefined {
  return provincesByName.get(keyOf(written));
}

/**
 * The cities and regencies that a list can mean by a name: one for "Kab. Semarang" and "KOTA SEMARANG", two for
 * "Semarang", none for what is no name of one. Spaces, hyphens and capitals do not count.
 */
export function regenciesNamed(written: string): readonly Regency[] {
  return regenciesByName.get(keyOf(written)) ?? [];
}

const spellings = new Map(Object.entries(aliases.spellings));
const shortenings = new Map(Object.entries(aliases.shortenings));

/** A name as letters alone, shortened words written out: "Kab. Gunung Kidul" is "kabupatengunungkidul". */
function keyOf(written: string): string {
  const words = written.toLowerCase().match(/[a-z]+/g) ?? [];
  const key = words.map((word) => shortenings.get(word) ?? word).join('');
  return spellings.get(key) ?? key;
}

const provincesByName = new Map([...provinces.values()].map((province) => [keyOf(province.name), province]));
const regenciesByName = byName();

function byName(): ReadonlyMap<string, readonly Regency[]> {
  const found = new Map<string, Regency[]>();
  for (const regency of regencies.values()) {
    for (const name of new Set([regency.name, regency.area].map(keyOf))) {
      found.set(name, [...(found.get(name) ?? []), regency]);
    }
  }
  return found;
}
