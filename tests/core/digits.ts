import fc from 'fast-check';

/** The first of ten digits in a row, in scripts that people really write in, and in some that only look funny. */
const zeros = [0x30, 0xff10, 0x0660, 0x06f0, 0x0966, 0x0e50, 0xa9d0, 0x1b50, 0x1d7ce];

/** What people put between the digits of one number. */
const separators = ['', ' ', '.', '-', '  ', '\u00a0', '\u200b', '\u00ad', ' - '];

/** Digits as somebody may write them: in any script, grouped in any way, none of which changes what they mean. */
export function written(digits: string): fc.Arbitrary<string> {
  return fc
    .record({
      zero: fc.constantFrom(...zeros),
      between: fc.array(fc.constantFrom(...separators), { minLength: digits.length, maxLength: digits.length }),
    })
    .map(({ zero, between }) =>
      [...digits]
        .map(
          (digit, index) =>
            String.fromCodePoint(zero + Number(digit)) + (index < digits.length - 1 ? (between[index] ?? '') : ''),
        )
        .join(''),
    );
}

export function digitString(length: number): fc.Arbitrary<string> {
  return fc.array(fc.integer({ min: 0, max: 9 }), { minLength: length, maxLength: length }).map((all) => all.join(''));
}

/** Words around a number that have no digits of their own. */
export const around = fc.constantFrom('', 'nik saya ', 'ini kak: ', 'my number is ', 'ya ', '(', 'KX-');
