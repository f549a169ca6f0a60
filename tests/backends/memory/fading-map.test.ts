import { describe, expect, it } from 'vitest';
import { FadingMap } from '../../../src/backends/memory/fading-map.ts';

/** A map of moments, each over a hundred milliseconds later. */
const momentsFor100 = (cap?: number): FadingMap<string, number> => new FadingMap((at, now) => now >= at + 100, cap);

describe('a fading map', () => {
  it('gives a value out until the moment it is over', () => {
    const map = momentsFor100();
    map.set('a', 1_000, 1_000);
    expect(map.get('a', 1_099)).toBe(1_000);
    expect(map.get('a', 1_100)).toBeUndefined();
    expect(map.get('b', 1_000)).toBeUndefined();
  });

  it('takes a new value for a key that was over', () => {
    const map = momentsFor100();
    map.set('a', 0, 0);
    expect(map.get('a', 200)).toBeUndefined();
    map.set('a', 200, 200);
    expect(map.get('a', 250)).toBe(200);
  });

  it('frees what is over, however many keys come and go', () => {
    const map = momentsFor100();
    let most = 0;
    for (let now = 0; now < 100_000; now += 1) {
      map.set(`key ${now}`, now, now);
      most = Math.max(most, map.size);
    }
    expect(most).toBeLessThanOrEqual(1_024);
  });

  it('loses nothing that is not over when it is swept', () => {
    const map = momentsFor100();
    for (let key = 0; key < 10_000; key += 1) map.set(`key ${key}`, 0, 99);
    const kept = Array.from({ length: 10_000 }, (_, key) => map.get(`key ${key}`, 99));
    expect(kept.filter((value) => value !== 0)).toEqual([]);
    expect(map.size).toBe(10_000);
  });

  it('never grows beyond its cap, and gives up what was set first', () => {
    const map = momentsFor100(80);
    for (let key = 0; key < 81; key += 1) map.set(`key ${key}`, 0, 0);
    expect(map.size).toBe(71);
    expect(map.get('key 9', 0)).toBeUndefined();
    expect(map.get('key 10', 0)).toBe(0);
    for (let key = 0; key < 10_000; key += 1) {
      map.set(`other ${key}`, 0, 0);
      expect(map.size).toBeLessThanOrEqual(80);
    }
  });
});
