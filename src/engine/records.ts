import { z } from 'zod';
import type { Sealing } from '../backends/system/sealing.ts';
import { branded } from '../core/brand.ts';
import { type ConversationId, type Inbound, mediaKinds } from '../core/inbound.ts';
import { phoneSchema } from '../core/jamsostek/phone.ts';
import { languages } from '../core/language.ts';
import type { TurnId } from '../core/services.ts';
import type { Instant } from '../core/time.ts';
import type { Outgoing } from './outgoing.ts';

/** An inbound in its mailbox. */
export interface Waiting {
  readonly inbound: Inbound;
  readonly acceptedAt: Instant;
}

const conversation = z.string().transform((text) => branded<ConversationId>(text));
const address = z.object({ channel: z.string(), chat: z.string(), sender: z.string() });
const place = z.object({ latitude: z.number(), longitude: z.number() });

const inbound = z.object({
  id: z.string(),
  conversation,
  from: address,
  content: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('text'), text: z.string() }),
    z.object({ kind: z.literal('choice'), id: z.string() }),
    place.extend({ kind: z.literal('location') }),
    z.object({ kind: z.literal('media'), media: z.enum(mediaKinds) }),
    z.object({ kind: z.enum(['edited', 'unsupported']) }),
  ]),
  writtenAt: z.number().exactOptional(),
  private: z.boolean(),
  source: z.string().exactOptional(),
  local: z.boolean().exactOptional(),
  phone: phoneSchema.exactOptional(),
  languageHint: z.enum(languages).exactOptional(),
});

const reply = z.object({
  language: z.enum(languages),
  text: z.string(),
  short: z.string().exactOptional(),
  choices: z.array(z.object({ id: z.string(), label: z.string() })),
  personal: z.boolean(),
  place: place.extend({ name: z.string(), address: z.string().nullable() }).exactOptional(),
  file: z
    .object({
      kind: z.enum(['image', 'document']),
      name: z.string(),
      type: z.string(),
      content: z.string(),
      words: z.string(),
    })
    .exactOptional(),
  asksLocation: z.boolean().exactOptional(),
  hides: z.boolean().exactOptional(),
  forgets: z.boolean().exactOptional(),
});

const waiting: z.ZodType<Waiting> = z.object({ inbound, acceptedAt: z.number() });

const outgoing: z.ZodType<Outgoing> = z.object({
  effect: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('reply'), to: address, reply }),
    z.object({
      kind: z.literal('sms'),
      to: phoneSchema,
      text: z.string(),
      conversation,
      notice: z.literal(true).exactOptional(),
    }),
  ]),
  turn: z.string().transform((text) => branded<TurnId>(text)),
  index: z.number(),
  since: z.number(),
  acceptedAt: z.number(),
});

/** Writes and reads what the engine keeps: sealed, each for its own place in the store. Reading throws what is wrong. */
export function records(sealing: Sealing) {
  const read = <Record>(schema: z.ZodType<Record>, sealed: string, place: string): Record =>
    schema.parse(JSON.parse(sealing.open(sealed, place)));
  return {
    sealWaiting: (record: Waiting) => sealing.seal(JSON.stringify(record), `${record.inbound.conversation}/mailbox`),
    openWaiting: (sealed: string, of: ConversationId) => read(waiting, sealed, `${of}/mailbox`),
    sealOutgoing: (record: Outgoing, of: ConversationId, lane: string) =>
      sealing.seal(JSON.stringify(record), `${of}/${lane}`),
    openOutgoing: (sealed: string, of: ConversationId, lane: string) => read(outgoing, sealed, `${of}/${lane}`),
    sealSession: (session: string, of: ConversationId) => sealing.seal(session, `${of}/session`),
    /** A session that cannot be opened is an unreadable one, not a new one: the member is told. */
    openSession(sealed: string | null, of: ConversationId): string | null {
      if (sealed === null) return null;
      try {
        return sealing.open(sealed, `${of}/session`);
      } catch {
        return '';
      }
    },
  };
}

export type Records = ReturnType<typeof records>;
