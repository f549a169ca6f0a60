import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { maskedNik, readNik } from '../../../src/core/jamsostek/nik.ts';
import { around, digitString, written } from '../digits.ts';

const sixteen = digitString(16);

describe('readNik', () => {
  it('finds 16 digits in any script, in any grouping, inside a sentence', () => {
    fc.assert(
      fc.property(
        sixteen.chain((nik) => fc.tuple(fc.constant(nik), written(nik))),
        around,
        fc.constantFrom('', ' ya kak', ', thanks', '!'),
        ([nik, typed], before, after) => {
          expect(readNik(before + typed + after)).toEqual({ ok: true, value: nik });
        },
      ),
    );
  });

  it('says how many digits are missing or too many', () => {
    fc.assert(
      fc.property(fc.integer({ min: 12, max: 24 }), fc.integer({ min: 1, max: 9 }), (length, digit) => {
        fc.pre(length !== 16);
        const problem = length < 16 ? { is: 'short', missing: 16 - length } : { is: 'long', extra: length - 16 };
        expect(readNik(String(digit).repeat(length))).toEqual({ ok: false, problem });
      }),
    );
  });

  it('refuses digits that are shown in another order than they are written', () => {
    fc.assert(
      fc.property(sixteen, fc.constantFrom('\u202E', '\u2066', '\u200F', '\u061C'), (nik, control) => {
        expect(readNik(`${control}${nik}`)).toEqual({ ok: false, problem: { is: 'unclear' } });
      }),
    );
  });

  it.each([
    ['3275O10112340001', 'letters'],
    ['32750l0112340001', 'letters'],
    ['08123456789', 'phone'],
    ['+62 812-3456-7890', 'phone'],
    ['12345678901', 'kpj'],
    ['kartu saya hilang', 'absent'],
    ['gaji 6 juta sejak 2019', 'absent'],
    ['', 'absent'],
  ])('takes "%s" for what it is: %s', (text, is) => {
    expect(readNik(text)).toEqual({ ok: false, problem: { is } });
  });

  it('asks which of two is meant, unless the member corrects themselves: then the last counts', () => {
    const text = '3201014101900001 eh 3201014101900002';
    expect(readNik(text)).toEqual({ ok: false, problem: { is: 'several' } });
    expect(readNik(text, true)).toEqual({ ok: true, value: '3201014101900002' });
    expect(readNik('3201014101900001 ya 3201014101900001').ok).toBe(true);
  });

  it('never throws, whatever it is given', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (text) => {
        expect(readNik(text)).toHaveProperty('ok');
      }),
    );
  });
});

describe('a NIK on a paper', () => {
  it('shows the regency and two last digits, and covers the birth date', () => {
    const nik = readNik('3273014107900001');
    expect(nik.ok && maskedNik(nik.value)).toBe('3273••••••••••01');
  });

  it('is the same for two NIKs that only their covered digits tell apart', () => {
    fc.assert(
      fc.property(digitString(4), digitString(10), digitString(10), digitString(2), (first, one, other, last) => {
        const [left, right] = [readNik(first + one + last), readNik(first + other + last)];
        fc.pre(left.ok && right.ok);
        expect(maskedNik(left.value)).toBe(maskedNik(right.value));
      }),
    );
  });
});
