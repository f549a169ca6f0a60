import { createServer, type IncomingMessage, type RequestListener } from 'node:http';
import { z } from 'zod';
import type { Usage } from '../figures.ts';
import { answerParent } from '../processes.ts';

/** What every bot is told when it starts. */
const settingsSchema = z.object({
  /** Root of the platform's API. */
  api: z.string(),
  redis: z.string(),
  /** How many members there are. */
  members: z.number(),
  /** For the bot with sessions: codes are random and sent by SMS, as the product's are. */
  sms: z.boolean().default(false),
  /** For the product: where sessions and queues are kept. */
  engine: z.enum(['redis', 'memory']).default('redis'),
  /** For the product: the members' database; without it they are in memory. */
  database: z.string().optional(),
});
export type Settings = z.infer<typeof settingsSchema>;

export const settings: Settings = settingsSchema.parse(JSON.parse(process.argv[2] ?? '{}'));

/** Serves a webhook, and tells the parent what it costs. */
export function serveBot(webhook: RequestListener): void {
  const server = createServer(webhook);
  server.listen(0, '127.0.0.1', () =>
    answerParent(server, async () => {
      const { user, system } = process.cpuUsage();
      // Where the process may: so that what is held, and not what waits to be freed, is compared.
      globalThis.gc?.();
      const { rss, heapUsed } = process.memoryUsage();
      return { cpu: (user + system) / 1e6, rss: rss / 2 ** 20, heap: heapUsed / 2 ** 20 } satisfies Usage;
    }),
  );
}

/** The whole body of a request as text. */
export function bodyOf(request: IncomingMessage): Promise<string> {
  return new Promise((resolve, reject) => {
    let body = '';
    request
      .setEncoding('utf8')
      .on('data', (part: string) => {
        body += part;
      })
      .on('end', () => resolve(body))
      .on('error', reject);
  });
}
