/** Steps of the decoder are bounded by what a label can hold. */
const longest = 63;
const first = 128;

/**
 * The letters of one label of a host name: `xn--bpjs-9za` as they are written. Null when it cannot be read.
 *
 * Source: RFC 3492, the decoder of section 6.2 with the parameters of Punycode.
 */
export function labelLetters(label: string): string | null {
  if (!label.startsWith('xn--')) return label;
  if (label.length > longest) return null;
  const coded = label.slice(4);
  const split = coded.lastIndexOf('-');
  const letters = split > 0 ? Array.from(coded.slice(0, split), (letter) => letter.charCodeAt(0)) : [];
  const digits = Array.from(coded.slice(split + 1), digitOf);
  let code = first;
  let place = 0;
  let bias = 72;
  let at = 0;
  while (at < digits.length) {
    const before = place;
    for (let weight = 1, step = 36; ; step += 36) {
      const digit = digits[at];
      if (digit === undefined || digit < 0) return null;
      at += 1;
      place += digit * weight;
      const threshold = Math.min(26, Math.max(1, step - bias));
      if (digit < threshold) break;
      weight *= 36 - threshold;
    }
    const size = letters.length + 1;
    bias = adapted(place - before, size, before === 0);
    code += Math.floor(place / size);
    place %= size;
    if (code > 0x10_ffff) return null;
    letters.splice(place, 0, code);
    place += 1;
  }
  return String.fromCodePoint(...letters);
}

function digitOf(letter: string): number {
  const code = letter.charCodeAt(0);
  if (letter >= 'a' && letter <= 'z') return code - 97;
  return letter >= '0' && letter <= '9' ? code - 22 : -1;
}

function adapted(delta: number, size: number, isFirst: boolean): number {
  let left = Math.floor(isFirst ? delta / 700 : delta / 2);
  left += Math.floor(left / size);
  let bias = 0;
  while (left > 455) {
    left = Math.floor(left / 35);
    bias += 36;
  }
  return bias + Math.floor((36 * left) / (left + 38));
}
