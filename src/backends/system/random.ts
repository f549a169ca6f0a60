import { randomBytes, randomInt } from 'node:crypto';
import type { Random } from '../../core/services.ts';

/** Bytes in an opaque id: 128 bits (OWASP ASVS 5.0 §7.2.3, §11.5.1). */
const idBytes = 16;

/** Capital letters that look like no other and like no digit: not B D G I L O Q S Z, nor U beside V. */
const alphabet = 'ACEFHJKMNPRTVWXY';

/** Randomness of the operating system. */
export function systemRandom(): Random {
  return {
    id: () => randomBytes(idBytes).toString('base64url'),
    digits: (length) => times(length, () => String(randomInt(10))),
    letters: (length) => times(length, () => alphabet.charAt(randomInt(alphabet.length))),
  };
}

function times(length: number, draw: () => string): string {
  return Array.from({ length }, draw).join('');
}
