import { createHmac, hkdfSync } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { keysFrom, sealingKeyFrom } from '../../../src/backends/system/keys.ts';
import type { MacPurpose } from '../../../src/core/services.ts';

const secret = 'a secret of the right length for it';
const purposes: readonly MacPurpose[] = ['nik', 'code', 'conversation', 'source'];

describe('keys', () => {
  it('make digests as the standards say: HMAC-SHA256 under an HKDF-SHA256 key', () => {
    const key = Buffer.from(hkdfSync('sha256', secret, '', 'jamsostek-chat/nik', 32));
    const expected = createHmac('sha256', key).update('text').digest('base64url');
    expect(keysFrom(secret).mac('nik', 'text')).toBe(expected);
  });

  it('give the same digest in every process that has the same secret, as text or as bytes', () => {
    expect(keysFrom(secret).mac('code', 'text')).toBe(keysFrom(Buffer.from(secret)).mac('code', 'text'));
  });

  it('give another digest for another purpose, another text and another secret', () => {
    const keys = keysFrom(secret);
    const digests = [
      ...purposes.map((purpose) => keys.mac(purpose, 'text')),
      keys.mac('nik', 'text '),
      keysFrom(`${secret}.`).mac('nik', 'text'),
    ];
    expect(new Set(digests).size).toBe(digests.length);
  });

  it('find digests the same when they are, and only then', () => {
    const keys = keysFrom(secret);
    const mac = keys.mac('code', '123456');
    expect(keys.same(mac, keys.mac('code', '123456'))).toBe(true);
    expect(keys.same(mac, keys.mac('code', '123457'))).toBe(false);
  });

  it('seal with a key of its own, made by the same standard', () => {
    const expected = new Uint8Array(hkdfSync('sha256', secret, '', 'jamsostek-chat/sealing', 32));
    expect(sealingKeyFrom(secret)).toEqual(expected);
    expect(() => sealingKeyFrom('tiny secret')).toThrow(RangeError);
  });

  it('refuse a secret that could be tried out, without saying it', () => {
    expect(() => keysFrom('tiny secret')).toThrow(RangeError);
    expect(() => keysFrom('tiny secret')).not.toThrow(/tiny/);
    expect(() => keysFrom('')).toThrow(RangeError);
  });
});
