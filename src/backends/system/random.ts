import { randomBytes, randomInt } from 'node:crypto';
import type { Random } from '../../core/services.ts';

/** Bytes in an opaque id: 128 bits (OWASP ASVS 5.0 §7.2.3, §11.5.1). */
const idBytes = 16;

/** Randomness of the operating system. */
export function systemRandom(): Random {
  return {
    id: () => randomBytes(idBytes).toString('base64url'),
    digits: (length) => Array.from({ length }, () => String(randomInt(10))).join(''),
  };
}
