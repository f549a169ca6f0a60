import { hash } from 'node:crypto';
import type { AuditEntry, Keys } from '../../core/services.ts';

/** An entry as it is kept, wherever that is. Texts are as read back: a database is not believed to have left them alone. */
export interface AuditRow {
  /** Of the turn, the act and the detail: the same again is the same entry. */
  readonly id: string;
  /** Milliseconds since 1970, in decimal digits. */
  readonly at: string;
  readonly act: string;
  readonly detail: string;
  readonly member: string | null;
  readonly channel: string;
  readonly conversation: string;
}

/** A row in its place in the chain. */
export interface ChainedRow extends AuditRow {
  /** From 1, without a gap. */
  readonly seq: number;
  readonly hash: string;
}

/** The last row that there is. Whoever knows it knows that nothing before it was changed or taken out. */
export interface AuditHead {
  readonly seq: number;
  readonly hash: string;
}

/** The head of an empty log. */
export const emptyHead: AuditHead = { seq: 0, hash: '' };

/** Characters of base64url that hold 128 bits. */
const idLength = 22;

/** An entry as it will be kept. */
export function rowOf({ turn, act, detail, member, channel, conversation, at }: AuditEntry): AuditRow {
  return {
    // As JSON, which tells apart what UTF-8 alone would not: half surrogates.
    id: hash('sha256', JSON.stringify([turn, act, detail]), 'base64url').slice(0, idLength),
    at: String(Math.trunc(at)),
    act,
    detail: storable(detail),
    member,
    channel: storable(channel),
    conversation: storable(conversation),
  };
}

/**
 * What is hashed has to be what is read back. PostgreSQL takes no NUL, UTF-8 has no lone surrogates, and the embedded
 * database loses a byte order mark.
 */
function storable(text: string): string {
  return text.toWellFormed().replaceAll(/[\0\uFEFF]/g, '\uFFFD');
}

/** One text for one row behind one other, and for no other two: a list in JSON, since any value may hold any character. */
export function canonical(before: string, seq: number, row: AuditRow): string {
  const { id, at, act, detail, member, channel, conversation } = row;
  return JSON.stringify([before, seq, id, at, act, detail, member, channel, conversation]);
}

/** The digest of a row behind the one whose digest is `before`. */
export function hashOf(keys: Pick<Keys, 'mac'>, before: string, seq: number, row: AuditRow): string {
  return keys.mac('audit chain', canonical(before, seq, row));
}

/** These rows, in their places behind `head`. */
export function chained(keys: Pick<Keys, 'mac'>, head: AuditHead, rows: readonly AuditRow[]): readonly ChainedRow[] {
  const chain: ChainedRow[] = [];
  let { seq, hash } = head;
  for (const row of rows) {
    seq += 1;
    hash = hashOf(keys, hash, seq, row);
    chain.push(Object.assign({ seq, hash }, row));
  }
  return chain;
}
