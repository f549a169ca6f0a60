/** Characters of a text that is one part, and of each part where there are more: the rest joins them on the phone. */
export const onePart = 160;
export const eachPart = 153;

/**
 * What every phone shows and takes one place there: the basic table of GSM 03.38, without its line's other end (CR) and
 * without the escape to the second table, whose characters take two.
 */
const basic = new Set(
  '@£$¥èéùìòÇ\nØøÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?' +
    '¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà',
);

/** What is written in another way, where taking off the marks does not help. */
const instead: Readonly<Record<string, string>> = {
  '‐': '-',
  '‑': '-',
  '‒': '-',
  '–': '-',
  '—': '-',
  '―': '-',
  '−': '-',
  '•': '-',
  '·': '-',
  '~': '-',
  '“': '"',
  '”': '"',
  '„': '"',
  '«': '"',
  '»': '"',
  '‘': "'",
  '’': "'",
  '‚': "'",
  '`': "'",
  '´': "'",
  '×': 'x',
  '÷': ':',
  '≥': '>=',
  '≤': '<=',
  '→': '>',
  '€': 'EUR',
  '©': '(c)',
  '®': '(R)',
  '™': 'TM',
  '[': '(',
  ']': ')',
  '{': '(',
  '}': ')',
  '|': '/',
  '^': '/',
  '\\': '/',
  '⁄': '/',
  '\t': ' ',
};

/** Characters as a reader counts them: an emoji of several code points is one. */
const characters = new Intl.Segmenter('id', { granularity: 'grapheme' });

const emoji = /\p{Extended_Pictographic}|\p{Regional_Indicator}/u;

/**
 * The same in the basic alphabet, so that 160 characters are one part: with the nearest there is for what it does not
 * have, nothing for an emoji, and `?` for what has nothing near. What is in the alphabet stays as it is.
 */
export function inGsm(text: string): string {
  let written = '';
  const lines = text.normalize('NFC').replaceAll(/\r\n?/g, '\n');
  for (const { segment } of characters.segment(lines)) written += nearest(segment);
  return written;
}

function nearest(character: string): string {
  const known = basic.has(character) ? character : instead[character];
  if (known !== undefined) return known;
  if (emoji.test(character)) return '';
  return Array.from(character.normalize('NFKD'), nearestOf).join('');
}

function nearestOf(point: string): string {
  if (basic.has(point)) return point;
  const other = instead[point];
  if (other !== undefined) return other;
  // Marks on letters, and what joins or parts characters without being seen.
  if (/[\p{M}\p{Cf}\p{Cc}]/u.test(point)) return '';
  return /[\p{Zs}\p{Zl}\p{Zp}]/u.test(point) ? ' ' : '?';
}

/** How many parts a text in the basic alphabet is sent and paid as. */
export function partsOf(text: string): number {
  return text.length <= onePart ? 1 : Math.ceil(text.length / eachPart);
}
