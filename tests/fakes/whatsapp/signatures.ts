import { generateSignalPubKey } from '@whiskeysockets/baileys';
import { verifySignature } from 'libsignal/src/curve.js';

/**
 * Whether these bytes were signed with this key. Asks libsignal itself: `Curve.verify` of Baileys 7.0.0-rc14 takes any
 * signature for a good one.
 */
export function isSigned(key: Uint8Array, bytes: Uint8Array, signature: Uint8Array): boolean {
  return verifySignature(generateSignalPubKey(key), bytes, signature);
}
