import type { Keys, Verification } from '../core/services.ts';
import { tokenOf } from './token.ts';

/** Where papers are verified, before the token. Short, as every letter makes the QR code denser. */
export const verificationPath = '/v/';

/**
 * Signs papers for a server that is reached at `baseUrl`, an origin like `https://jamsostek.example`; null for one that
 * has no address.
 */
export function verificationAt(baseUrl: string | null, keys: Keys): Verification {
  return {
    addressOf(paper, now) {
      const token = baseUrl === null ? null : tokenOf(paper, now, keys);
      return token === null ? null : `${baseUrl}${verificationPath}${token}`;
    },
  };
}
