import { branded } from '../core/brand.ts';
import { type Day, dayInJakarta, daySchema } from '../core/jamsostek/month.ts';
import type { Keys, Mac, Paper } from '../core/services.ts';
import { day, type Instant } from '../core/time.ts';

/**
 * How many days after the one it was made on a paper is valid. A card tells whether somebody is covered, which changes
 * with the month's contribution; a statement tells of a year that is over, and has to last as long as a bank or an
 * office takes over it. Both can be asked for anew at any time.
 */
export const validFor: Readonly<Record<Paper['kind'], number>> = { card: 30, statement: 180 };

/** What a token comes to. For what is not ours there is one answer, whatever is wrong with it. */
export type Verdict =
  | { readonly is: 'valid'; readonly paper: Paper /** The last day. */; readonly until: Day }
  | { readonly is: 'expired' }
  | { readonly is: 'not ours' };

const notOurs: Verdict = { is: 'not ours' };

/** Of a byte the upper half is the version, the lower half the kind of paper. */
const version = 1;
const kinds = { card: 1, statement: 2 } as const satisfies Record<Paper['kind'], number>;

/** The head, then the day it was made and the last day that it is valid, each in days since 1970. Then the initials. */
const initialsFrom = 5;

/** Letters of base64url, of six bits each: 132 bits of the digest. */
const macLength = 22;

/** The head with one letter, and with four of four bytes each. */
const shortest = 8 + macLength;
const longest = 28 + macLength;

/** One to four letters as `initialsOf` writes them. */
const initialsForm = /^\p{L}\.(?: \p{L}\.){0,3}$/u;

/**
 * The token of a paper, which nobody without the key can make, in 30 to 50 letters of base64url. Null for a paper
 * without initials: nothing could be compared with who shows it.
 *
 * Signed is the text itself, not what it says, so that there is no second way to write the same.
 */
export function tokenOf({ kind, initials, day: made }: Paper, now: Instant, keys: Keys): string | null {
  if (!initialsForm.test(initials)) return null;
  const said = Buffer.alloc(initialsFrom);
  said.writeUInt8(version * 16 + kinds[kind], 0);
  said.writeUInt16BE(numberOf(made), 1);
  said.writeUInt16BE(numberOf(dayInJakarta(now)) + validFor[kind], 3);
  const letters = Buffer.from(initials.replace(/[. ]/g, ''));
  const payload = Buffer.concat([said, letters]).toString('base64url');
  return payload + macOf(payload, keys);
}

/** Reads a token. Never throws, whatever it is given. */
export function readToken(token: string, now: Instant, keys: Keys): Verdict {
  if (token.length < shortest || token.length > longest || !/^[\w-]+$/.test(token)) return notOurs;
  const payload = token.slice(0, -macLength);
  if (!keys.same(macOf(payload, keys), branded<Mac>(token.slice(-macLength)))) return notOurs;
  const said = Buffer.from(payload, 'base64url');
  const paper = paperOf(said);
  if (!paper) return notOurs;
  const until = said.readUInt16BE(3);
  if (numberOf(dayInJakarta(now)) > until) return { is: 'expired' };
  return { is: 'valid', paper, until: dayOf(until) };
}

/** Null for a version or a kind that this program does not know: one to come, signed with the same key. */
function paperOf(said: Buffer): Paper | null {
  const head = said.readUInt8(0);
  const kind = kindsInOrder.find((each) => head === version * 16 + kinds[each]);
  if (kind === undefined) return null;
  const letters = [...said.toString('utf8', initialsFrom)];
  return { kind, initials: letters.map((letter) => `${letter}.`).join(' '), day: dayOf(said.readUInt16BE(1)) };
}

const kindsInOrder = ['card', 'statement'] as const;

function macOf(payload: string, keys: Keys): Mac {
  return branded<Mac>(keys.mac('verification', payload).slice(0, macLength));
}

function numberOf(of: Day): number {
  return Date.parse(of) / day;
}

function dayOf(number: number): Day {
  return daySchema.parse(new Date(number * day).toISOString().slice(0, 10));
}
