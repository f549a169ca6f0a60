import { readFileSync } from 'node:fs';
import { z } from 'zod';

const profileSchema = z.object({
  nodes: z.array(
    z.object({
      id: z.number(),
      callFrame: z.object({ functionName: z.string(), url: z.string() }),
      children: z.array(z.number()).optional(),
    }),
  ),
  samples: z.array(z.number()),
  timeDeltas: z.array(z.number()),
});

/** What each part is known by, in a function's name or the path of its file. The innermost that is known counts. */
const parts: readonly (readonly [part: string, known: RegExp])[] = [
  ['idle', /^\(idle\)/],
  ['garbage collection', /^\(garbage collector\)/],
  ['sealing', /backends\/system\/sealing/],
  ['digests', /backends\/system\/(keys|conversation-id)/],
  ['SMS', /backends\/sms|node:internal\/deps\/undici/],
  ['understanding', /core\/understanding/],
  ['texts', /core\/speech|node_modules\/i18next/],
  ['checks of what is read (zod)', /node_modules\/zod/],
  [
    'HTTP out',
    /node_modules\/(undici|grammy|node-fetch)|node:_http_client|node:_http_agent|send bench|bots\/telegram.*send/,
  ],
  ['Redis client', /node_modules\/(ioredis|@ioredis|redis-parser|denque)/],
  ['Postgres client', /node_modules\/pg/],
  ['figures (prom-client)', /node_modules\/prom-client|src\/metrics/],
  ['limits on Redis', /backends\/redis\/(admissions|breaker|logins|asking)/],
  ['engine', /src\/engine|backends\/redis/],
  ['conversation', /src\/core/],
  ['HTTP in', /node:_http|bench\/load\/bots/],
];

/**
 * The share of the processor's time that each part of a bot takes, the largest first, out of a profile by V8; what comes
 * before the share `from` of all the time is left out.
 */
export function sharesIn(file: string, from: number): readonly (readonly [part: string, share: number])[] {
  const { nodes, samples, timeDeltas } = profileSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
  const parents = new Map(nodes.flatMap(({ id, children = [] }) => children.map((child) => [child, id] as const)));
  const own = new Map(
    nodes.map(({ id, callFrame: { functionName, url } }) => {
      const name = `${functionName} ${url}`;
      return [id, parts.find(([, known]) => known.test(name))?.[0]] as const;
    }),
  );
  const partOf = (id: number): string => {
    for (let at: number | undefined = id; at !== undefined; at = parents.get(at)) {
      const part = own.get(at);
      if (part !== undefined) return part;
    }
    return 'Node itself';
  };
  const times = new Map<string, number>();
  const begins = from * timeDeltas.reduce((sum, time) => sum + time, 0);
  let passed = 0;
  for (const [nth, id] of samples.entries()) {
    const time = timeDeltas[nth] ?? 0;
    passed += time;
    if (passed < begins) continue;
    const part = partOf(id);
    times.set(part, (times.get(part) ?? 0) + time);
  }
  times.delete('idle');
  const busy = [...times.values()].reduce((sum, time) => sum + time, 0);
  return [...times].map(([part, time]) => [part, time / busy] as const).sort(([, a], [, b]) => b - a);
}
