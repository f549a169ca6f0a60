import { z } from 'zod';

const boom = z.object({ output: z.object({ statusCode: z.number() }) });

/** The status number in an error of Baileys; undefined where there is none. */
export function statusOf(error: unknown): number | undefined {
  return boom.safeParse(error).data?.output.statusCode;
}
