import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readCode } from '../../../src/core/conversation/code.ts';
import { around, digitString, written } from '../digits.ts';

describe('readCode', () => {
  it('finds six digits in any script, in any grouping, inside a sentence', () => {
    fc.assert(
      fc.property(
        digitString(6).chain((code) => fc.tuple(fc.constant(code), written(code))),
        around,
        ([code, typed], before) => {
          expect(readCode(before + typed)).toEqual({ ok: true, value: code });
        },
      ),
    );
  });

  it.each([
    ['12345', { is: 'short', missing: 1 }],
    ['1234', { is: 'short', missing: 2 }],
    ['1234567', { is: 'long', extra: 1 }],
    ['kodenya 12345 kak', { is: 'short', missing: 1 }],
    ['32750l', { is: 'letters' }],
    ['123456 atau 654321', { is: 'several' }],
    ['\u202E123456', { is: 'unclear' }],
    ['0812 345678', { is: 'phone' }],
    ['hp saya 081234567890', { is: 'phone' }],
    ['iuran tahun 2025 berapa ya', { is: 'absent' }],
    ['jam 10', { is: 'absent' }],
    ['', { is: 'absent' }],
  ])('takes "%s" for what it is', (text, problem) => {
    expect(readCode(text)).toEqual({ ok: false, problem });
  });

  it('takes the last of two when the member corrects themselves', () => {
    expect(readCode('123456 eh 654321', true)).toEqual({ ok: true, value: '654321' });
  });

  it('finds the code beside a NIK', () => {
    expect(readCode('3201014101900001 123456')).toEqual({ ok: true, value: '123456' });
  });

  it('never throws, whatever it is given', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (text) => {
        expect(readCode(text)).toHaveProperty('ok');
      }),
    );
  });
});
