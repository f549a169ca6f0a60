import type { Pool } from 'pg';
import { z } from 'zod';
import { Unavailable } from '../../core/services.ts';

/** A text, a number, a yes/no or nothing, as a parameter of a statement. */
type Value = string | number | boolean | null;

/**
 * Asks the database one thing, in one round trip. Whatever keeps it from answering is {@link Unavailable}, whose cause
 * says what happened without the statement and without any value.
 */
export type Ask = <Rows>(
  sql: string,
  values: readonly Value[],
  rows: z.ZodType<Rows>,
  /** True for a statement that changes nothing: it is asked again, once, when the connection breaks. */
  reads?: boolean,
) => Promise<Rows>;

export function asking(pool: Pool, service: string): Ask {
  return async (sql, values, rows, reads = false) => {
    const parameters = values.map(storable);
    const query = () => pool.query<Record<string, unknown>>(sql, parameters);
    try {
      const result = await query().catch((error: unknown) => {
        if (reads && isBroken(error)) return query();
        throw error;
      });
      return rows.parse(result.rows);
    } catch (error) {
      throw new Unavailable(service, { cause: new Error(reason(error)) });
    }
  };
}

/** PostgreSQL takes no NUL, and UTF-8 has no lone surrogates: such a text is stored, and compared, without them. */
function storable(value: Value): Value {
  return typeof value === 'string' ? value.toWellFormed().replaceAll('\0', '\uFFFD') : value;
}

/** Server stopped (57P01), crashed (57P02), connection lost (class 08), or closed without a word. */
const broken = /^(57P01|57P02|08...|ECONNRESET|EPIPE)$|^Connection terminated( unexpectedly)?$|not queryable/;

function isBroken(error: unknown): boolean {
  return error instanceof Error && (broken.test(codeOf(error)) || broken.test(error.message));
}

function codeOf(error: Error): string {
  return 'code' in error && typeof error.code === 'string' ? error.code : '';
}

/** What happened, for the operator. The database's own words stay behind: they quote values and statements. */
function reason(error: unknown): string {
  if (error instanceof z.ZodError) {
    return `a row has not the expected shape: ${error.issues.map((issue) => issue.path.join('.')).join(', ')}`;
  }
  if (!(error instanceof Error)) return 'unknown';
  const code = codeOf(error);
  if (code !== '') return `code ${code}`;
  if (/time(d )?out/i.test(error.message)) return 'timed out';
  return isBroken(error) ? 'connection lost' : error.name;
}
