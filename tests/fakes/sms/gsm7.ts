/** The default alphabet of GSM 03.38: a character's place is its code. */
const alphabet = [
  '@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞ\u{1b}ÆæßÉ',
  ' !"#¤%&\'()*+,-./0123456789:;<=>?',
  '¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§',
  '¿abcdefghijklmnopqrstuvwxyzäöñüà',
].join('');

const escape = 0x1b;

/** What a code means after the escape; each of these takes the room of two characters. */
const escaped: ReadonlyMap<number, string> = new Map([
  [0x0a, '\f'],
  [0x14, '^'],
  [0x28, '{'],
  [0x29, '}'],
  [0x2f, '\\'],
  [0x3c, '['],
  [0x3d, '~'],
  [0x3e, ']'],
  [0x40, '|'],
  [0x65, '€'],
]);

const codes: ReadonlyMap<string, readonly number[]> = new Map<string, readonly number[]>([
  ...[...alphabet].map((character, code): [string, number[]] => [character, [code]]),
  ...[...escaped].map(([code, character]): [string, number[]] => [character, [escape, code]]),
]);

/** The codes of each character, an escaped one's two together; null when one of them is not in the alphabet. */
export function gsm7Codes(text: string): readonly (readonly number[])[] | null {
  const found: (readonly number[])[] = [];
  for (const character of text) {
    const code = codes.get(character);
    if (code === undefined || character.codePointAt(0) === escape) return null;
    found.push(code);
  }
  return found;
}

/** The text that these codes stand for, one in each octet; U+FFFD for a code that stands for nothing. */
export function gsm7Text(octets: Uint8Array): string {
  let text = '';
  let afterEscape = false;
  for (const octet of octets) {
    if (octet === escape && !afterEscape) {
      afterEscape = true;
      continue;
    }
    text += (afterEscape ? escaped.get(octet) : alphabet[octet]) ?? '\u{fffd}';
    afterEscape = false;
  }
  return afterEscape ? `${text}\u{fffd}` : text;
}
