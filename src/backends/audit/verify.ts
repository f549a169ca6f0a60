import type { Keys } from '../../core/services.ts';
import type { AuditTable } from '../postgres/audit.ts';
import { type AuditHead, emptyHead, hashOf } from './chain.ts';

/**
 * What a look through the whole log comes to. `seq` is the first place where the chain does not hold: a row there was
 * changed, taken out, or put in by somebody without the key; or the log ends before the head that it once had.
 */
export type Verified =
  | { readonly is: 'whole'; readonly head: AuditHead }
  | { readonly is: 'broken'; readonly seq: number }
  /** It was told to stop. */
  | { readonly is: 'unfinished' };

/** Rows read by one statement: none comes near its time limit. */
const pageSize = 1_000;

/** Before any place that a row could have. */
const beforeAll = Number.MIN_SAFE_INTEGER;

export interface Verifying {
  readonly table: Pick<AuditTable, 'page'>;
  readonly keys: Pick<Keys, 'mac'>;
  /** A head that was written down elsewhere: only by that is it found that the end was cut off. */
  readonly known?: AuditHead | null;
  readonly signal?: AbortSignal;
}

/** Reads the whole log and makes every digest again. Rows that are added meanwhile are read, too. Throws `Unavailable`. */
export async function verifyAudit({ table, keys, known = null, signal }: Verifying): Promise<Verified> {
  let head = emptyHead;
  for (;;) {
    if (signal?.aborted === true) return { is: 'unfinished' };
    const rows = await table.page(head.seq === 0 ? beforeAll : head.seq, pageSize);
    for (const row of rows) {
      const seq = head.seq + 1;
      const hash = hashOf(keys, head.hash, seq, row);
      if (row.seq !== seq || row.hash !== hash) return { is: 'broken', seq };
      if (known?.seq === seq && known.hash !== hash) return { is: 'broken', seq };
      head = { seq, hash };
    }
    if (rows.length < pageSize) break;
  }
  return known && known.seq > head.seq ? { is: 'broken', seq: head.seq + 1 } : { is: 'whole', head };
}
