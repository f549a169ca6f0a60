import { type Audit, type AuditEntry, type Keys, Unavailable } from '../../core/services.ts';
import { second, type Timer } from '../../core/time.ts';
import type { AuditTable } from '../postgres/audit.ts';
import { type AuditHead, type AuditRow, chained, emptyHead, rowOf } from './chain.ts';

/** Rows added by one statement: what waits while another is under way goes together. */
const mostAtOnce = 500;

/** With so many tries, twenty busy processes all get their turn; with more than that, the spool takes what is left. */
const mostTries = 200;

/** Once it has not answered, the database is not asked for so long by members who wait, in milliseconds. */
const shyFor = 2 * second;

/** What was spooled, by this process or one that is gone, is looked for this often, in milliseconds. */
const lookEvery = 10 * second;

/** What came of a part of what was spooled. */
export interface Spooled {
  readonly rows: number;
  /** Lines that could not be read, and are kept aside, or that somebody has taken out. */
  readonly lost: number;
}

/** Where entries wait for the database. One call at a time. */
export interface AuditSpool {
  /** Whether something may wait here. */
  readonly holds: boolean;
  /** On the disk when it resolves. Nothing of it is there when it rejects. */
  put(rows: readonly AuditRow[]): Promise<void>;
  /** Hands over the next rows, and lets go of them once that has resolved. Null when nothing waits. */
  drain(into: (rows: readonly AuditRow[]) => Promise<void>): Promise<Spooled | null>;
  close(): Promise<void>;
}

/** What happens to the log, for whoever watches. */
export type AuditEvent =
  /** The database does not take entries: from now on they wait on this machine. Told once until they have gone. */
  | { readonly kind: 'spooled'; readonly error: unknown }
  /** Everything that waited here is in the log. */
  | { readonly kind: 'drained'; readonly entries: number }
  /** Of what waited, so many lines could not be read, and are kept aside, or are missing. */
  | { readonly kind: 'damaged'; readonly lines: number }
  /** What waits cannot be got at; it is tried again. Told once until it can. */
  | { readonly kind: 'stuck'; readonly error: unknown }
  /** The log ends before what this process has seen of it, or in another way. */
  | { readonly kind: 'cut'; readonly seq: number };

export interface AuditLogServices {
  readonly table: Pick<AuditTable, 'append'>;
  readonly keys: Pick<Keys, 'mac'>;
  /** Where entries wait while the database is away; without it, none can be recorded then. */
  readonly away?: { readonly spool: AuditSpool; readonly timer: Timer };
  readonly report?: (event: AuditEvent) => void;
  /** Milliseconds that never go back. */
  readonly monotonic?: () => number;
}

export interface AuditLog extends Audit {
  /** The last row that this process knows of; null before the first. */
  readonly head: AuditHead | null;
  /** Keeps what is under way, and takes nothing more. What waits on this machine stays for the next start. */
  close(): Promise<void>;
}

/** Chains entries in the table; while that does not answer, keeps them in the spool. */
export function auditLog(services: AuditLogServices): AuditLog {
  return new ChainedLog(services);
}

interface Waiting {
  readonly rows: readonly AuditRow[];
  readonly done: PromiseWithResolvers<void>;
}

class ChainedLog implements AuditLog {
  head: AuditHead | null = null;
  readonly #table: AuditLogServices['table'];
  readonly #keys: AuditLogServices['keys'];
  readonly #spool: AuditSpool | null;
  readonly #report: (event: AuditEvent) => void;
  readonly #monotonic: () => number;
  readonly #closing = new AbortController();
  readonly #looking: Promise<void>;
  #waiting: Waiting[] = [];
  #working: Promise<void> | null = null;
  #toDrain = false;
  #shyUntil = Number.NEGATIVE_INFINITY;
  #toldAway = false;
  #toldStuck = false;
  #drained = 0;

  constructor({ table, keys, away, report = () => undefined, monotonic = () => performance.now() }: AuditLogServices) {
    this.#table = table;
    this.#keys = keys;
    this.#spool = away?.spool ?? null;
    this.#report = report;
    this.#monotonic = monotonic;
    this.#looking = away ? this.#look(away.timer) : Promise.resolve();
  }

  async record(entries: readonly AuditEntry[]): Promise<void> {
    if (this.#closing.signal.aborted) throw new Unavailable('audit');
    if (entries.length === 0) return;
    const done = Promise.withResolvers<void>();
    this.#waiting.push({ rows: entries.map(rowOf), done });
    this.#work();
    await done.promise;
  }

  async close(): Promise<void> {
    this.#closing.abort();
    await this.#looking;
    await this.#working;
    await this.#spool?.close();
  }

  async #look(timer: Timer): Promise<void> {
    const { signal } = this.#closing;
    while (!signal.aborted) {
      this.#toDrain = true;
      this.#work();
      await timer.pause(lookEvery, signal);
    }
  }

  /** One thing at a time: whoever waits, together, and what is spooled while nobody does. */
  #work(): void {
    this.#working ??= (async () => {
      while (this.#waiting.length > 0 || (this.#toDrain && !this.#closing.signal.aborted)) {
        if (this.#waiting.length > 0) await this.#keepWaiting();
        else this.#toDrain = await this.#drainPart();
      }
      this.#working = null;
    })();
  }

  async #keepWaiting(): Promise<void> {
    const batch = this.#batch();
    try {
      await this.#keep(batch.flatMap(({ rows }) => rows));
      for (const { done } of batch) done.resolve();
    } catch (error) {
      for (const { done } of batch) done.reject(error);
    }
  }

  #batch(): readonly Waiting[] {
    let rows = 0;
    const next = this.#waiting.findIndex((waiting, nth) => {
      rows += waiting.rows.length;
      return nth > 0 && rows > mostAtOnce;
    });
    return this.#waiting.splice(0, next === -1 ? this.#waiting.length : next);
  }

  async #keep(rows: readonly AuditRow[]): Promise<void> {
    const spool = this.#spool;
    if (spool === null) return this.#append(rows);
    let away: unknown = null;
    if (this.#monotonic() >= this.#shyUntil) {
      try {
        await this.#append(rows);
        this.#toDrain ||= spool.holds;
        return;
      } catch (error) {
        if (!(error instanceof Unavailable)) throw error;
        this.#shyUntil = this.#monotonic() + shyFor;
        away = error;
      }
    }
    if (!this.#toldAway) this.#report({ kind: 'spooled', error: away });
    this.#toldAway = true;
    await spool.put(rows).catch((cause: unknown) => {
      throw new Unavailable('audit', { cause });
    });
  }

  /** Puts rows behind the last one, whichever that is by then; what is there already is not put in again. */
  async #append(rows: readonly AuditRow[]): Promise<void> {
    let left = [...new Map(rows.map((row) => [row.id, row])).values()];
    for (let tries = 0; tries < mostTries && left.length > 0; tries += 1) {
      const behind = this.head ?? emptyHead;
      const { added, head, known } = await this.#table.append(behind, chained(this.#keys, behind, left));
      this.#seen(head);
      if (added) return;
      left = left.filter(({ id }) => !known.has(id));
    }
    if (left.length > 0) throw new Unavailable('audit', { cause: new Error('others were always faster') });
  }

  #seen(head: AuditHead): void {
    const before = this.head;
    this.head = head;
    if (before === null) return;
    if (head.seq < before.seq) this.#report({ kind: 'cut', seq: head.seq + 1 });
    else if (head.seq === before.seq && head.hash !== before.hash) this.#report({ kind: 'cut', seq: head.seq });
  }

  /** False when that was all, or when it cannot go on now. */
  async #drainPart(): Promise<boolean> {
    const [spool, report] = [this.#spool, this.#report];
    if (spool === null) return false;
    try {
      const part = await spool.drain(async (rows) => this.#append(rows));
      this.#toldStuck = false;
      if (part === null) {
        if (this.#drained > 0) report({ kind: 'drained', entries: this.#drained });
        this.#drained = 0;
        this.#toldAway = false;
        return false;
      }
      this.#drained += part.rows;
      // The database answers again.
      if (part.rows > 0) this.#shyUntil = Number.NEGATIVE_INFINITY;
      if (part.lost > 0) report({ kind: 'damaged', lines: part.lost });
      return true;
    } catch (error) {
      if (!(error instanceof Unavailable) && !this.#toldStuck) {
        report({ kind: 'stuck', error });
        this.#toldStuck = true;
      }
      return false;
    }
  }
}
