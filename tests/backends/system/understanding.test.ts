import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { serialize } from 'node:v8';
import { afterAll, describe, expect, it, onTestFinished, vi } from 'vitest';
import { cacheFile, keepInCache, readCache } from '../../../src/backends/disk/cache.ts';
import { understandingIn } from '../../../src/backends/system/understanding.ts';
import { learn, understandByPhrases } from '../../../src/core/understanding/phrases.ts';
import { evaluation } from '../../core/understanding/evaluation.ts';

function newFolder(atTheEnd: (clean: () => void) => void = onTestFinished): string {
  const folder = mkdtempSync(join(tmpdir(), 'understanding-'));
  atTheEnd(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

const learned = learn();
const trained = understandByPhrases(learned);
const texts = evaluation()
  .slice(0, 200)
  .map(({ text }) => text);

/** What training comes to, as it is kept. */
const { name, whole } = (() => {
  const folder = newFolder(afterAll);
  understandingIn(folder);
  const [kept = ''] = readdirSync(folder);
  return { name: kept, whole: readFileSync(join(folder, kept)) };
})();

/** Stands in for training, which takes half a minute and always comes to the same. */
const trainer = () => vi.fn<typeof learn>(() => learned);

/** A folder in which training was kept, and the file it was kept in. */
function kept() {
  const folder = newFolder();
  const file = join(folder, name);
  writeFileSync(file, whole);
  return { folder, file };
}

describe('understanding that is kept', () => {
  it('is trained once, and read the next time as it was kept', () => {
    const { folder, file } = kept();
    const { ino, mtimeMs } = statSync(file);
    const train = trainer();
    understandingIn(folder, train);
    expect(train).not.toHaveBeenCalled();
    expect(readdirSync(folder)).toEqual([name]);
    expect(statSync(file)).toMatchObject({ ino, mtimeMs });
    expect(readFileSync(file).equals(whole)).toBe(true);
  });

  it('understands exactly as what was trained', () => {
    const { folder } = kept();
    const understand = understandingIn(folder, trainer());
    for (const text of texts) expect(understand(text)).toEqual(trained(text));
  });

  it.each<[string, (file: Buffer) => Uint8Array]>([
    ['one that is cut short', (file) => file.subarray(0, file.length / 2)],
    ['one of something else', () => Buffer.from('not a classifier')],
    ['one of other contents', () => serialize({ classes: 3, features: [1, 2] })],
  ])('is trained anew where its file is %s', (_, damage) => {
    const { folder, file } = kept();
    writeFileSync(file, damage(whole));
    const train = trainer();
    const understand = understandingIn(folder, train);
    expect(train).toHaveBeenCalledOnce();
    expect(understand('cek saldo dong')).toEqual(trained('cek saldo dong'));
    expect(readFileSync(file).equals(whole)).toBe(true);
  });

  it('does without where the folder cannot be written', () => {
    const file = join(newFolder(), 'a-file');
    writeFileSync(file, '');
    expect(understandingIn(join(file, 'folder'), () => learned)('cek saldo dong')).toEqual(trained('cek saldo dong'));
    expect(readFileSync(file, 'utf8')).toBe('');
  });
});

describe('the cache', () => {
  it('keeps each content in a file of its own', () => {
    const files = [
      cacheFile('/c', 'database', 'bin', 'a', 'b'),
      cacheFile('/c', 'database', 'bin', 'ab'),
      cacheFile('/c', 'database', 'bin', 'b', 'a'),
      cacheFile('/c', 'understanding', 'bin', 'a', 'b'),
    ];
    expect(new Set(files).size).toBe(files.length);
    expect(cacheFile('/c', 'database', 'bin', 'a', 'b')).toBe(files[0]);
  });

  it('gives back what it keeps, and nothing where it keeps nothing', () => {
    const file = cacheFile(join(newFolder(), 'new'), 'thing', 'bin', 'a');
    expect(readCache(file)).toBeNull();
    keepInCache(file, Buffer.from('kept'));
    expect(readCache(file)?.toString()).toBe('kept');
  });

  it('leaves nothing half-written behind', () => {
    const folder = newFolder();
    const file = cacheFile(folder, 'thing', 'bin', 'a');
    // A folder stands where the file should be: it cannot be put in place.
    mkdirSync(join(file, 'in-the-way'), { recursive: true });
    keepInCache(file, Buffer.from('kept'));
    expect(readdirSync(folder)).toEqual([file.slice(folder.length + 1)]);
  });

  it('sweeps its own files that nothing has made anew for a week, and no others', () => {
    const folder = newFolder();
    const [old, young, fresh] = ['old', 'young', 'fresh'].map((content) => cacheFile(folder, 'thing', 'bin', content));
    const foreign = join(folder, 'notes.txt');
    const daysAgo = (days: number) => new Date(Date.now() - days * 24 * 60 * 60 * 1_000);
    for (const [file = '', days = 0] of [
      [old, 8],
      [young, 6],
      [foreign, 30],
    ] as const) {
      writeFileSync(file, 'x');
      utimesSync(file, daysAgo(days), daysAgo(days));
    }
    keepInCache(fresh ?? '', Buffer.from('x'));
    const left = readdirSync(folder).map((entry) => join(folder, entry));
    expect(new Set(left)).toEqual(new Set([young, fresh, foreign]));
  });
});
