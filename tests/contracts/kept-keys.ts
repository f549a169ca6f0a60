import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { sealing } from '../../src/backends/system/sealing.ts';
import { systemTimer } from '../../src/backends/system/timer.ts';
import { KeptIsUnreadable } from '../../src/bots/owning.ts';
import { hour, type Timer } from '../../src/core/time.ts';
import { aborted, type OwningPlace, owner, placeForTest } from './owning.ts';

/** Real time, but for whole hours: they pass when they are told to. For one owner. */
export class ToldHours implements Timer {
  readonly #timer = systemTimer();
  #waiting = Promise.withResolvers<void>();
  #over = Promise.withResolvers<void>();

  async pause(ms: number, signal: AbortSignal): Promise<void> {
    if (ms !== hour) return this.#timer.pause(ms, signal);
    this.#waiting.resolve();
    await Promise.race([this.#over.promise, aborted(signal)]);
  }

  /** Lets an hour pass; resolves when what it set going is done, and the next hour is waited for. */
  async pass(): Promise<void> {
    await this.#waiting.promise;
    this.#waiting = Promise.withResolvers();
    this.#over.resolve();
    this.#over = Promise.withResolvers();
    await this.#waiting.promise;
  }
}

/** A ring of keys that changes, and what seals with it. */
class ChangingRing {
  now: readonly Uint8Array[];
  readonly sealing = sealing(() => this.now);

  constructor(...keys: readonly Uint8Array[]) {
    this.now = keys;
  }
}

const changesOf = (values: ReadonlyMap<string, string>) =>
  [...values].map(([key, value]) => ({ table: 'session', key, value }));

/** More than are sealed anew in one write. */
const many: ReadonlyMap<string, string> = new Map(
  Array.from({ length: 1_000 }, (_, nth) => [`key ${1_000 + nth}`, `value ${nth}`] as const),
);
const [[key, value] = ['', '']] = many;

/** What every implementation of `Owning` promises whoever changes the sealing key. */
export function keptKeysContract(name: string, newPlace: () => Promise<OwningPlace>): void {
  const newKeys = () => [randomBytes(32), randomBytes(32), randomBytes(32)] as const;

  describe(`${name}: what is kept, when its sealing key is changed`, () => {
    it('is sealed anew before the work begins, so that the old key can be taken out', async () => {
      const { place, open } = await placeForTest(newPlace);
      const [old, young] = newKeys();
      const ring = new ChangingRing(old);
      const before = await owner(open(ring));
      await before.keep.write([...changesOf(many), { table: 'creds', key: 'a', value: 'satu' }]);
      await before.owned.stop();

      ring.now = [young, old];
      const during = await owner(open(ring));
      ring.now = [young];
      expect(await during.keep.all('session')).toEqual(many);
      expect(await during.keep.read('creds', ['a'])).toEqual(['satu']);
      await during.owned.stop();

      const sealed = await place.sealed('session', key);
      const after = await owner(open(new ChangingRing(young)));
      expect(await after.keep.all('session')).toEqual(many);
      await after.owned.stop();
      // What the key has sealed already stays as it is.
      expect(await place.sealed('session', key)).toBe(sealed);
    });

    it('is sealed anew within the hour of a change, while it is owned, and every hour again', async () => {
      const { open } = await placeForTest(newPlace);
      const [first, second, third] = newKeys();
      const ring = new ChangingRing(first);
      const hours = new ToldHours();
      const { keep } = await owner(open({ sealing: ring.sealing, timer: hours }));
      await keep.write(changesOf(many));
      for (const [old, young] of [
        [first, second],
        [second, third],
      ] as const) {
        ring.now = [young, old];
        await hours.pass();
        ring.now = [young];
        expect(await keep.all('session')).toEqual(many);
      }
    });

    it('is not put back by that to what it was before: what is written meanwhile counts', async () => {
      const { open } = await placeForTest(newPlace);
      const [old, young] = newKeys();
      const ring = new ChangingRing(old);
      const hours = new ToldHours();
      const { keep } = await owner(open({ sealing: ring.sealing, timer: hours }));
      await keep.write(changesOf(many));
      ring.now = [young, old];
      const passed = hours.pass();
      const expected = new Map(many);
      for (const [nth, each] of [...many.keys()].entries()) {
        const now = nth % 2 === 0 ? null : `new value ${nth}`;
        if (now === null) expected.delete(each);
        else expected.set(each, now);
        await keep.write([{ table: 'session', key: each, value: now }]);
      }
      await passed;
      expect(await keep.all('session')).toEqual(expected);
    });

    it('stays as it is where no key opens it: it cannot be read until its key is there again', async () => {
      const { place, open } = await placeForTest(newPlace);
      const [old, young] = newKeys();
      const ring = new ChangingRing(old);
      const hours = new ToldHours();
      const { keep, owned } = await owner(open({ sealing: ring.sealing, timer: hours }));
      await keep.write(changesOf(many));
      ring.now = [young];
      await hours.pass();
      await keep.write([{ table: 'session', key: 'another', value: 'dua' }]);
      await expect(keep.read('session', [key])).rejects.toBeInstanceOf(KeptIsUnreadable);
      await expect(keep.all('session')).rejects.toBeInstanceOf(KeptIsUnreadable);
      expect(await keep.read('session', ['another'])).toEqual(['dua']);
      await owned.stop();

      const sealed = await place.sealed('session', key);
      // The work begins all the same: it is to find out.
      const next = await owner(open(ring));
      await expect(next.keep.read('session', [key])).rejects.toBeInstanceOf(KeptIsUnreadable);
      await next.owned.stop();
      expect(await place.sealed('session', key)).toBe(sealed);

      ring.now = [young, old];
      const last = await owner(open(ring));
      expect(await last.keep.read('session', [key, 'another'])).toEqual([value, 'dua']);
      await last.owned.stop();
      expect(await place.sealed('session', key)).not.toBe(sealed);
    });
  });
}
