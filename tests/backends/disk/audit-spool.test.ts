import { spawn, spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import {
  appendFileSync,
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { describe, expect, it, onTestFinished } from 'vitest';
import { type AuditRow, rowOf } from '../../../src/backends/audit/chain.ts';
import type { AuditSpool, Spooled } from '../../../src/backends/audit/log.ts';
import { CannotOpen } from '../../../src/backends/cannot-open.ts';
import { diskSpool } from '../../../src/backends/disk/audit-spool.ts';
import { systemRandom } from '../../../src/backends/system/random.ts';
import { entryOf } from '../../contracts/audit-entries.ts';
import { testKey, testSealing } from '../../contracts/owning.ts';
import { end } from '../../servers/process.ts';

const program = fileURLToPath(new URL('audit-spool-process.ts', import.meta.url));
const row = (turn: string) => rowOf(entryOf(turn));
const rows = (...turns: readonly string[]) => turns.map(row);

function temporaryFolder(): string {
  const outer = mkdtempSync(join(tmpdir(), 'audit-spool-'));
  onTestFinished(() => rmSync(outer, { recursive: true, force: true }));
  // One that has to be made first.
  return join(outer, 'data', 'spool');
}

const opened = (folder: string, most?: number): AuditSpool =>
  diskSpool({ folder, sealing: testSealing(), random: systemRandom(), ...(most !== undefined && { most }) });

/** Takes everything that waits. */
async function drained(spool: AuditSpool): Promise<{ readonly rows: readonly AuditRow[]; readonly lost: number }> {
  const all: AuditRow[] = [];
  let lost = 0;
  let part: Spooled | null;
  do {
    part = await spool.drain(async (rows) => void all.push(...rows));
    lost += part?.lost ?? 0;
  } while (part !== null);
  return { rows: all, lost };
}

const filesIn = (folder: string, ending: string) => readdirSync(folder).filter((name) => name.endsWith(ending));
const onlyFile = (folder: string, ending = '.spool') => join(folder, filesIn(folder, ending)[0] ?? 'none');

describe('the spool', () => {
  it('gives back what was put into it, once and in its order', async () => {
    const spool = opened(temporaryFolder());
    await spool.put(rows('a', 'b'));
    await spool.put(rows('c'));
    expect(await drained(spool)).toEqual({ rows: rows('a', 'b', 'c'), lost: 0 });
    expect(await drained(spool)).toEqual({ rows: [], lost: 0 });
  });

  it('gives back any number, in parts that fit one statement', async () => {
    const spool = opened(temporaryFolder());
    const all = Array.from({ length: 3_000 }, (_, nth) => row(`turn ${nth}`));
    for (let at = 0; at < all.length; at += 100) await spool.put(all.slice(at, at + 100));
    const sizes: number[] = [];
    await spool.drain(async (part) => void sizes.push(part.length));
    expect(sizes[0]).toBeLessThan(1_000);
    expect((await drained(spool)).rows).toEqual(all.slice(sizes[0]));
  });

  it('holds a row of any length', async () => {
    const spool = opened(temporaryFolder());
    const long = { ...row('long'), detail: 'x'.repeat(400_000) };
    await spool.put([row('a'), long, row('b')]);
    expect((await drained(spool)).rows).toEqual([row('a'), long, row('b')]);
  });

  it('keeps what could not be handed over, and gives it again', async () => {
    const spool = opened(temporaryFolder());
    await spool.put(rows('a'));
    await expect(spool.drain(() => Promise.reject(new Error('away')))).rejects.toThrow('away');
    await spool.put(rows('b'));
    expect((await drained(spool)).rows).toEqual(rows('a', 'b'));
  });

  it('can be read by nobody else, and not without the key', async () => {
    const folder = temporaryFolder();
    const spool = opened(folder);
    await spool.put(rows('a'));
    expect(statSync(folder).mode & 0o777).toBe(0o700);
    for (const name of readdirSync(folder)) expect(statSync(join(folder, name)).mode & 0o777, name).toBe(0o600);
    const bytes = readFileSync(onlyFile(folder));
    for (const known of [row('a').conversation, row('a').id, row('a').member ?? '', 'viewed', 'balance', 'web']) {
      expect(bytes.includes(known)).toBe(false);
      expect(Buffer.from(bytes.toString(), 'base64').includes(known)).toBe(false);
    }
  });

  it('leaves no file behind once everything has been taken, and begins anew', async () => {
    const folder = temporaryFolder();
    const spool = opened(folder);
    for (const turn of ['a', 'b']) {
      await spool.put(rows(turn));
      expect(spool.holds).toBe(true);
      expect((await drained(spool)).rows).toEqual(rows(turn));
      expect(readdirSync(folder)).toEqual([]);
      expect(spool.holds).toBe(false);
    }
    await spool.close();
  });

  it('is full at its bound, says so, and takes more once it was drained', async () => {
    const spool = opened(temporaryFolder(), 2_000);
    const kept: AuditRow[] = [];
    const fill = async () => {
      for (let nth = 0; ; nth += 1) {
        await spool.put([row(`turn ${nth}`)]);
        kept.push(row(`turn ${nth}`));
      }
    };
    await expect(fill()).rejects.toThrow('full');
    expect(kept.length).toBeGreaterThan(2);
    expect(kept.length).toBeLessThan(10);
    expect((await drained(spool)).rows).toEqual(kept);
    await spool.put(rows('again'));
    expect((await drained(spool)).rows).toEqual(rows('again'));
  });
});

describe('what another process has left', () => {
  it('is taken up, the older first', async () => {
    const folder = temporaryFolder();
    const before = opened(folder);
    await before.put(rows('a', 'b'));
    await before.close();
    const spool = opened(folder);
    await spool.put(rows('c'));
    expect(await drained(spool)).toEqual({ rows: rows('a', 'b', 'c'), lost: 0 });
    expect(readdirSync(folder)).toEqual([]);
  });

  it('is left alone while that process lives, and taken up once it was killed', async () => {
    const folder = temporaryFolder();
    const child = spawn(process.execPath, [program, folder, testKey.toString('base64')], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    onTestFinished(() => end(child, 'SIGKILL'));
    const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
    const spool = opened(folder);
    for (let put = 1; put <= 20; put += 1) {
      expect((await lines.next()).value).toBe(String(put));
      expect((await drained(spool)).rows).toEqual([]);
    }
    await end(child, 'SIGKILL');
    let last = 20;
    for (let next = await lines.next(); next.done !== true; next = await lines.next()) last = Number(next.value);
    const { rows: found } = await drained(spool);
    // It may have been killed between the disk and its word of it.
    expect([last, last + 1]).toContain(found.length);
    expect(found).toEqual(found.map((_, nth) => row(`turn ${nth + 1}`)));
    expect(filesIn(folder, '.spool')).toEqual([]);
  });

  it('is taken up by one of those who come at the same time', async () => {
    const folder = temporaryFolder();
    const before = opened(folder);
    await before.put(rows('a'));
    await before.close();
    const all = await Promise.all([opened(folder), opened(folder), opened(folder)].map((spool) => drained(spool)));
    expect(all.flatMap(({ rows }) => rows)).toEqual(rows('a'));
  });

  it('stays when its taker stops in the middle', async () => {
    const folder = temporaryFolder();
    const before = opened(folder);
    await before.put(rows('a'));
    await before.close();
    const stopped = opened(folder);
    await expect(stopped.drain(() => Promise.reject(new Error('away')))).rejects.toThrow('away');
    await stopped.close();
    expect((await drained(opened(folder))).rows).toEqual(rows('a'));
  });
});

describe('a damaged spool', () => {
  async function left(...turns: readonly string[]) {
    const folder = temporaryFolder();
    const spool = opened(folder);
    for (const turn of turns) await spool.put(rows(turn));
    await spool.close();
    const file = onlyFile(folder);
    return { folder, file, lines: readFileSync(file, 'latin1').trimEnd().split('\n') };
  }

  it('gives what can be read, tells what cannot, and keeps that beside it as it was', async () => {
    const { folder, file, lines } = await left('a', 'b', 'c');
    const [a = '', b = '', c = ''] = lines;
    const changed = `${b.slice(0, 60)}${b[60] === 'A' ? 'B' : 'A'}${b.slice(61)}`;
    writeFileSync(file, `${[a, changed, 'no base64 ä', '', c].join('\n')}\n`, 'latin1');
    expect(await drained(opened(folder))).toEqual({ rows: rows('a', 'c'), lost: 3 });
    expect(readdirSync(folder)).toHaveLength(1);
    expect(readFileSync(onlyFile(folder, '.damaged'), 'latin1')).toBe(`${[changed, 'no base64 ä', ''].join('\n')}\n`);
    expect(statSync(onlyFile(folder, '.damaged')).mode & 0o777).toBe(0o600);
  });

  it('keeps aside what was written when the power went, and goes on with the rest', async () => {
    const { folder, file, lines } = await left('a', 'b');
    appendFileSync(file, (lines[1] ?? '').slice(0, 50));
    expect(await drained(opened(folder))).toEqual({ rows: rows('a', 'b'), lost: 1 });
  });

  it('is read once the key is back, when what was kept aside gets its name back', async () => {
    const { folder } = await left('a', 'b');
    const wrongKey = diskSpool({ folder, sealing: testSealing(randomBytes(32)), random: systemRandom() });
    expect(await drained(wrongKey)).toEqual({ rows: [], lost: 2 });
    const aside = onlyFile(folder, '.damaged');
    renameSync(aside, aside.replace('.damaged', '.spool'));
    expect(await drained(opened(folder))).toEqual({ rows: rows('a', 'b'), lost: 0 });
  });

  it('tells that a line was taken out of the middle', async () => {
    const { folder, file, lines } = await left('a', 'b', 'c', 'd');
    writeFileSync(file, `${[lines[0], lines[3]].join('\n')}\n`);
    expect(await drained(opened(folder))).toEqual({ rows: rows('a', 'd'), lost: 2 });
  });

  it('does not believe a line of another file', async () => {
    const other = await left('a');
    const { folder, file } = await left('b');
    appendFileSync(file, `${other.lines[0]}\n`);
    expect(await drained(opened(folder))).toEqual({ rows: rows('b'), lost: 1 });
  });
});

describe('a spool that cannot be written', () => {
  it('is known at the start, in one line that names the folder', () => {
    const folder = temporaryFolder();
    mkdirSync(join(folder, '..'), { recursive: true });
    writeFileSync(folder, 'in the way');
    expect(() => opened(folder)).toThrow(CannotOpen);
    expect(() => opened(folder)).toThrow(
      /^The audit log's spool in \S+ cannot be written \(E\w+\): set another DATA_FOLDER\.$/,
    );
  });

  it('has, when the disk is full, what it has taken and nothing else', async () => {
    const folder = temporaryFolder();
    // A limit on a file's size does to one process what a full disk does to all.
    const limited = [
      '-c',
      'ulimit -f 4 && exec "$@"',
      'sh',
      process.execPath,
      program,
      folder,
      testKey.toString('base64'),
    ];
    const { status, stdout, stderr } = spawnSync('sh', limited, { encoding: 'utf8' });
    expect(status).toBe(1);
    expect(stderr).toContain('EFBIG');
    const taken = stdout.trimEnd().split('\n').length;
    expect(taken).toBeGreaterThan(2);
    expect(await drained(opened(folder))).toEqual({
      rows: Array.from({ length: taken }, (_, nth) => row(`turn ${nth + 1}`)),
      lost: 0,
    });
  });

  it('rejects, keeps what it had, and leaves nothing of what it did not take', async () => {
    const folder = temporaryFolder();
    const spool = opened(folder);
    rmSync(folder, { recursive: true });
    await expect(spool.put(rows('a'))).rejects.toBeInstanceOf(Error);
    mkdirSync(folder);
    chmodSync(folder, 0o700);
    await spool.put(rows('b'));
    expect((await drained(spool)).rows).toEqual(rows('b'));
  });
});
