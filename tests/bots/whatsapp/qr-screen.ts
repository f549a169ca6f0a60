import { encode, QrCodeDataType } from 'uqr';

/** Modules beside the code that stay light. */
const border = 1;

/** Codewords for correction in each block, and blocks, at the lowest level, by version (ISO/IEC 18004, table 9). */
const corrections = [0, 7, 10, 15, 20, 26, 18, 20, 24, 30, 18, 20, 24, 26, 30, 22, 24, 28, 30, 28, 28];
const blocks = [0, 1, 1, 1, 1, 1, 2, 2, 2, 2, 4, 4, 4, 4, 4, 6, 6, 6, 6, 7, 8];

/** What tells a module's mask, by the number of the mask (table 10). */
const masks: readonly ((x: number, y: number) => number)[] = [
  (x, y) => (x + y) % 2,
  (_x, y) => y % 2,
  (x) => x % 3,
  (x, y) => (x + y) % 3,
  (x, y) => (Math.floor(x / 3) + Math.floor(y / 2)) % 2,
  (x, y) => ((x * y) % 2) + ((x * y) % 3),
  (x, y) => (((x * y) % 2) + ((x * y) % 3)) % 2,
  (x, y) => (((x + y) % 2) + ((x * y) % 3)) % 2,
];

/** What a phone reads in the QR code on a screen: lines of half blocks, light on dark, among other lines. */
export function readQrOnScreen(screen: string): string {
  const rows = screen
    .split('\n')
    .flatMap((line) =>
      /^[█▀▄ ]{20,}$/.test(line)
        ? [[...line].map((half) => half === ' ' || half === '▄'), [...line].map((half) => half === ' ' || half === '▀')]
        : [],
    );
  const size = (rows[0]?.length ?? 0) - 2 * border;
  const isDark = (x: number, y: number) => rows[y + border]?.[x + border] === true;
  const version = (size - 17) / 4;
  if (!Number.isInteger(version)) throw new Error('There is no QR code on this screen.');
  return textIn(dataIn(codewordsIn(size, version, isDark), version), version);
}

/** The bytes in the order in which they are laid out, up and down in pairs of columns. */
function codewordsIn(size: number, version: number, isDark: (x: number, y: number) => boolean): number[] {
  const { types } = encode('', { border: 0, minVersion: version, maxVersion: version });
  // The number of the mask: three bits under the upper left corner, which are laid out as if it were 5.
  const number = [2, 3, 4].reduce((bits, x) => bits * 2 + Number(isDark(x, 8)), 0) ^ 0b101;
  const mask = masks[number];
  const read: boolean[] = [];
  for (let right = size - 1; right >= 1; right -= 2) {
    if (right === 6) right = 5;
    const upward = ((right + 1) & 2) === 0;
    for (let step = 0; step < size; step += 1) {
      const y = upward ? size - 1 - step : step;
      for (const x of [right, right - 1]) {
        if (types[y]?.[x] === QrCodeDataType.Data) read.push(isDark(x, y) !== (mask?.(x, y) === 0));
      }
    }
  }
  return Array.from({ length: Math.floor(read.length / 8) }, (_, nth) =>
    read.slice(nth * 8, nth * 8 + 8).reduce((byte, bit) => byte * 2 + Number(bit), 0),
  );
}

/** The data without what corrects them: their blocks are dealt out like cards. */
function dataIn(codewords: readonly number[], version: number): number[] {
  const count = blocks[version] ?? 0;
  const short = Math.floor(codewords.length / count) - (corrections[version] ?? 0);
  const shortBlocks = count - (codewords.length % count);
  const dealt: number[][] = Array.from({ length: count }, () => []);
  let next = 0;
  for (let nth = 0; nth <= short; nth += 1) {
    for (const [block, into] of dealt.entries()) {
      if (nth === short && block < shortBlocks) continue;
      into.push(codewords[next] ?? 0);
      next += 1;
    }
  }
  return dealt.flat();
}

/** The text of the one segment of bytes that there is. */
function textIn(data: readonly number[], version: number): string {
  const bits = data.map((byte) => byte.toString(2).padStart(8, '0')).join('');
  const number = (from: number, length: number) => Number.parseInt(bits.slice(from, from + length), 2);
  if (number(0, 4) !== 0b0100) throw new Error('This QR code does not hold bytes.');
  const lengthBits = version < 10 ? 8 : 16;
  const bytes = Array.from({ length: number(4, lengthBits) }, (_, nth) => number(4 + lengthBits + nth * 8, 8));
  return Buffer.from(bytes).toString();
}
