import {
  createCipheriv,
  createDecipheriv,
  createHash,
  createSecretKey,
  type KeyObject,
  randomFillSync,
} from 'node:crypto';

const algorithm = 'aes-256-gcm';

/** Bytes of a sealing key. */
export const sealingKeyBytes = 32;

/** A key names itself by the beginning of its digest, so that nobody has to number keys. */
const nameBytes = 3;
const nonceBytes = 12;
const tagBytes = 16;

/** Where the nonce, the tag and the encrypted text begin; the key's name stands before them. */
const nonceAt = nameBytes;
const tagAt = nonceAt + nonceBytes;
const textAt = tagAt + tagBytes;

/** Sealed text that no key of the ring opens, or that was changed, or that belongs elsewhere. */
export class CannotUnseal extends Error {
  override readonly name = 'CannotUnseal';
}

/** Keeps texts from whoever can read a store. */
export interface Sealing {
  /** The text, encrypted, as base64. It opens only with the same `place`: it cannot be moved to another key. */
  seal(text: string, place: string): string;
  /** @throws CannotUnseal */
  open(sealed: string, place: string): string;
  /** Whether this names the key that seals now. False of what is no sealed text; that it opens is not said. */
  isCurrent(sealed: string): boolean;
}

/**
 * The keys that there are: the first seals, every one opens. The same array again means that nothing has changed. Asked
 * for each text; with `again` when a text names a key that is not among them, since another process may have begun to
 * use a new one.
 */
export type KeyRing = (again: boolean) => readonly Uint8Array[];

/**
 * AES-256-GCM (NIST SP 800-38D) with the keys of a ring. The sealed text is the key's name, the nonce, the tag and the
 * encrypted text.
 *
 * @throws RangeError from every call when the ring is empty or one of its keys has not 32 bytes.
 */
export function sealing(ring: KeyRing): Sealing {
  let keys: readonly Uint8Array[] = [];
  let byName: ReadonlyMap<number, KeyObject> = new Map();
  const keysByName = (again: boolean): ReadonlyMap<number, KeyObject> => {
    const now = ring(again);
    if (now !== keys) {
      byName = named(now);
      keys = now;
    }
    return byName;
  };
  const sealingKey = (): readonly [name: number, key: KeyObject] => {
    const [first] = keysByName(false);
    if (!first) throw new RangeError('The ring has no key');
    return first;
  };
  const nonces = nonceSource();
  return {
    seal(text, place) {
      const [name, key] = sealingKey();
      const nonce = nonces();
      const cipher = createCipheriv(algorithm, key, nonce);
      cipher.setAAD(Buffer.from(place));
      // In this mode everything comes out at once: `final` only makes the tag.
      const encrypted = cipher.update(text, 'utf8');
      cipher.final();
      const sealed = Buffer.allocUnsafe(textAt + encrypted.length);
      sealed.writeUIntBE(name, 0, nameBytes);
      sealed.set(nonce, nonceAt);
      sealed.set(cipher.getAuthTag(), tagAt);
      sealed.set(encrypted, textAt);
      return sealed.toString('base64');
    },
    open(sealed, place) {
      const bytes = Buffer.from(sealed, 'base64');
      if (bytes.length < textAt) throw new CannotUnseal('This is too short to be sealed text');
      const name = bytes.readUIntBE(0, nameBytes);
      const key = keysByName(false).get(name) ?? keysByName(true).get(name);
      if (!key) throw new CannotUnseal('No key of the ring opens this');
      const decipher = createDecipheriv(algorithm, key, bytes.subarray(nonceAt, tagAt));
      decipher.setAAD(Buffer.from(place));
      decipher.setAuthTag(bytes.subarray(tagAt, textAt));
      const text = decipher.update(bytes.subarray(textAt));
      try {
        decipher.final();
      } catch (cause) {
        throw new CannotUnseal('This was changed, or belongs elsewhere', { cause });
      }
      return text.toString();
    },
    isCurrent(sealed) {
      const [name] = sealingKey();
      const bytes = Buffer.from(sealed, 'base64');
      return bytes.length >= textAt && bytes.readUIntBE(0, nameBytes) === name;
    },
  };
}

/** In the order of the ring. */
function named(keys: readonly Uint8Array[]): ReadonlyMap<number, KeyObject> {
  return new Map(
    keys.map((bytes) => {
      if (bytes.length !== sealingKeyBytes) throw new RangeError(`A sealing key has ${sealingKeyBytes} bytes`);
      const digest = createHash('sha256').update('jamsostek-chat/sealing ').update(bytes).digest();
      return [digest.readUIntBE(0, nameBytes), createSecretKey(bytes)];
    }),
  );
}

/** Bytes of a nonce that are drawn; the rest counts. */
const drawnBytes = 8;
const mostCounted = 2 ** 32;

/**
 * Nonces that do not repeat: 64 bits drawn at random, then a count of 32 bits, drawn anew when the count is full. All
 * processes of a year draw a few thousand times, so that two draws are the same with a chance of less than 2^-32, however
 * many texts they seal; a nonce drawn each time would allow 2^32 texts under one key (NIST SP 800-38D §8.2, §8.3), and
 * costs more. Each nonce is in the buffer of the one before.
 */
function nonceSource(): () => Uint8Array {
  const nonce = Buffer.alloc(nonceBytes);
  let count = mostCounted;
  return () => {
    if (count === mostCounted) {
      randomFillSync(nonce, 0, drawnBytes);
      count = 0;
    }
    nonce.writeUInt32BE(count++, drawnBytes);
    return nonce;
  };
}
