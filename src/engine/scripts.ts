import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { Script } from '../backends/redis/store.ts';

const header = lua('header');

/** The scripts by which the engine changes the store. Each answers the server's time first. */
export const scripts = {
  accept: script(
    'accept',
    z.tuple([z.number(), z.enum(['taken', 'duplicate', 'full']), z.number(), z.string().nullable()]),
  ),
  claim: script(
    'claim',
    z.tuple([
      z.number(),
      z.array(z.tuple([z.string(), z.string(), z.number(), z.number(), z.number(), z.number(), z.string().nullable()])),
    ]),
  ),
  commit: script('commit', z.tuple([z.number(), z.number(), z.array(z.string()), z.string().nullable(), z.number()])),
  settle: script('settle', z.tuple([z.number(), z.number(), z.string().nullable(), z.number()])),
  renew: script('renew', z.tuple([z.number(), z.number()])),
  backlog: script('backlog', z.tuple([z.number(), z.number(), z.number()])),
};

function script<Reply>(name: string, reply: z.ZodType<Reply>): Script<Reply> {
  return { lua: header + lua(name), reply };
}

function lua(name: string): string {
  return readFileSync(join(import.meta.dirname, 'lua', `${name}.lua`), 'utf8');
}
