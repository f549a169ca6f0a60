import { randomBytes } from 'node:crypto';
import { mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { CannotOpen } from '../../../src/backends/cannot-open.ts';
import { keyRingIn } from '../../../src/backends/system/key-ring.ts';
import { sealingKeyFrom } from '../../../src/backends/system/keys.ts';
import { sealing } from '../../../src/backends/system/sealing.ts';

const derived = sealingKeyFrom('a secret of the right length for it');

/** A file of keys in a folder of its own, and the time that a ring goes by. */
function stage() {
  const folder = mkdtempSync(join(tmpdir(), 'key-ring-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const file = join(folder, 'keys');
  const told: string[] = [];
  let passed = 0;
  return {
    file,
    told,
    write: (...lines: readonly string[]) => writeFileSync(file, `${lines.join('\n')}\n`),
    remove: () => rmSync(file),
    pass: (ms: number) => {
      passed += ms;
    },
    open: () => keyRingIn(file, { derived, tell: (problem) => told.push(problem), monotonic: () => passed }),
  };
}

function newKey() {
  const key = randomBytes(32);
  return { key, line: key.toString('base64') };
}

describe('the ring of sealing keys', () => {
  it('holds one key a line, in the order of the file, without comments and empty lines', () => {
    const [young, old] = [newKey(), newKey()];
    const { write, open } = stage();
    write('# made in November', young.line, '', `  ${old.line}\r`, '   # the end');
    expect(open()(false)).toEqual([young.key, old.key]);
  });

  it('takes the key made from the secret where the file says so', () => {
    const young = newKey();
    const { write, open } = stage();
    write(young.line, 'SECRET_KEY');
    expect(open()(false)).toEqual([young.key, derived]);
  });

  it('is read again within three seconds, not before', () => {
    const [young, old] = [newKey(), newKey()];
    const { write, open, pass } = stage();
    write(old.line);
    const ring = open();
    const before = ring(false);
    write(young.line, old.line);
    pass(2_999);
    expect(ring(false)).toBe(before);
    pass(1);
    expect(ring(false)).toEqual([young.key, old.key]);
  });

  it('is the same ring as long as the file says the same', () => {
    const { write, open, pass } = stage();
    write(newKey().line);
    const ring = open();
    const before = ring(false);
    pass(10_000);
    expect(ring(false)).toBe(before);
    expect(ring(true)).toBe(before);
  });

  it('opens at once what another process has sealed with a key that is new in the file', () => {
    const [young, old] = [newKey(), newKey()];
    const { write, open } = stage();
    write(old.line);
    const here = sealing(open());
    const sealedBefore = here.seal('before', 'place');
    write(young.line, old.line);
    const there = sealing(open());
    expect(here.open(there.seal('after', 'place'), 'place')).toBe('after');
    expect(there.open(sealedBefore, 'place')).toBe('before');
  });

  it('stays as it was while the file cannot be used, and tells why once', () => {
    const [young, old] = [newKey(), newKey()];
    const { file, write, remove, open, pass, told } = stage();
    write(old.line);
    const ring = open();
    const look = () => {
      pass(3_000);
      return ring(false);
    };

    write(young.line, 'half a key');
    expect([look(), look()]).toEqual([[old.key], [old.key]]);
    remove();
    expect([look(), look()]).toEqual([[old.key], [old.key]]);
    write('# nothing');
    expect([look(), look()]).toEqual([[old.key], [old.key]]);
    expect(told).toEqual([
      `Line 2 of ${file} is no sealing key: base64 of 32 bytes.`,
      `The sealing keys in ${file} cannot be read (ENOENT).`,
      `There is no sealing key in ${file}.`,
    ]);

    write(young.line);
    expect(look()).toEqual([young.key]);
    remove();
    look();
    expect(told).toHaveLength(4);
  });

  it('takes a file that is put in the place of the old one', () => {
    const [young, old] = [newKey(), newKey()];
    const { file, write, open } = stage();
    write(old.line);
    const ring = open();
    writeFileSync(`${file}.new`, young.line);
    renameSync(`${file}.new`, file);
    expect(ring(true)).toEqual([young.key]);
  });

  it('refuses to begin with a file that cannot be used, without showing any of it', () => {
    const { file, write, open } = stage();
    expect(open).toThrow(new CannotOpen(`The sealing keys in ${file} cannot be read (ENOENT).`));
    const long = randomBytes(33).toString('base64');
    const short = randomBytes(31).toString('base64');
    const url = Buffer.alloc(32, 0xff).toString('base64url');
    for (const line of [long, short, url, `${newKey().line} # old`, 'secret_key']) {
      write(line);
      expect(open).toThrow(new CannotOpen(`Line 1 of ${file} is no sealing key: base64 of 32 bytes.`));
    }
    write('');
    expect(open).toThrow(new CannotOpen(`There is no sealing key in ${file}.`));
  });
});
