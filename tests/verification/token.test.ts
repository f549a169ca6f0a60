import fc from 'fast-check';
import { encode } from 'uqr';
import { describe, expect, it } from 'vitest';
import { keysFrom } from '../../src/backends/system/keys.ts';
import { initialsOf } from '../../src/core/jamsostek/initials.ts';
import { dayInJakarta } from '../../src/core/jamsostek/month.ts';
import type { Paper } from '../../src/core/services.ts';
import { day, hour, type Instant, second } from '../../src/core/time.ts';
import { readToken, tokenOf, validFor } from '../../src/verification/token.ts';
import { verificationAt, verificationPath } from '../../src/verification/verification.ts';

const keys = keysFrom('a secret for tests only');
const alphabet = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'];

const instant = fc.integer({ min: Date.UTC(2024, 0), max: Date.UTC(2100, 0) });
const letter = fc.oneof(
  fc.constantFrom(...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'),
  fc.constantFrom('Ł', 'Ž', 'Я', 'م', '李', 'क', '𐐀', '𠮷'),
);
const initials = fc.array(letter, { minLength: 1, maxLength: 4 }).map((letters) => initialsOf(letters.join(' ')));
const kind = fc.constantFrom('card', 'statement');

/** A paper made at a moment, with the token that it got. */
const papers = fc.record({ kind, initials, now: instant }).map(({ now, ...of }) => {
  const paper: Paper = { ...of, day: dayInJakarta(now) };
  return { paper, now, token: made(paper, now) };
});

function made(paper: Paper, now: Instant): string {
  const token = tokenOf(paper, now, keys);
  if (token === null) throw new Error('There is no token for this paper');
  return token;
}

const notOurs = { is: 'not ours' };

/** Midnight in Jakarta after the last day on which a paper made at this moment is valid. */
function endOf({ kind }: Paper, now: Instant): Instant {
  return Date.parse(`${dayInJakarta(now + validFor[kind] * day)}T00:00+07:00`) + day;
}

describe('a token that we made', () => {
  it('is valid to the end of its last day, and says what the paper was made with', () => {
    fc.assert(
      fc.property(papers, ({ paper, now, token }) => {
        const end = endOf(paper, now);
        const valid = { is: 'valid', paper, until: dayInJakarta(end - 1) };
        expect(readToken(token, now, keys)).toEqual(valid);
        expect(readToken(token, end - 1, keys)).toEqual(valid);
      }),
    );
  });

  it('is expired from then on, and says nothing more', () => {
    fc.assert(
      fc.property(papers, fc.nat(400 * day), ({ paper, now, token }, later) => {
        expect(readToken(token, endOf(paper, now) + later, keys)).toEqual({ is: 'expired' });
      }),
    );
  });

  it('is valid for another server whose clock is a little behind', () => {
    const now = Date.parse('2026-11-30T00:00:01+07:00');
    const paper: Paper = { kind: 'card', initials: 'R. L.', day: dayInJakarta(now) };
    expect(readToken(made(paper, now), now - 2 * second, keys).is).toBe('valid');
  });

  it('has the day of Jakarta, not that of Greenwich', () => {
    const now = Date.parse('2026-11-30T01:00+07:00');
    const paper: Paper = { kind: 'card', initials: 'R. L.', day: dayInJakarta(now) };
    expect(readToken(made(paper, now), now, keys)).toEqual({ is: 'valid', paper, until: '2026-12-30' });
    expect(readToken(made(paper, now), now + 30 * day + 22 * hour, keys).is).toBe('valid');
    expect(readToken(made(paper, now), now + 30 * day + 23 * hour, keys).is).toBe('expired');
  });

  it('is the same for the same paper, and another for any other', () => {
    fc.assert(
      fc.property(papers, papers, (one, other) => {
        expect(made(one.paper, one.now)).toBe(one.token);
        const alike = JSON.stringify(one.paper) === JSON.stringify(other.paper);
        expect(one.token === other.token).toBe(alike);
      }),
    );
  });

  it('is safe in an address as it is, and at most 50 letters long', () => {
    fc.assert(
      fc.property(papers, ({ token }) => {
        expect(token).toMatch(/^[\w-]{30,50}$/);
        expect(encodeURIComponent(token)).toBe(token);
      }),
    );
  });
});

describe('what is not ours', () => {
  it('is a token with any one letter changed', () => {
    fc.assert(
      fc.property(papers, fc.nat(), fc.constantFrom(...alphabet), ({ token, now }, place, letter) => {
        const at = place % token.length;
        fc.pre(token[at] !== letter);
        expect(readToken(token.slice(0, at) + letter + token.slice(at + 1), now, keys)).toEqual(notOurs);
      }),
    );
  });

  it('is a token with any one letter changed, tried out for one token', () => {
    const now = Date.UTC(2026, 10, 30);
    const token = made({ kind: 'statement', initials: 'A. B. C. D.', day: dayInJakarta(now) }, now);
    const changed = [...token].flatMap((own, at) =>
      alphabet.filter((each) => each !== own).map((each) => token.slice(0, at) + each + token.slice(at + 1)),
    );
    expect(changed).toHaveLength(token.length * 63);
    expect(changed.filter((each) => readToken(each, now, keys).is !== 'not ours')).toEqual([]);
  });

  it('is a token cut short, made longer, or in other case', () => {
    fc.assert(
      fc.property(papers, fc.nat(), fc.string({ minLength: 1 }), ({ token, now }, length, more) => {
        for (const other of [
          token.slice(0, length % token.length),
          token.slice(1 + (length % token.length)),
          token + more,
          more + token,
          `${token}=`,
          `${token}\n`,
          ` ${token}`,
          token + token,
        ]) {
          expect(readToken(other, now, keys)).toEqual(notOurs);
        }
        for (const other of [token.toLowerCase(), token.toUpperCase()]) {
          if (other !== token) expect(readToken(other, now, keys)).toEqual(notOurs);
        }
      }),
    );
  });

  it('is a token written in another way that means the same bytes', () => {
    fc.assert(
      fc.property(papers, ({ token, now }) => {
        const [payload, mac] = [token.slice(0, -22), token.slice(-22)];
        const bytes = Buffer.from(payload, 'base64url');
        const same = alphabet
          .map((letter) => payload.slice(0, -1) + letter)
          .filter((other) => other !== payload && Buffer.from(other, 'base64url').equals(bytes));
        for (const other of [
          ...same,
          bytes.toString('base64'),
          `%${token.charCodeAt(0).toString(16)}${token.slice(1)}`,
        ]) {
          if (other !== payload) expect(readToken(other + mac, now, keys)).toEqual(notOurs);
        }
      }),
    );
  });

  it('is a token of another key, or a digest of ours for another purpose', () => {
    const stranger = keysFrom('another secret for tests');
    fc.assert(
      fc.property(papers, ({ paper, token, now }) => {
        expect(readToken(token, now, stranger)).toEqual(notOurs);
        expect(readToken(tokenOf(paper, now, stranger) ?? '', now, keys)).toEqual(notOurs);
        const payload = token.slice(0, -22);
        expect(readToken(payload + keys.mac('source', payload).slice(0, 22), now, keys)).toEqual(notOurs);
      }),
    );
  });

  it('is a version or a kind to come, though signed with our key', () => {
    const now = Date.UTC(2026, 10, 30);
    const bytes = Buffer.from(
      made({ kind: 'card', initials: 'R. L.', day: dayInJakarta(now) }, now).slice(0, -22),
      'base64url',
    );
    const heads = Array.from({ length: 256 }, (_, head) => {
      bytes.writeUInt8(head, 0);
      const payload = bytes.toString('base64url');
      return readToken(payload + keys.mac('verification', payload).slice(0, 22), now, keys);
    });
    expect(heads.flatMap(({ is }, head) => (is === 'not ours' ? [] : [head]))).toEqual([0x11, 0x12]);
  });

  it('is any other text, and it never throws', () => {
    const texts = fc.oneof(
      fc.array(fc.nat(0x10_ff_ff), { maxLength: 60 }).map((codes) => String.fromCodePoint(...codes)),
      fc.string({ unit: fc.constantFrom(...alphabet), maxLength: 60 }),
    );
    fc.assert(
      fc.property(texts, instant, (text, now) => {
        expect(readToken(text, now, keys)).toEqual(notOurs);
      }),
    );
  });
});

describe('the address for a QR code', () => {
  const now = Date.UTC(2026, 10, 30);
  const paper: Paper = { kind: 'card', initials: 'R. L.', day: dayInJakarta(now) };

  it('is this server’s, with a token that is valid', () => {
    const address = verificationAt('https://jamsostek.example', keys).addressOf(paper, now) ?? '';
    const { origin, pathname } = new URL(address);
    expect([origin, pathname.slice(0, verificationPath.length)]).toEqual(['https://jamsostek.example', '/v/']);
    expect(readToken(pathname.slice(verificationPath.length), now, keys)).toMatchObject({ is: 'valid', paper });
  });

  it('is none where the server has no address, or the paper no initials to compare', () => {
    expect(verificationAt(null, keys).addressOf(paper, now)).toBeNull();
    for (const initials of ['', 'Rahmawati Lestari', 'R.', 'A. B. C. D. E.', 'R. L. ', 'r']) {
      const address = verificationAt('https://jamsostek.example', keys).addressOf({ ...paper, initials }, now);
      expect(address === null, initials).toBe(initials !== 'R.');
    }
  });

  it.each([
    ['R. L.', 4],
    ['A. B. C. D.', 4],
    ['𐐀. 𐐀. 𐐀. 𐐀.', 5],
  ])('fits for %s into a QR code of version %i', (initials, version) => {
    const address = verificationAt('https://jamsostek.example', keys).addressOf({ ...paper, initials }, now) ?? '';
    expect(encode(address, { ecc: 'M' }).version).toBeLessThanOrEqual(version);
  });
});
