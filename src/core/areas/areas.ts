import names from './areas.json' with { type: 'json' };

/** A city (kota) or regency (kabupaten), or a province. `areas.json` comes from a published list: `npm run areas`. */
export interface Area {
  readonly kind: 'city' | 'province';
  /** As people say it, without "Kota" and "Kabupaten": several regencies can share it. */
  readonly name: string;
  /** Codes of the Ministry of Home Affairs, as a NIK begins with: `32.73`, of a province `32`. */
  readonly codes: readonly string[];
}

/** Every city, regency and province, those of the same name in one; a city goes before a province of its name. */
export const areas: ReadonlyMap<string, Area> = byName();

/** What a city or regency is called without its kind: "Kota Administrasi Jakarta Pusat" is Jakarta Pusat. */
export function areaName(official: string): string {
  return official.replace(/^(Kabupaten|Kota) (Administrasi )?/, '');
}

function byName(): Map<string, Area> {
  const found = new Map<string, Area>();
  for (const [code, official] of Object.entries(names.regencies)) {
    const name = areaName(official);
    found.set(name, { kind: 'city', name, codes: [...(found.get(name)?.codes ?? []), code] });
  }
  for (const [code, name] of Object.entries(names.provinces)) {
    if (!found.has(name)) found.set(name, { kind: 'province', name, codes: [code] });
  }
  return found;
}
