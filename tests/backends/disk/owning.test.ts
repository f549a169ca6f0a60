import { execFileSync, spawn } from 'node:child_process';
import { copyFileSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { DatabaseSync } from 'node:sqlite';
import { fileURLToPath } from 'node:url';
import { describe, expect, it, onTestFinished } from 'vitest';
import { z } from 'zod';
import { diskOwning } from '../../../src/backends/disk/owning.ts';
import { systemTimer } from '../../../src/backends/system/timer.ts';
import { KeptIsUnreadable } from '../../../src/bots/owning.ts';
import { keptKeysContract } from '../../contracts/kept-keys.ts';
import {
  aborted,
  digestOf,
  type OwningPlace,
  type OwnServices,
  owner,
  owningContract,
  testKey,
  testSealing,
} from '../../contracts/owning.ts';
import { testKeys, thing } from '../../contracts/owning-writer.ts';
import { ManualTime } from '../../engine/manual-time.ts';
import { end } from '../../servers/process.ts';

const timer = systemTimer();
const program = fileURLToPath(new URL('owning-process.ts', import.meta.url));
const fileIn = (folder: string) => join(folder, `${encodeURIComponent(thing)}.kept`);

function temporaryFolder(): string {
  const outer = mkdtempSync(join(tmpdir(), 'owning-'));
  onTestFinished(() => rmSync(outer, { recursive: true, force: true }));
  // One that has to be made first.
  return join(outer, 'kept');
}

const opened = (folder: string, own: Partial<OwnServices> = {}) =>
  diskOwning({ folder, sealing: testSealing(), keys: testKeys, timer, ...own });

const writer = (folder: string) =>
  spawn(process.execPath, [program, folder, testKey.toString('base64')], { stdio: ['ignore', 'pipe', 'inherit'] });

/** How the lock looks to another process. */
function seenElsewhere(folder: string): string {
  const look = `
    const lock = new (require('node:sqlite').DatabaseSync)(process.argv[1], { timeout: 0 });
    try { lock.exec('BEGIN EXCLUSIVE'); console.log('free'); } catch { console.log('locked'); }`;
  const lock = join(folder, `${encodeURIComponent(thing)}.lock`);
  return execFileSync(process.execPath, ['-e', look, lock], { encoding: 'utf8' }).trim();
}

async function newPlace(): Promise<OwningPlace> {
  const folder = temporaryFolder();
  const ask = <Answer>(todo: (database: DatabaseSync) => Answer): Answer => {
    const database = new DatabaseSync(fileIn(folder));
    try {
      return todo(database);
    } finally {
      database.close();
    }
  };
  return {
    open: (own) => ({ owning: opened(folder, own), close: async () => undefined }),
    spawn: () => writer(folder),
    sealed: async (table, key) => {
      const row = ask((database) =>
        database.prepare('SELECT sealed FROM kept WHERE name = ? AND digest = ?').get(table, digestOf(table, key)),
      );
      return z.object({ sealed: z.string() }).parse(row).sealed;
    },
    put: async (table, key, sealed) => {
      ask((database) =>
        database.prepare('REPLACE INTO kept VALUES (?, ?, ?)').run(table, digestOf(table, key), sealed),
      );
    },
    bytes: async () => Buffer.concat(readdirSync(folder).map((name) => readFileSync(join(folder, name)))),
    close: async () => undefined,
  };
}

owningContract('Disk', newPlace);
keptKeysContract('Disk', newPlace);

describe('on disk', () => {
  it('has files for this user alone, of which nothing else is left', async () => {
    const folder = temporaryFolder();
    const { keep, owned } = await owner(opened(folder));
    await keep.write([{ table: 'creds', key: 'a', value: 'satu' }]);
    const modes = () => readdirSync(folder).map((name) => [name, statSync(join(folder, name)).mode & 0o777]);
    expect(statSync(folder).mode & 0o777).toBe(0o700);
    for (const [, mode] of modes()) expect(mode).toBe(0o600);
    await owned.stop();
    const name = encodeURIComponent(thing);
    expect(modes()).toEqual([
      [`${name}.kept`, 0o600],
      [`${name}.lock`, 0o600],
    ]);
  });

  it('leaves to a live process what it has, even when somebody comes by force', async () => {
    const folder = temporaryFolder();
    const child = writer(folder);
    onTestFinished(() => end(child, 'SIGKILL'));
    const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
    await lines.next();
    let begun = false;
    const next = (async () => {
      const forced = await owner(opened(folder), { byForce: true });
      begun = true;
      return forced;
    })();
    for (let written = 0; written < 200; written += 1) {
      expect((await lines.next()).value).toMatch(/^\d+$/);
    }
    expect(begun).toBe(false);
    await end(child, 'SIGKILL');
    expect((await next).owned.isOwner()).toBe(true);
  });

  it('is locked for other processes until it is let go of, also when others of this process have tried', async () => {
    const folder = temporaryFolder();
    const { owned } = await owner(opened(folder));
    expect(seenElsewhere(folder)).toBe('locked');
    const other = opened(folder).own(
      thing,
      () => Promise.reject(new Error('It has begun.')),
      (error) => expect(error).toBe(null),
    );
    await other.stop();
    expect(seenElsewhere(folder)).toBe('locked');
    await owned.stop();
    expect(seenElsewhere(folder)).toBe('free');
  });

  it('is not kept from writing by whoever would like to look at its file', async () => {
    const folder = temporaryFolder();
    const { keep } = await owner(opened(folder));
    const other = new DatabaseSync(fileIn(folder), { timeout: 0 });
    onTestFinished(() => other.close());
    expect(() => other.exec('BEGIN; SELECT * FROM kept')).toThrow('database is locked');
    await keep.write([{ table: 'creds', key: 'a', value: 'satu' }]);
    expect(await keep.read('creds', ['a'])).toEqual(['satu']);
  });

  it('tries again after pauses that double up to a minute, and afresh once the work went well for a minute', async () => {
    const time = new ManualTime();
    const failures: unknown[] = [];
    let begun = 0;
    const goingWell = Promise.withResolvers<void>();
    const owning = opened(temporaryFolder(), { timer: time });
    const owned = owning.own(
      thing,
      async () => {
        begun += 1;
        if (begun === 9) await goingWell.promise;
        throw new Error(`time ${begun}`);
      },
      (error) => failures.push(error),
    );
    const pauses = [1, 2, 4, 8, 16, 32, 60, 60];
    for (const [nth, pause] of pauses.entries()) {
      await time.advance(pause * 1_000 - 1);
      expect([begun, owned.isOwner()]).toEqual([nth + 1, false]);
      await time.advance(1);
    }
    expect([begun, owned.isOwner()]).toEqual([9, true]);
    await time.advance(60_000);
    goingWell.resolve();
    await time.advance(999);
    expect(begun).toBe(9);
    await time.advance(1);
    expect(begun).toBe(10);
    expect(failures).toHaveLength(10);
    await owned.stop();
    await time.advance(120_000);
    expect(begun).toBe(10);
  });

  it('begins again after a pause when the work returns by itself, of which nothing is told', async () => {
    const time = new ManualTime();
    let begun = 0;
    const owned = opened(temporaryFolder(), { timer: time }).own(
      thing,
      async () => {
        begun += 1;
      },
      (error) => expect(error).toBe(null),
    );
    await time.advance(999);
    expect([begun, owned.isOwner()]).toEqual([1, false]);
    await time.advance(1);
    expect(begun).toBe(2);
    await owned.stop();
  });

  it('says once that it cannot use its folder, and goes on when it can', async () => {
    const time = new ManualTime();
    const folder = temporaryFolder();
    writeFileSync(folder, 'in the way');
    const failures: unknown[] = [];
    const owned = opened(folder, { timer: time }).own(
      thing,
      ({ ended }) => aborted(ended),
      (error) => failures.push(error),
    );
    await time.advance(10_000);
    expect(failures).toHaveLength(1);
    rmSync(folder);
    await time.advance(500);
    expect([owned.isOwner(), failures.length]).toEqual([true, 1]);
    await owned.stop();
  });
});

describe('a file that is damaged', () => {
  /** The folder of an owner who has kept something and stopped. */
  const written = async () => {
    const folder = temporaryFolder();
    const { keep, owned } = await owner(opened(folder));
    const values = Array.from({ length: 200 }, (_, nth) => ({
      table: 'session',
      // So long that base64 ends without padding, which could be cut off and nothing would be missing.
      key: `key ${1_000 + nth}`,
      value: 'x'.repeat(200),
    }));
    await keep.write([...values, { table: 'creds', key: 'identity', value: 'satu' }]);
    await owned.stop();
    return folder;
  };

  /** Whether everything but to clear it says so. */
  const isUnreadable = async (folder: string): Promise<boolean> => {
    const { keep, owned } = await owner(opened(folder));
    const asked = await Promise.allSettled([
      keep.read('creds', ['identity']),
      keep.all('creds'),
      keep.write([{ table: 'creds', key: 'identity', value: 'dua' }]),
    ]);
    await owned.stop();
    return asked.every((each) => each.status === 'rejected' && each.reason instanceof KeptIsUnreadable);
  };

  it('is one whose beginning was overwritten, or that was cut off anywhere: it is left as it is', async () => {
    const folder = await written();
    const file = fileIn(folder);
    const whole = readFileSync(file);
    const overwritten = Buffer.concat([Buffer.alloc(100), whole.subarray(100)]);
    const lengths = [0, 1, 99, 100, 512, 4_095, 4_096, 4_097, 3 * 4_096, whole.length / 2, whole.length - 1];
    for (const bytes of [
      overwritten,
      Buffer.alloc(whole.length),
      ...lengths.map((length) => whole.subarray(0, length)),
    ]) {
      writeFileSync(file, bytes);
      expect(await isUnreadable(folder)).toBe(true);
      expect(readFileSync(file).equals(bytes)).toBe(true);
    }
    writeFileSync(file, whole);
    expect(await (await owner(opened(folder))).keep.read('creds', ['identity'])).toEqual(['satu']);
  });

  it('is one in which a digest or a table was changed: its value would look as if it had never been there', async () => {
    const folder = await written();
    const file = fileIn(folder);
    const whole = readFileSync(file);
    const entry = whole.indexOf(`creds${digestOf('creds', 'identity')}`);
    expect(entry).not.toBe(-1);
    for (const place of ['cred', 'creds', 'creds digest'].map(({ length }) => entry + length)) {
      const bytes = Buffer.from(whole);
      bytes.writeUInt8(bytes.readUInt8(place) === 0x61 ? 0x62 : 0x61, place);
      writeFileSync(file, bytes);
      expect(await isUnreadable(folder)).toBe(true);
    }
  });

  it('is one in which the order was changed: what is there would not be found', async () => {
    const folder = temporaryFolder();
    const { keep, owned } = await owner(opened(folder));
    await keep.write(['a', 'identity', 'z'].map((key) => ({ table: 'creds', key, value: 'satu' })));
    await owned.stop();
    const bytes = readFileSync(fileIn(folder));
    // The second page: a header of eight bytes, then where each entry stands.
    const entries = bytes.subarray(4_096 + 8, 4_096 + 14);
    expect(bytes.readUInt16BE(4_096 + 3)).toBe(3);
    entries.set(Buffer.concat([entries.subarray(2, 4), entries.subarray(0, 2)]));
    writeFileSync(fileIn(folder), bytes);
    expect(await isUnreadable(folder)).toBe(true);
  });

  it('is one of another kind', async () => {
    const folder = await written();
    const other = join(folder, 'other');
    const database = new DatabaseSync(other);
    database.exec('CREATE TABLE kept (name TEXT, key TEXT, sealed TEXT)');
    database.close();
    copyFileSync(other, fileIn(folder));
    expect(await isUnreadable(folder)).toBe(true);
  });

  it('is one whose other half is missing, but not one that was taken away, whatever was left beside it', async () => {
    const folder = await written();
    const [file, journal] = [fileIn(folder), `${fileIn(folder)}-journal`];
    // A change in the middle: the pages as they were are in the journal, and some new ones in the file.
    const middle = new DatabaseSync(file);
    middle.exec("PRAGMA cache_size = 1; BEGIN; UPDATE kept SET sealed = 'x'");
    const [half, before] = [readFileSync(file), readFileSync(journal)];
    middle.exec('ROLLBACK');
    middle.close();
    writeFileSync(file, half);
    expect(await isUnreadable(folder)).toBe(true);
    writeFileSync(journal, before);
    const { keep, owned } = await owner(opened(folder));
    expect(await keep.read('creds', ['identity'])).toEqual(['satu']);
    await owned.stop();

    rmSync(file);
    writeFileSync(journal, before);
    expect(await (await owner(opened(folder))).keep.all('creds')).toEqual(new Map());
  });

  it('is replaced by a new one when it is cleared', async () => {
    const folder = await written();
    writeFileSync(fileIn(folder), 'damaged');
    const { keep, owned } = await owner(opened(folder));
    await keep.clear();
    await keep.write([{ table: 'creds', key: 'identity', value: 'dua' }]);
    await owned.stop();
    const next = await owner(opened(folder));
    expect(await next.keep.read('creds', ['identity'])).toEqual(['dua']);
    expect(await next.keep.all('session')).toEqual(new Map());
  });
});
