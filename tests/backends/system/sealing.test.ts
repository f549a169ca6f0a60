import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { CannotUnseal, sealing } from '../../../src/backends/system/sealing.ts';

const place = 'session of a conversation';

function newSealing(...keys: readonly Uint8Array[]) {
  const ring = keys.length > 0 ? keys : [randomBytes(32)];
  return sealing(() => ring);
}

/** What opening throws, where it must throw. */
function problemOf(open: () => unknown): Error {
  try {
    open();
  } catch (error) {
    if (error instanceof Error) return error;
  }
  throw new Error('It was opened.');
}

describe('sealing', () => {
  it.each(['', 'a', '{"at":"idle"}', 'Rp12.345.678 – saldo JHT 🙂', 'x'.repeat(100_000)])(
    'opens what it has sealed',
    (text) => {
      const box = newSealing();
      expect(box.open(box.seal(text, place), place)).toBe(text);
    },
  );

  it('shows nothing of the text', () => {
    const text = '3174012345678901';
    const sealed = newSealing().seal(text, place);
    expect(sealed).not.toContain(text);
    expect(Buffer.from(sealed, 'base64').toString('latin1')).not.toContain(text);
  });

  it('opens a text at its own place alone', () => {
    const box = newSealing();
    expect(() => box.open(box.seal('text', place), 'session of another')).toThrow(CannotUnseal);
    expect(() => box.open(box.seal('text', place), '')).toThrow(CannotUnseal);
  });

  it('refuses a text of which any bit was changed', () => {
    const box = newSealing();
    const bytes = Buffer.from(box.seal('text', place), 'base64');
    for (let bit = 0; bit < bytes.length * 8; bit += 1) {
      const changed = Buffer.from(bytes);
      changed.writeUInt8(changed.readUInt8(bit >> 3) ^ (1 << (bit & 7)), bit >> 3);
      expect(() => box.open(changed.toString('base64'), place), `bit ${bit}`).toThrow(CannotUnseal);
    }
  });

  it('refuses a text that was cut or added to', () => {
    const box = newSealing();
    const bytes = Buffer.from(box.seal('text', place), 'base64');
    for (let length = 0; length < bytes.length; length += 1) {
      expect(() => box.open(bytes.subarray(0, length).toString('base64'), place), `${length}`).toThrow(CannotUnseal);
    }
    expect(() => box.open(Buffer.concat([bytes, Buffer.alloc(1)]).toString('base64'), place)).toThrow(CannotUnseal);
  });

  it('refuses what was never sealed', () => {
    const box = newSealing();
    for (const text of ['', 'null', '{"at":"idle"}', '∞'.repeat(100), 'A'.repeat(100)]) {
      expect(() => box.open(text, place), text).toThrow(CannotUnseal);
    }
  });

  it('refuses what another key has sealed', () => {
    expect(() => newSealing().open(newSealing().seal('text', place), place)).toThrow(CannotUnseal);
  });

  it('never gives the same output twice, nor uses a nonce twice under one key', () => {
    const key = randomBytes(32);
    const nonces = [newSealing(key), newSealing(key)].flatMap((box) =>
      Array.from({ length: 5_000 }, () => Buffer.from(box.seal('text', place), 'base64').toString('hex', 3, 15)),
    );
    expect(new Set(nonces).size).toBe(10_000);
  });

  it('seals with the first key of the ring, and opens with every one', () => {
    const [old, young] = [randomBytes(32), randomBytes(32)];
    const [before, during, after] = [newSealing(old), newSealing(young, old), newSealing(young)];
    expect(during.open(before.seal('text', place), place)).toBe('text');
    expect(after.open(during.seal('text', place), place)).toBe('text');
    expect(() => after.open(before.seal('text', place), place)).toThrow(CannotUnseal);
  });

  it('tells what the first key of the ring has sealed from everything else', () => {
    const [old, young] = [randomBytes(32), randomBytes(32)];
    const [before, during] = [newSealing(old), newSealing(young, old)];
    const sealed = before.seal('text', place);
    expect([before.isCurrent(sealed), during.isCurrent(sealed)]).toEqual([true, false]);
    expect(during.isCurrent(during.seal('text', place))).toBe(true);
    for (const text of ['', 'x', sealed.slice(0, 8), 'A'.repeat(100)]) expect(before.isCurrent(text), text).toBe(false);
  });

  it('asks the ring again when a text names a key that is not in it', () => {
    const [old, young] = [randomBytes(32), randomBytes(32)];
    const asked: boolean[] = [];
    const rings = { before: [old], after: [young, old] };
    const box = sealing((again) => {
      asked.push(again);
      return again ? rings.after : rings.before;
    });
    expect(box.open(newSealing(old).seal('text', place), place)).toBe('text');
    expect(asked).toEqual([false]);
    expect(box.open(newSealing(young).seal('text', place), place)).toBe('text');
    expect(asked).toEqual([false, false, true]);
    expect(() => box.open(newSealing().seal('text', place), place)).toThrow(CannotUnseal);
    expect(asked).toEqual([false, false, true, false, true]);
  });

  it('follows a ring that changes', () => {
    const [old, young] = [randomBytes(32), randomBytes(32)];
    let ring = [old];
    const box = sealing(() => ring);
    box.seal('text', place);
    ring = [young, old];
    expect(newSealing(young).open(box.seal('text', place), place)).toBe('text');
  });

  it('refuses a ring that is empty, or has a key of the wrong length', () => {
    expect(() => sealing(() => []).seal('text', place)).toThrow(RangeError);
    expect(() => sealing(() => []).isCurrent('text')).toThrow(RangeError);
    for (const length of [0, 16, 31, 33]) {
      expect(() => newSealing(randomBytes(length)).seal('text', place), `${length}`).toThrow(RangeError);
    }
    expect(() => newSealing(randomBytes(32), randomBytes(16)).seal('text', place)).toThrow(RangeError);
  });

  it('says nothing of text, place or key in its errors', () => {
    const key = Buffer.from('0123456789abcdef0123456789abcdef');
    const box = newSealing(key);
    const sealed = box.seal('3174012345678901', 'place 081234567890');
    const problems = [
      problemOf(() => box.open(sealed, 'place 081298765432')),
      problemOf(() => box.open('3174012345678901', 'place 081234567890')),
      problemOf(() => newSealing().open(sealed, 'place 081234567890')),
      problemOf(() => newSealing(Buffer.from('0123456789abcdef')).seal('3174012345678901', 'place 081234567890')),
    ];
    for (const problem of problems) {
      const said = [problem, problem.cause].map((error) => (error instanceof Error ? error.stack : '')).join('\n');
      expect(said).not.toMatch(/317401|0812|abcdef/);
      expect(said).not.toContain(sealed);
    }
  });
});
