import { hash } from 'node:crypto';
import type { TurnId } from '../core/services.ts';

/** 64 bits: enough to find one turn in a log, and nobody can go back from it to the platform's ids. */
const traceLength = 16;

/** Characters of base64url that hold 128 bits. */
const digestLength = 22;

/** Letters instead of the digits: nothing that looks for numbers can take a trace for somebody's NIK. */
const letters = 'ghijklmnop';

/**
 * What a turn is called wherever it is written down, from the inbound to the last try to send what it said: the
 * beginning of the SHA-256 of its id, in the letters a to p. Parts of the id come from platforms with any characters,
 * half surrogates among them, which UTF-8 would make the same.
 */
export function traceOf(turn: TurnId): string {
  const digest = hash('sha256', Buffer.from(turn, 'utf16le'), 'hex');
  return digest.slice(0, traceLength).replace(/\d/g, (digit) => letters.charAt(Number(digit)));
}

/** What a turn is remembered by, so that it is taken and counted once: 128 bits of the same digest, as base64url. */
export function digestOf(turn: TurnId): string {
  return hash('sha256', Buffer.from(turn, 'utf16le'), 'base64url').slice(0, digestLength);
}
