import { readFileSync } from 'node:fs';
import { second } from '../../core/time.ts';
import { CannotOpen } from '../cannot-open.ts';
import { type KeyRing, sealingKeyBytes } from './sealing.ts';

/** The file is looked at no more often than this, unless a text names a key that is not in the ring. */
const lookEvery = 3 * second;

/** Stands in the file for the key that is made from the secret of the same name. */
const derivedKeyWord = 'SECRET_KEY';

export interface KeyRingOptions {
  /** The key made from SECRET_KEY. */
  readonly derived: Uint8Array;
  /** Told, once for each fault, why the file as it is now is not used. The line holds nothing of a key. */
  readonly tell: (problem: string) => void;
  /** Milliseconds that never go back. */
  readonly monotonic?: () => number;
}

/**
 * The ring of a file that is read again while the program runs, so that keys are changed without a restart. One key a
 * line, as base64 of 32 bytes, or the word SECRET_KEY; the first seals; lines that are empty or begin with # say
 * nothing. A file that cannot be used leaves the ring as it was.
 *
 * @throws CannotOpen when the file cannot be used at the start.
 */
export function keyRingIn(file: string, options: KeyRingOptions): KeyRing {
  const { derived, tell, monotonic = () => performance.now() } = options;
  let text = textOf(file);
  let ring = keysIn(text, file, derived);
  let lookedAt = monotonic();
  let told = '';
  const look = (): void => {
    lookedAt = monotonic();
    try {
      const now = textOf(file);
      if (now !== text) ring = keysIn(now, file, derived);
      text = now;
      told = '';
    } catch (error) {
      if (!(error instanceof CannotOpen)) throw error;
      if (error.message !== told) tell(error.message);
      told = error.message;
    }
  };
  return (again) => {
    if (again || monotonic() - lookedAt >= lookEvery) look();
    return ring;
  };
}

function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (cause) {
    const code = cause instanceof Error && 'code' in cause ? ` (${String(cause.code)})` : '';
    throw new CannotOpen(`The sealing keys in ${file} cannot be read${code}.`, { cause });
  }
}

function keysIn(text: string, file: string, derived: Uint8Array): readonly Uint8Array[] {
  const keys = text.split('\n').flatMap((line, index) => {
    const word = line.trim();
    if (word === '' || word.startsWith('#')) return [];
    if (word === derivedKeyWord) return [derived];
    const key = Buffer.from(word, 'base64');
    // Node reads past what is no base64; written back, only the real thing is the same.
    if (key.length === sealingKeyBytes && key.toString('base64') === word) return [key];
    throw new CannotOpen(`Line ${index + 1} of ${file} is no sealing key: base64 of ${sealingKeyBytes} bytes.`);
  });
  if (keys.length === 0) throw new CannotOpen(`There is no sealing key in ${file}.`);
  return keys;
}
