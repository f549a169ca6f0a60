import { createHmac, createSecretKey, hkdfSync, type KeyObject, timingSafeEqual } from 'node:crypto';
import { branded } from '../../core/brand.ts';
import type { Keys, Mac, MacPurpose } from '../../core/services.ts';

/** Bytes in each key: what SHA-256 gives and HMAC-SHA256 takes. */
const keyBytes = 32;

/** A shorter secret could be tried out, and with it every NIK and every code. */
const shortestSecret = 16;

/**
 * Keys from one secret: HKDF-SHA256 (RFC 5869) makes one for each purpose, HMAC-SHA256 makes the digests, as base64url.
 * The same secret gives the same keys in every process and after every start.
 *
 * @throws RangeError when the secret is shorter than 16 bytes.
 */
export function keysFrom(secret: Uint8Array | string): Keys {
  const material = materialOf(secret);
  const keys = new Map<MacPurpose, KeyObject>();
  const keyFor = (purpose: MacPurpose): KeyObject => {
    const known = keys.get(purpose);
    if (known) return known;
    // A key object, made once: from bytes Node makes one for every digest, which costs six times as much.
    const key = createSecretKey(derived(material, purpose));
    keys.set(purpose, key);
    return key;
  };
  return {
    mac: (purpose, text) => branded<Mac>(createHmac('sha256', keyFor(purpose)).update(text).digest('base64url')),
    same: (a, b) => {
      const [left, right] = [Buffer.from(a), Buffer.from(b)];
      return left.length === right.length && timingSafeEqual(left, right);
    },
  };
}

/**
 * The key that texts are sealed with where no other is given, from the same secret and apart from all others.
 *
 * @throws RangeError when the secret is shorter than 16 bytes.
 */
export function sealingKeyFrom(secret: Uint8Array | string): Uint8Array {
  return derived(materialOf(secret), 'sealing');
}

/**
 * A secret of 256 bits for one purpose of a channel's, as base64url, from the same secret and apart from all others.
 *
 * @throws RangeError when the secret is shorter than 16 bytes.
 */
export function channelSecretFrom(secret: Uint8Array | string, purpose: string): string {
  return Buffer.from(derived(materialOf(secret), `channel/${purpose}`)).toString('base64url');
}

function materialOf(secret: Uint8Array | string): Uint8Array {
  const material = Buffer.from(secret);
  if (material.length < shortestSecret) throw new RangeError(`The secret must have at least ${shortestSecret} bytes`);
  return material;
}

function derived(material: Uint8Array, purpose: MacPurpose | 'sealing' | `channel/${string}`): Uint8Array {
  return new Uint8Array(hkdfSync('sha256', material, '', `jamsostek-chat/${purpose}`, keyBytes));
}
