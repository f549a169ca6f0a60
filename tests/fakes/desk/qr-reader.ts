import jsqr from 'jsqr';

/** Pixels for each side of a module; fewer than three are too few for the reader. */
const scale = 4;
/** The smallest code has 21 modules a side. */
const leastWidth = 21;

/** Which halves of a character are white: a terminal draws light on dark. */
const halves: Readonly<Record<string, readonly [upper: boolean, lower: boolean]>> = {
  '█': [true, true],
  '▀': [true, false],
  '▄': [false, true],
  ' ': [false, false],
};

/**
 * Reads the QR code that a terminal shows in block characters, two modules in one, whatever stands around it; of several
 * the last. Null when there is none, or none that a phone could read.
 */
export function readQr(screen: string): string | null {
  const rows = lastCode(screen).flatMap((line) => [modulesOf(line, 0), modulesOf(line, 1)]);
  const [first] = rows;
  if (first === undefined) return null;
  const { pixels, width, height } = picture(rows, first.length);
  const found = jsqr.default(pixels, width, height, { inversionAttempts: 'dontInvert' });
  return found === null || found.data === '' ? null : found.data;
}

/** The lines of the last code: one under the other, all of them as long, drawn in blocks. */
function lastCode(screen: string): readonly string[] {
  let code: string[] = [];
  let open = false;
  for (const line of screen.split(/\r?\n/).map((each) => each.trim())) {
    const drawn = line.length >= leastWidth && [...line].every((character) => character in halves);
    if (drawn && open && line.length === code[0]?.length) code.push(line);
    else if (drawn) code = [line];
    open = drawn;
  }
  return code;
}

function modulesOf(line: string, half: 0 | 1): boolean[] {
  return [...line].map((character) => halves[character]?.[half] ?? false);
}

/** The modules as a picture. */
function picture(rows: readonly (readonly boolean[])[], columns: number) {
  const width = columns * scale;
  const height = rows.length * scale;
  const pixels = new Uint8ClampedArray(width * height * 4).fill(255);
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const white = rows[Math.floor(y / scale)]?.[Math.floor(x / scale)];
      if (white !== true) pixels.fill(0, (y * width + x) * 4, (y * width + x) * 4 + 3);
    }
  }
  return { pixels, width, height };
}
