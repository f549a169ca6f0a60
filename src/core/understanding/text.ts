/** Characters of a member's text that are kept at all; the rest of a longer one is not read. */
export const textCap = 4_096;

/** Characters that words are looked for in. */
export const matchCap = 256;

/**
 * A member's text, safe to keep and to read: lone surrogates and NUL replaced (Postgres takes neither), length capped
 * between code points, spaces around it gone.
 */
export function clean(text: string): string {
  const cut = text.length > textCap ? text.slice(0, textCap) : text;
  // A surrogate pair that the cut went through is a lone surrogate now, and is replaced like any other.
  return cut.toWellFormed().replaceAll('\u0000', '\uFFFD').trim();
}

const bidiControl = /[\u202A-\u202E\u2066-\u2069\u200E\u200F\u061C]/;

/** True when the text holds controls that make it read in another order than it is written: its digits can't be trusted. */
export function turnsAround(text: string): boolean {
  return bidiControl.test(text);
}

const decimal = /\p{Nd}/u;
const digitValues = new Map<string, string>();

/**
 * The value of a decimal digit of any script. Unicode keeps each script's ten digits in a row, zero first, so the value
 * is the distance to the start of the row.
 */
function digitValue(digit: string): string {
  const known = digitValues.get(digit);
  if (known !== undefined) return known;
  const code = digit.codePointAt(0) ?? 0;
  let distance = 0;
  while (decimal.test(String.fromCodePoint(code - distance - 1))) distance += 1;
  const value = String(distance % 10);
  digitValues.set(digit, value);
  return value;
}

/**
 * The text with the digits of all scripts as 0 to 9, compatibility forms (fullwidth, circled …) as plain ones, and
 * without invisible characters and combining marks. For reading digits, not for showing.
 */
export function plainDigits(text: string): string {
  return text
    .normalize('NFKC')
    .replace(/[\p{Cf}\p{M}]/gu, '')
    .replace(/[\p{Cc}\p{Z}]/gu, ' ')
    .replace(/\p{Nd}/gu, (digit) => (digit >= '0' && digit <= '9' ? digit : digitValue(digit)));
}

/**
 * A text for matching: as much of it as is looked at, in lower case, with plain digits, and no letter more than twice in a
 * row. Line breaks are left, as they part clauses.
 */
export function plainText(text: string): string {
  const lines = (text.length > matchCap ? text.slice(0, matchCap).toWellFormed() : text).split('\n');
  return (
    lines
      .map(plainDigits)
      .join('\n')
      .toLowerCase()
      .replace(/['’`]/g, '')
      .replace(/([a-z])\1{2,}/g, '$1')
      // "masuk2" is "masuk-masuk": doubled words are written with a 2.
      .replace(/([a-z]{3})2\b/g, '$1')
  );
}

/** The words in a text that {@link plainText} made. */
export function splitWords(plain: string): string[] {
  return plain.match(/[\p{L}\p{N}]+/gu) ?? [];
}

/** The words of a text for matching. */
export function wordsOf(text: string): string[] {
  return splitWords(plainText(text));
}
