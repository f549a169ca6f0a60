import { z } from 'zod';

/** What the platform saw of a load. Times in milliseconds, from posting an update to the call that answers it. */
export const playedSchema = z.object({
  turns: z.number(),
  seconds: z.number(),
  p50: z.number(),
  p99: z.number(),
  /** Replies that nobody waited for: each is a message doubled. */
  unasked: z.number(),
  /** The platform's own processor time, in seconds. */
  cpu: z.number(),
});
export type Played = z.infer<typeof playedSchema>;

/** What a bot has used since it started: processor time in seconds, memory in MiB. */
export const usageSchema = z.object({ cpu: z.number(), rss: z.number(), heap: z.number() });
export type Usage = z.infer<typeof usageSchema>;
