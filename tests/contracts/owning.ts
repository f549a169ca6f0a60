import type { ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import * as fc from 'fast-check';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { KeptSecrets } from '../../src/backends/kept-seals.ts';
import { keysFrom } from '../../src/backends/system/keys.ts';
import { type Sealing, sealing } from '../../src/backends/system/sealing.ts';
import { type Keep, KeptIsUnreadable, NoLongerOwner, type Owning, type Tenure } from '../../src/bots/owning.ts';
import type { Timer } from '../../src/core/time.ts';
import { end } from '../servers/process.ts';
import { testKeys, thing, writersKeys } from './owning-writer.ts';

/** A process that owns things, or would like to. */
export interface OwningProcess {
  readonly owning: Owning;
  close(): Promise<void>;
}

/** What a process of a test may have of its own. */
export interface OwnServices extends KeptSecrets {
  readonly timer: Timer;
}

/** Where processes meet. Nothing is kept there yet. */
export interface OwningPlace {
  /** One more process, which shares nothing with the others but the place and, unless told otherwise, keys. */
  open(own?: Partial<OwnServices>): OwningProcess;
  /** A real process that runs `writeUntilKilled`, and after whose death the next is to follow within two seconds. */
  spawn(): ChildProcess;
  /** What stands in the store for this value of {@link thing}, while nobody owns it. */
  sealed(table: string, key: string): Promise<string>;
  /** Puts something in its place. */
  put(table: string, key: string, sealed: string): Promise<void>;
  /** Every byte of the store. */
  bytes(): Promise<Buffer>;
  close(): Promise<void>;
}

export const testKey = randomBytes(32);

/** Seals with the key of these tests. */
export function testSealing(key: Uint8Array = testKey): Sealing {
  const keys = [key];
  return sealing(() => keys);
}

/** What stands in the store in the place of this key of {@link thing}. */
export function digestOf(table: string, key: string): string {
  return testKeys.mac('kept', JSON.stringify([thing, table, key]));
}

/** Resolves when it is aborted. */
export async function aborted(signal: AbortSignal): Promise<void> {
  if (!signal.aborted) await once(signal, 'abort');
}

/** Owns the thing until the end of its tenure; resolves when that has begun. What fails is thrown. */
export async function owner(owning: Owning, options: { readonly byForce?: boolean } = {}) {
  const begun = Promise.withResolvers<Tenure>();
  const work = async (tenure: Tenure) => {
    begun.resolve(tenure);
    await aborted(tenure.ended);
  };
  const owned = owning.own(thing, work, begun.reject, options);
  onTestFinished(() => owned.stop());
  const { ended, keep } = await begun.promise;
  return { owned, ended, keep };
}

/** A place, and how to open processes there, all of which are closed with the test. */
export async function placeForTest(newPlace: () => Promise<OwningPlace>) {
  const place = await newPlace();
  onTestFinished(() => place.close());
  const open = (own?: Partial<OwnServices>) => {
    const process = place.open(own);
    onTestFinished(() => process.close());
    return process.owning;
  };
  return { place, open };
}

/** What every implementation of {@link Owning} promises. */
export function owningContract(name: string, newPlace: () => Promise<OwningPlace>): void {
  const newPlaces = () => placeForTest(newPlace);

  /** Keeps these, then calls back while nobody owns the thing, then opens it anew. */
  const reopened = async (
    kept: Readonly<Record<string, string>>,
    meanwhile: (place: OwningPlace) => Promise<void>,
    own?: Partial<OwnServices>,
  ): Promise<Keep> => {
    const { place, open } = await newPlaces();
    const { keep, owned } = await owner(open());
    await keep.write(Object.entries(kept).map(([key, value]) => ({ table: 'creds', key, value })));
    await owned.stop();
    await meanwhile(place);
    return (await owner(open(own))).keep;
  };

  /** Whether both ways to read it say so, without a word of what it is. */
  const isUnreadable = async (keep: Keep, key: string): Promise<boolean> => {
    const asked = await Promise.allSettled([keep.read('creds', [key]), keep.all('creds')]);
    return asked.every(
      (each) =>
        each.status === 'rejected' &&
        each.reason instanceof KeptIsUnreadable &&
        !/satu|dua|6281234/.test(`${each.reason.message} ${each.reason.stack}`),
    );
  };

  describe(`${name}: who owns something`, () => {
    it('is one at a time, however many would like to, and each in turn', async () => {
      const { open } = await newPlaces();
      let owners = 0;
      let most = 0;
      const begun: number[] = [];
      let begins = Promise.withResolvers<void>();
      const all = Array.from({ length: 5 }, (_, nth) =>
        open().own(
          thing,
          async ({ ended, keep }) => {
            owners += 1;
            most = Math.max(most, owners);
            begun.push(nth);
            begins.resolve();
            await aborted(ended);
            await keep.write([{ table: 'owners', key: String(nth), value: '' }]);
            owners -= 1;
          },
          begins.reject,
        ),
      );
      onTestFinished(async () => void (await Promise.all(all.map((each) => each.stop()))));
      for (let nth = 1; nth <= all.length; nth += 1) {
        await begins.promise;
        begins = Promise.withResolvers();
        expect(all.map((each) => each.isOwner())).toEqual(all.map((_, other) => other === begun.at(-1)));
        await all[begun.at(-1) ?? 0]?.stop();
      }
      expect(new Set(begun)).toEqual(new Set(all.keys()));
      expect(begun).toHaveLength(all.length);
      expect(most).toBe(1);
    });

    it('is each for its own thing', async () => {
      const { open } = await newPlaces();
      const [here, there] = [open(), open()];
      await owner(here);
      const began = Promise.withResolvers<void>();
      const other = there.own(
        'another thing',
        async ({ ended, keep }) => {
          expect(await keep.read('creds', ['a'])).toEqual([null]);
          began.resolve();
          await aborted(ended);
        },
        began.reject,
      );
      onTestFinished(() => other.stop());
      await began.promise;
      expect(other.isOwner()).toBe(true);
    });

    it('stops when told to, with all that is written until the work has ended, and the next follows at once', async () => {
      const { open } = await newPlaces();
      const steps: string[] = [];
      const began = Promise.withResolvers<void>();
      const first = open().own(
        thing,
        async ({ ended, keep }) => {
          began.resolve();
          await aborted(ended);
          steps.push(first.isOwner() ? 'owner' : 'told');
          await keep.write([{ table: 'creds', key: 'a', value: 'satu' }]);
          steps.push('ended');
        },
        began.reject,
      );
      await began.promise;
      const next = owner(open());
      const stopped = performance.now();
      await first.stop();
      steps.push('stopped');
      expect(first.isOwner()).toBe(false);
      const { keep } = await next;
      // Whoever had to wait for a silent owner would wait for five.
      expect(performance.now() - stopped).toBeLessThan(2_000);
      expect(steps).toEqual(['told', 'ended', 'stopped']);
      expect(await keep.read('creds', ['a'])).toEqual(['satu']);
    });

    it('ends without a word of what its work throws when its time is over', async () => {
      const { open } = await newPlaces();
      const failures: unknown[] = [];
      const begun = Promise.withResolvers<void>();
      const owned = open().own(
        thing,
        async ({ ended }) => {
          begun.resolve();
          await aborted(ended);
          throw ended.reason;
        },
        (error) => failures.push(error),
      );
      await begun.promise;
      await owned.stop();
      expect(failures).toEqual([]);
    });

    it('is nobody who stopped before his turn came', async () => {
      const { open } = await newPlaces();
      const { owned } = await owner(open());
      const waiting = [open(), open()].map((each) =>
        each.own(
          thing,
          () => Promise.reject(new Error('It has begun.')),
          (error) => expect(error).toBe(null),
        ),
      );
      await Promise.all(waiting.map((each) => each.stop()));
      expect(owned.isOwner()).toBe(true);
      await owned.stop();
      expect((await owner(open())).owned.isOwner()).toBe(true);
    });

    it('is followed by another when its process is killed, and of its writes none is there by halves', async () => {
      const { place, open } = await newPlaces();
      for (const round of [1, 2, 3]) {
        const child = place.spawn();
        onTestFinished(() => end(child, 'SIGKILL'));
        if (child.stdout === null) throw new Error('The process says nothing.');
        const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
        expect((await lines.next()).value).toBe('begun');
        const next = owner(open());
        let kept = 0;
        while (kept < 20 * round) kept = Number((await lines.next()).value);
        const killed = performance.now();
        await end(child, 'SIGKILL');
        for (let line = await lines.next(); line.done !== true; line = await lines.next()) kept = Number(line.value);
        const { keep, owned } = await next;
        expect(performance.now() - killed).toBeLessThan(4_000);
        const numbers = new Set(await keep.read('many', writersKeys));
        expect(numbers.size).toBe(1);
        const [number = null] = numbers;
        expect([kept, kept + 1]).toContain(Number(number));
        await owned.stop();
      }
    });

    it('is whoever comes by force, once the other of this process has ended, and before those who wait', async () => {
      const { open } = await newPlaces();
      const owning = open();
      const steps: string[] = [];
      const begun = Promise.withResolvers<Tenure>();
      const told = Promise.withResolvers<void>();
      const ending = Promise.withResolvers<void>();
      const again = Promise.withResolvers<void>();
      const first = owning.own(
        thing,
        async (tenure) => {
          if (steps.length > 0) again.resolve();
          steps.push('begun');
          begun.resolve(tenure);
          await aborted(tenure.ended);
          steps.push('told');
          told.resolve();
          await ending.promise;
          steps.push('ended');
        },
        begun.reject,
      );
      onTestFinished(() => first.stop());
      const { keep } = await begun.promise;
      const waits = () => owning.own(thing, async () => void steps.push('waited'), begun.reject);
      const [waiting, leaving] = [waits(), waits()];
      onTestFinished(() => waiting.stop());
      const forced = owner(owning, { byForce: true });
      await leaving.stop();
      await told.promise;
      await keep.write([{ table: 'creds', key: 'a', value: 'satu' }]);
      expect(steps).toEqual(['begun', 'told']);
      ending.resolve();
      const { owned } = await forced;
      expect(steps).toEqual(['begun', 'told', 'ended']);
      expect(first.isOwner()).toBe(false);
      await owned.stop();
      await again.promise;
      expect(steps).toEqual(['begun', 'told', 'ended', 'waited', 'begun']);
      expect(first.isOwner()).toBe(true);
    });

    it('begins again after a second, under a new tenure, when the work throws', async () => {
      const { open } = await newPlaces();
      const failures: unknown[] = [];
      const begun: number[] = [];
      const leaked = Promise.withResolvers<Keep>();
      const again = Promise.withResolvers<void>();
      const owned = open().own(
        thing,
        async ({ ended, keep }) => {
          begun.push(performance.now());
          leaked.resolve(keep);
          if (begun.length === 1) throw new Error('broke off');
          const late = (await leaked.promise).write([{ table: 'creds', key: 'a', value: 'late' }]);
          await expect(late).rejects.toBeInstanceOf(NoLongerOwner);
          again.resolve();
          await aborted(ended);
        },
        (error) => failures.push(error),
      );
      onTestFinished(() => owned.stop());
      await again.promise;
      expect(failures).toEqual([new Error('broke off')]);
      const [first = 0, second = 0] = begun;
      expect(second - first).toBeGreaterThan(990);
    });
  });

  describe(`${name}: what an owner keeps`, () => {
    it('is there for the next, and nothing where there was nothing', async () => {
      const keep = await reopened({ a: 'satu', b: '' }, async () => undefined);
      expect(await keep.read('creds', ['b', 'none', 'a', 'a'])).toEqual(['', null, 'satu', 'satu']);
      expect(await keep.read('creds', [])).toEqual([]);
      expect(await keep.read('none', ['a'])).toEqual([null]);
      expect(await keep.all('none')).toEqual(new Map());
    });

    it('is changed by many changes at once: a thousand, the later of one key, and what is taken away', async () => {
      const { open } = await newPlaces();
      const { keep } = await owner(open());
      const keys = Array.from({ length: 1_000 }, (_, nth) => `pre-key ${nth}`);
      await keep.write(keys.map((key) => ({ table: 'pre-key', key, value: `value of ${key}` })));
      expect(await keep.read('pre-key', keys)).toEqual(keys.map((key) => `value of ${key}`));
      await keep.write([
        { table: 'pre-key', key: 'pre-key 1', value: 'first' },
        { table: 'session', key: 'pre-key 1', value: 'elsewhere' },
        { table: 'pre-key', key: 'pre-key 1', value: 'second' },
        { table: 'pre-key', key: 'pre-key 2', value: null },
        { table: 'pre-key', key: 'pre-key 3', value: null },
        { table: 'pre-key', key: 'pre-key 3', value: 'back' },
        { table: 'pre-key', key: 'never there', value: null },
      ]);
      expect(await keep.read('pre-key', ['pre-key 1', 'pre-key 2', 'pre-key 3'])).toEqual(['second', null, 'back']);
      expect(await keep.read('session', ['pre-key 1'])).toEqual(['elsewhere']);
      expect((await keep.all('pre-key')).size).toBe(999);
    });

    it('is given in the order of the keys, whatever they are', async () => {
      const { open } = await newPlaces();
      const { keep } = await owner(open());
      const keys = [
        '10',
        '9',
        'b',
        'a',
        'Z',
        '\u{1f600}',
        '\ufffd',
        '__proto__',
        'constructor',
        '',
        'a\0b',
        'a:b',
        '{b}',
      ];
      await keep.write(keys.map((key) => ({ table: 'odd', key, value: `<${key}>` })));
      expect([...(await keep.all('odd'))]).toEqual(keys.toSorted().map((key) => [key, `<${key}>`]));
    });

    it('is seen as it was last written, by whoever reads while that is under way', async () => {
      const { open } = await newPlaces();
      const { keep } = await owner(open());
      const writes = [1, 2, 3].map((number) => keep.write([{ table: 'creds', key: 'a', value: String(number) }]));
      expect(await keep.read('creds', ['a'])).toEqual(['3']);
      const cleared = keep.clear();
      expect(await keep.all('creds')).toEqual(new Map());
      await Promise.all([...writes, cleared]);
    });

    it('is what a map of maps would hold, whatever is written', async () => {
      const { open } = await newPlaces();
      const owning = open();
      const table = fc.constantFrom('creds', 'a/b', 'lease', 'tables', '{x}');
      const key = fc.oneof(fc.constantFrom('a', 'b/c', '__proto__'), fc.string({ unit: 'binary', maxLength: 4 }));
      const value = fc.option(fc.string({ unit: 'binary', maxLength: 8 }), { freq: 3 });
      const write = fc.array(fc.record({ table, key, value }), { maxLength: 8 });
      const steps = fc.array(fc.oneof({ weight: 8, arbitrary: write }, fc.constantFrom('clear', 'reopen')), {
        maxLength: 8,
      });
      await fc.assert(
        fc.asyncProperty(steps, async (all) => {
          const model = new Map<string, Map<string, string>>();
          let { keep, owned } = await owner(owning);
          await keep.clear();
          for (const step of all) {
            if (step === 'clear') {
              await keep.clear();
              model.clear();
            } else if (step === 'reopen') {
              await owned.stop();
              ({ keep, owned } = await owner(owning));
            } else if (typeof step !== 'string') {
              await keep.write(step);
              for (const change of step) {
                const values = model.get(change.table) ?? new Map<string, string>();
                if (change.value === null) values.delete(change.key);
                else values.set(change.key, change.value);
                model.set(change.table, values);
              }
            }
            for (const each of ['creds', 'a/b', 'lease', 'tables', '{x}']) {
              const expected = [...(model.get(each) ?? [])].sort(([a], [b]) => (a < b ? -1 : 1));
              expect([...(await keep.all(each))]).toEqual(expected);
            }
          }
          await owned.stop();
        }),
        { numRuns: 40 },
      );
    });

    it('is gone when it is cleared, in every table, also for the next', async () => {
      const { open } = await newPlaces();
      const { keep, owned } = await owner(open());
      await keep.write(['creds', 'session'].map((table) => ({ table, key: 'a', value: 'satu' })));
      await keep.clear();
      expect(await keep.read('creds', ['a'])).toEqual([null]);
      await keep.write([{ table: 'creds', key: 'b', value: 'dua' }]);
      await owned.stop();
      const next = await owner(open());
      expect(await next.keep.all('creds')).toEqual(new Map([['b', 'dua']]));
      expect(await next.keep.all('session')).toEqual(new Map());
    });

    it('is changed by nobody whose time is over: nothing of it, and he is told', async () => {
      const { open } = await newPlaces();
      const before = await owner(open());
      await before.keep.write([{ table: 'creds', key: 'a', value: 'satu' }]);
      await before.owned.stop();
      const tooLate = (keep: Keep) => [
        keep.write([
          { table: 'creds', key: 'b', value: 'dua' },
          { table: 'creds', key: 'a', value: null },
        ]),
        keep.clear(),
      ];
      for (const each of tooLate(before.keep)) await expect(each).rejects.toBeInstanceOf(NoLongerOwner);
      const { keep } = await owner(open());
      for (const each of tooLate(before.keep)) await expect(each).rejects.toBeInstanceOf(NoLongerOwner);
      expect(await keep.all('creds')).toEqual(new Map([['a', 'satu']]));
    });

    it('is not to be read by whoever has the store', async () => {
      const { place, open } = await newPlaces();
      const { keep, owned } = await owner(open());
      const secret = 'noiseKey 3174012345678901';
      const address = '6281234567890@s.whatsapp.net';
      await keep.write([
        { table: 'creds', key: address, value: secret },
        { table: 'creds', key: address.repeat(30), value: secret.repeat(300) },
      ]);
      await owned.stop();
      const bytes = await place.bytes();
      for (const there of ['creds', digestOf('creds', address)]) expect(bytes.includes(there)).toBe(true);
      const inBase64 = [secret, address].flatMap((text) =>
        [0, 1, 2].map((skipped) => Buffer.from(text.slice(skipped)).toString('base64').slice(0, 16)),
      );
      for (const words of ['noiseKey', '31740123', '62812345', 'whatsapp', ...inBase64]) {
        expect(bytes.includes(words), words).toBe(false);
      }
    });
  });

  describe(`${name}: what was kept and cannot be read is never taken for nothing`, () => {
    it('when a value was moved to another key', async () => {
      const keep = await reopened({ '6281234': 'satu', b: 'dua' }, async (place) => {
        await place.put('creds', '6281234', await place.sealed('creds', 'b'));
      });
      expect(await isUnreadable(keep, '6281234')).toBe(true);
    });

    it('when a bit of it was changed, wherever, or something was cut off', async () => {
      const { place, open } = await newPlaces();
      const { keep, owned } = await owner(open());
      await keep.write([{ table: 'creds', key: 'a', value: 'satu' }]);
      await owned.stop();
      const sealed = Buffer.from(await place.sealed('creds', 'a'), 'base64');
      const flipped = (at: number) => {
        const bytes = Buffer.from(sealed);
        bytes.writeUInt8(bytes.readUInt8(at) ^ 1, at);
        return bytes.toString('base64');
      };
      const changed = [0, 5, 20, sealed.length - 1].map(flipped);
      for (const each of [...changed, sealed.subarray(0, -1).toString('base64'), 'x', '']) {
        await place.put('creds', 'a', each);
        const next = await owner(open());
        expect(await isUnreadable(next.keep, 'a')).toBe(true);
        await next.owned.stop();
      }
    });

    it('when its key is gone', async () => {
      const keep = await reopened({ a: 'satu' }, async () => undefined, { sealing: testSealing(randomBytes(32)) });
      expect(await isUnreadable(keep, 'a')).toBe(true);
    });

    it('when its digests were made with another secret: nothing of it would be found', async () => {
      const keys = keysFrom('another secret of these tests');
      const keep = await reopened({ a: 'satu' }, async () => undefined, { keys });
      for (const key of ['a', 'b']) expect(await isUnreadable(keep, key)).toBe(true);
      await keep.clear();
      await keep.write([{ table: 'creds', key: 'a', value: 'dua' }]);
      expect(await keep.all('creds')).toEqual(new Map([['a', 'dua']]));
      await keep.write([{ table: 'creds', key: 'a', value: null }]);
      expect(await keep.read('creds', ['a'])).toEqual([null]);
    });

    it('until it is cleared', async () => {
      const keep = await reopened({ a: 'satu' }, (place) => place.put('creds', 'a', 'x'));
      expect(await isUnreadable(keep, 'a')).toBe(true);
      await keep.clear();
      expect(await keep.read('creds', ['a'])).toEqual([null]);
      await keep.write([{ table: 'creds', key: 'a', value: 'dua' }]);
      expect(await keep.read('creds', ['a'])).toEqual(['dua']);
    });
  });
}
