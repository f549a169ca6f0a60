import { z } from 'zod';

/** What a worker process is started with, as its one argument. */
export const setupSchema = z.object({
  name: z.string(),
  redis: z.string(),
  /** True when `redis` is one node of a cluster. */
  cluster: z.boolean().optional(),
  platform: z.string(),
  /** The members' database; the real conversation runs where there is one, a conversation that counts where there is none. */
  database: z.string().optional(),
  /** File with the ring of sealing keys. */
  sealingKeys: z.string(),
  /** How long the worker waits for the platform's answer, in milliseconds. */
  patience: z.number(),
});
export type Setup = z.infer<typeof setupSchema>;

/** An event of the platform, as a worker takes it. */
export const eventSchema = z.object({
  id: z.string(),
  chat: z.string(),
  text: z.string(),
  /** When the member wrote it, in milliseconds since 1970. */
  writtenAt: z.number().optional(),
});
export type PlatformEvent = z.infer<typeof eventSchema>;

/** What a worker hands the platform. */
export const deliverySchema = z.object({
  /** Names the effect for good. */
  key: z.string(),
  kind: z.enum(['reply', 'sms']),
  /** Where it goes: a chat, or a phone number. */
  to: z.string(),
  text: z.string(),
  worker: z.string(),
});
export type Delivery = z.infer<typeof deliverySchema>;

/** A turn asks the platform something, and goes on when it is answered. */
export const askedSchema = z.object({ worker: z.string(), event: z.string() });
export type Asked = z.infer<typeof askedSchema>;

/** What time it is for a worker: by its computer, and by what it goes by. */
export const timesSchema = z.object({ computer: z.number(), program: z.number() });

/** What a worker tells the driver. */
export const toldSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('ready'), url: z.string() }),
  z.object({ kind: z.literal('fenced'), lane: z.string() }),
  z.object({ kind: z.literal('reclaimed'), lane: z.string() }),
  z.object({ kind: z.literal('quarantined'), event: z.string() }),
  z.object({ kind: z.literal('turn failed'), event: z.string(), error: z.string() }),
  /** An effect of this event is not tried any more. */
  z.object({ kind: z.literal('given up'), event: z.string(), effect: z.enum(['reply', 'sms']) }),
  z.object({ kind: z.literal('store failed'), error: z.string() }),
  /** A code was compared with the right one. */
  z.object({ kind: z.literal('compared') }),
]);
export type Told = z.infer<typeof toldSchema>;

/** What the driver orders a worker to do: nothing else, for so many milliseconds. */
export const orderSchema = z.object({ block: z.number() });
export type Order = z.infer<typeof orderSchema>;
