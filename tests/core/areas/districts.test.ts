import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { areas } from '../../../src/core/areas/areas.ts';
import list from '../../../src/core/areas/districts.json' with { type: 'json' };
import { areasOfDistrict } from '../../../src/core/areas/districts.ts';
import { regencies } from '../../../src/core/areas/regencies.ts';

const districts = Object.entries(list).flatMap(([code, names]) => names.split(',').map((name) => ({ code, name })));
const namesOf = (district: string) => areasOfDistrict(district).map(({ name }) => name);

describe('the districts', () => {
  it('are 7,285, in every city and regency', () => {
    expect(districts).toHaveLength(7_285);
    expect(Object.keys(list).sort()).toEqual([...regencies.keys()].sort());
  });

  it('lead to the city or regency that they lie in', () => {
    expect(namesOf('Gambir')).toEqual(['Jakarta Pusat']);
    expect(namesOf('Rancaekek')).toEqual(['Bandung']);
    const lost = districts.filter(
      ({ code, name }) => !areasOfDistrict(name).some((area) => area === areas.get(regencies.get(code)?.area ?? '')),
    );
    expect(lost).toEqual([]);
  });

  it('are known without capitals, spaces and hyphens', () => {
    fc.assert(
      fc.property(fc.constantFrom(...districts), fc.constantFrom('', '-', ' '), ({ name }, joint) => {
        expect(areasOfDistrict(name.toLowerCase().replaceAll(/[ -]/g, joint))).toEqual(areasOfDistrict(name));
      }),
    );
  });

  it('lead to several where the name is not unique, to a city and the regency of its name once', () => {
    const found = namesOf('Sukajadi');
    expect(found).toEqual(['Pekanbaru', 'Bandung']);
    for (const { name } of districts) expect(new Set(areasOfDistrict(name)).size).toBe(areasOfDistrict(name).length);
  });

  it('are nothing else', () => {
    for (const name of ['', ' ', 'saldo', 'constructor', '__proto__', 'toString']) expect(namesOf(name)).toEqual([]);
  });
});
