import { z } from 'zod';
import type { Act } from '../../core/services.ts';
import type { Instant } from '../../core/time.ts';
import type { AuditHead, ChainedRow } from '../audit/chain.ts';
import { asking } from './asking.ts';
import type { Database } from './database.ts';

/** What became of rows that were to be added: all of them are there, or none, and then it is known why. */
export interface Appended {
  readonly added: boolean;
  /** The last row afterwards. */
  readonly head: AuditHead;
  /** Which of them had been there before, by id. */
  readonly known: ReadonlySet<string>;
}

/** Which entries are asked for; what is not said leaves nothing out. */
export interface AuditFilter {
  readonly since?: Instant;
  /** Itself not included. */
  readonly until?: Instant;
  readonly act?: Act;
  /** A digest of the member's reference. */
  readonly member?: string;
}

/** The log's table. Every call is one round trip, and throws `Unavailable` when there is no answer. */
export interface AuditTable {
  /** Adds rows behind `head`, if that is the last one and none of them is there. */
  append(head: AuditHead, rows: readonly ChainedRow[]): Promise<Appended>;
  /** At most `most` rows behind that place, in their order, as they are: nothing about them is believed. */
  page(after: number, most: number): Promise<readonly FoundRow[]>;
  /** At most `most` rows before that place, the newest first; from the end with null. */
  newest(before: number | null, filter: AuditFilter, most: number): Promise<readonly FoundRow[]>;
}

/** In the database's own table, which takes rows behind the last one and lets none be changed. */
export function auditTable({ pool }: Pick<Database, 'pool'>): AuditTable {
  const ask = asking(pool, 'audit');
  return {
    append({ seq, hash }, rows) {
      return ask('select * from bot.append_audit($1, $2, $3)', [seq, hash, JSON.stringify(rows)], appended);
    },
    page: (after, most) => ask('select * from bot.audit_page($1, $2)', [after, most], foundRows, true),
    newest: (before, { since = null, until = null, act = null, member = null }, most) =>
      ask(
        'select * from bot.newest_audit($1, $2, $3, $4, $5, $6)',
        [before, since, until, act, member, most],
        foundRows,
        true,
      ),
  };
}

const place = z.string().transform(Number);

const appended = z
  .tuple([z.object({ added: z.boolean(), last_seq: place, last_hash: z.string(), known: z.array(z.string()) })])
  .transform(
    ([{ added, last_seq, last_hash, known }]): Appended => ({
      added,
      head: { seq: last_seq, hash: last_hash },
      known: new Set(known),
    }),
  );

/** A column that somebody has emptied is for whoever verifies to find: it becomes a text that no database holds. */
const text = z
  .string()
  .nullable()
  .transform((value) => value ?? '\0');

const foundRow = z.object({
  seq: place,
  id: text,
  at: text,
  act: text,
  detail: text,
  member: z.string().nullable(),
  channel: text,
  conversation: text,
  hash: text,
}) satisfies z.ZodType<ChainedRow>;

const foundRows = z.array(foundRow);

/** A row as it was found. */
export type FoundRow = z.infer<typeof foundRow>;
