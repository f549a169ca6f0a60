import names from './areas.json' with { type: 'json' };
import { areaName } from './areas.ts';

/** A province, as the Ministry of Home Affairs writes it. */
export interface Province {
  /** As a NIK begins with: `33`. */
  readonly code: string;
  /** `Jawa Tengah`, `Daerah Istimewa Yogyakarta`. */
  readonly name: string;
}

/** One city (kota) or regency (kabupaten): "Kota Semarang" and "Kabupaten Semarang" are two. */
export interface Regency {
  /** `33.74` */
  readonly code: string;
  /** As the ministry writes it: `Kota Semarang`, `Kabupaten Semarang`, `Kota Administrasi Jakarta Pusat`. */
  readonly name: string;
  /** As people write it, short: `Kota Semarang`, `Kab. Semarang`, `Kota Jakarta Pusat`. */
  readonly label: string;
  /** What it is called without its kind, which it can share: `Area.name`. */
  readonly area: string;
  readonly province: Province;
}

/** Every province, by its code. */
export const provinces: ReadonlyMap<string, Province> = new Map(
  Object.entries(names.provinces).map(([code, name]) => [code, { code, name }]),
);

/** Every city and regency, by its code. */
export const regencies: ReadonlyMap<string, Regency> = new Map(
  Object.entries(names.regencies).map(([code, name]) => [code, regencyOf(code, name)]),
);

function regencyOf(code: string, name: string): Regency {
  const province = provinces.get(code.slice(0, 2));
  if (!province) throw new Error(`areas.json has no province of ${code}`);
  const label = name.replace(' Administrasi', '').replace('Kabupaten ', 'Kab. ');
  return { code, name, label, area: areaName(name), province };
}
