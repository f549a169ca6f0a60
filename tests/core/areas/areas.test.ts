import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { districts, areas as published, seats } from '../../../scripts/areas.ts';
import { areas } from '../../../src/core/areas/areas.ts';
import { wordsOf } from '../../../src/core/understanding/text.ts';
import { names } from '../../../src/locales/index.ts';

const kept = (file: string) => readFileSync(new URL(`../../../src/core/areas/${file}`, import.meta.url), 'utf8');
const codes = (kind: 'city' | 'province') =>
  [...areas.values()].filter((area) => area.kind === kind).flatMap((area) => area.codes);

describe('the areas of Indonesia', () => {
  it.each([
    ['areas.json', published],
    ['districts.json', districts],
    ['seats.json', seats],
  ])('are those of the installed data sets, in %s: if not, run `npm run areas`', async (file, made) => {
    expect(kept(file)).toBe(await made());
  });

  it('are 514 cities and regencies, each under one name', () => {
    const regencies = codes('city');
    expect(regencies).toHaveLength(514);
    expect(new Set(regencies).size).toBe(514);
    for (const code of regencies) expect(code).toMatch(/^\d\d\.\d\d$/);
  });

  it('are 38 provinces, and every city lies in one; a name that both have is the city', () => {
    const provinces = new Set(codes('city').map((code) => code.slice(0, 2)));
    expect(provinces.size).toBe(38);
    const named = codes('province');
    expect(named.every((code) => provinces.has(code))).toBe(true);
    expect([...provinces].filter((code) => !named.includes(code))).toEqual(['15', '17', '75']);
    for (const name of ['Jambi', 'Bengkulu', 'Gorontalo']) expect(areas.get(name)?.kind).toBe('city');
  });

  it('put a city and the regency of its name together, without "Kota" and "Kabupaten"', () => {
    expect(areas.get('Bandung')).toEqual({ kind: 'city', name: 'Bandung', codes: ['32.04', '32.73'] });
    expect([...areas.keys()].filter((name) => /^(Kota|Kabupaten) /.test(name))).toEqual([]);
  });
});

describe('how people write places', () => {
  const written = Object.entries({ ...names.places, ...names.provinces });

  it('is known of nothing but cities, regencies and provinces', () => {
    expect(Object.keys(names.places).filter((name) => areas.get(name)?.kind !== 'city')).toEqual([]);
    expect(Object.keys(names.provinces).filter((name) => areas.get(name)?.kind !== 'province')).toEqual([]);
  });

  it('never leads to two places', () => {
    const meant = new Map<string, Set<string>>();
    const all = [...[...areas.keys()].map((name): [string, string[]] => [name, [name]]), ...written];
    for (const [name, spellings] of all) {
      for (const spelling of spellings) {
        const words = wordsOf(spelling).join(' ');
        meant.set(words, (meant.get(words) ?? new Set()).add(name));
      }
    }
    expect([...meant].filter(([, places]) => places.size > 1)).toEqual([]);
  });

  it('says of real words and places only that they are both', () => {
    const known = new Set(
      [...areas.keys(), ...written.flatMap(([, spellings]) => spellings)].map((name) =>
        name.toLowerCase().replace('kepulauan ', ''),
      ),
    );
    expect(names.placesThatAreWords.filter((word) => !known.has(word))).toEqual([]);
  });
});
