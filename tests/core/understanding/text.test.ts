import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { clean, plainDigits, textCap, wordsOf } from '../../../src/core/understanding/text.ts';

const anything = fc.string({ unit: 'binary', maxLength: 5_000, size: 'max' });

describe('clean', () => {
  it('leaves nothing that a database refuses: no NUL, no lone surrogate', () => {
    fc.assert(
      fc.property(anything, (text) => {
        const cleaned = clean(text);
        expect(cleaned).not.toContain('\u0000');
        expect(cleaned.isWellFormed()).toBe(true);
        expect(cleaned.length).toBeLessThanOrEqual(textCap);
      }),
      { numRuns: 300 },
    );
  });

  it('cleaning twice changes nothing more', () => {
    fc.assert(
      fc.property(anything, (text) => {
        expect(clean(clean(text))).toBe(clean(text));
      }),
      { numRuns: 300 },
    );
  });

  it('keeps what people write', () => {
    expect(clean('  min, cek saldo 👍🏽 dong! ')).toBe('min, cek saldo 👍🏽 dong!');
  });
});

describe('plainDigits', () => {
  it('gives every decimal digit of Unicode its value', () => {
    for (let code = 0; code <= 0x1ffff; code += 1) {
      const char = String.fromCodePoint(code);
      if (!/\p{Nd}/u.test(char)) continue;
      // The ten digits of a script stand in a row, and this one's zero is as far back as its value.
      const value = Number(plainDigits(char));
      expect(plainDigits(String.fromCodePoint(code - value))).toBe('0');
      expect(plainDigits(String.fromCodePoint(code - value + 9))).toBe('9');
    }
  });
});

describe('wordsOf', () => {
  it.each([
    ['  MIN, cek SALDO!!! ', ['min', 'cek', 'saldo']],
    ['saldoooooo', ['saldo']],
    ['ga masuk2', ['ga', 'masuk']],
    ["what's up", ['whats', 'up']],
    ['', []],
    ['🙏🙏', []],
  ])('"%s"', (text, words) => {
    expect(wordsOf(text)).toEqual(words);
  });

  it('never throws, and gives no empty word', () => {
    fc.assert(
      fc.property(anything, (text) => {
        expect(wordsOf(text)).not.toContain('');
      }),
      { numRuns: 300 },
    );
  });
});
