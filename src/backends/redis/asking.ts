import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { Unavailable } from '../../core/services.ts';
import { minute } from '../../core/time.ts';
import type { Script } from './store.ts';

/**
 * What a key lives longer than anybody looks at it. Times of counted things come from the program's clock and expiry is
 * the server's: so much the two may differ.
 */
export const slack = minute;

/** The script in `lua/<name>.lua`. */
export function scriptNamed<Reply>(name: string, reply: z.ZodType<Reply>): Script<Reply> {
  return { lua: readFileSync(join(import.meta.dirname, 'lua', `${name}.lua`), 'utf8'), reply };
}

/**
 * The answer that was asked of the store. Whatever keeps it from answering is {@link Unavailable}, whose cause says what
 * happened without any key or value.
 */
export async function answered<Answer>(service: string, asked: Promise<Answer>): Promise<Answer> {
  try {
    return await asked;
  } catch (error) {
    throw new Unavailable(service, { cause: new Error(reason(error)) });
  }
}

/** What happened, for the operator. The server's own words stay behind: they may quote what it was given. */
function reason(error: unknown): string {
  if (error instanceof z.ZodError) return 'an answer has not the expected shape';
  if (!(error instanceof Error)) return 'unknown';
  if (/timed out/i.test(error.message)) return 'timed out';
  // Errors of the server begin with a code: OOM, READONLY, CLUSTERDOWN …
  if (error.name === 'ReplyError') return `code ${/^[A-Z]+/.exec(error.message)?.[0] ?? 'unknown'}`;
  return error.name === 'Error' ? 'connection lost' : error.name;
}
