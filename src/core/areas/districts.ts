import { type Area, areas } from './areas.ts';
import list from './districts.json' with { type: 'json' };
import { regencies } from './regencies.ts';

/**
 * The cities and regencies that have a district (kecamatan) of this name: Gambir lies in Jakarta Pusat; several where
 * the name is not unique, none where it is no district. Capitals, spaces and hyphens do not count. Many are words of
 * everyday, too ("Kota", "Pasar Rebo"): whoever looks for one in a sentence needs a word beside it that says so.
 */
export function areasOfDistrict(name: string): readonly Area[] {
  return districts.get(keyOf(name)) ?? [];
}

const keyOf = (name: string) => name.toLowerCase().replace(/[^a-z0-9]/g, '');
const districts = byName();

function byName(): ReadonlyMap<string, readonly Area[]> {
  const found = new Map<string, Area[]>();
  for (const [code, names] of Object.entries(list)) {
    const area = areas.get(regencies.get(code)?.area ?? '');
    if (!area) throw new Error(`districts.json has a regency that is none: ${code}`);
    for (const name of names.split(',')) {
      const key = keyOf(name);
      const known = found.get(key);
      if (!known) found.set(key, [area]);
      else if (!known.includes(area)) known.push(area);
    }
  }
  return found;
}
