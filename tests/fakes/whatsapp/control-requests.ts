import { z } from 'zod';
import { kicks } from './kicks.ts';

const phone = z.string().min(1);
const wrapping = z.enum(['ephemeral', 'view once']).exactOptional();
const damage = z.enum(['damaged', 'empty', 'unknown kind', 'no message']).exactOptional();
const bytes = z.base64().transform((base64) => Buffer.from(base64, 'base64'));
const place = {
  latitude: z.number(),
  longitude: z.number(),
  name: z.string().exactOptional(),
  address: z.string().exactOptional(),
};
const caption = z.string().exactOptional();
const id = z.string();

/** What someone may say, over HTTP. Files are base64. */
export const sayingSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('text'),
    text: z.string(),
    quote: id.exactOptional(),
    wrapping,
    mentions: z.array(z.string()).exactOptional(),
    damage,
  }),
  z.object({ kind: z.literal('location'), ...place }),
  z.object({ kind: z.literal('live location'), ...place }),
  z.object({ kind: z.literal('image'), bytes, caption, wrapping }),
  z.object({ kind: z.literal('video'), bytes, caption }),
  z.object({ kind: z.literal('document'), bytes, fileName: z.string(), mimetype: z.string().exactOptional(), caption }),
  z.object({ kind: z.literal('voice'), bytes }),
  z.object({ kind: z.literal('sticker'), bytes }),
  z.object({ kind: z.literal('contact'), name: z.string(), phone }),
  z.object({ kind: z.literal('poll'), question: z.string(), options: z.array(z.string()) }),
  z.object({ kind: z.literal('button'), id, label: z.string() }),
  z.object({ kind: z.literal('template button'), id, label: z.string() }),
  z.object({ kind: z.literal('row'), id, title: z.string() }),
  z.object({ kind: z.literal('edit'), id, text: z.string() }),
  z.object({ kind: z.literal('delete'), id }),
  z.object({ kind: z.literal('react'), id, emoji: z.string() }),
]);

export type Saying = z.output<typeof sayingSchema>;

const from = { from: phone };

/** Who speaks, and how the platform shows them. */
const speakerSchema = z.object({
  ...from,
  name: z.string().exactOptional(),
  lid: z.boolean().exactOptional(),
  sendsPhone: z.boolean().exactOptional(),
  /** The address of a group, to speak there. */
  group: z.string().exactOptional(),
});

export const requests = {
  owner: z.object({ phone }),
  scan: z.object({ qr: z.string(), phone }),
  enterCode: z.object({ code: z.string(), phone }),
  unlink: z.object({ phone }),
  own: z.object({ phone, to: phone, text: z.string() }),
  inbound: z.object({ ...speakerSchema.shape, say: sayingSchema }),
  again: z.object({ ...from, id }),
  typing: z.object({ ...from, typing: z.boolean().default(true) }),
  receipt: z.object({ ...from, ids: z.array(id).exactOptional() }),
  retry: z.object({ ...from, id }),
  loseSession: z.object(from),
  group: z.object({ people: z.array(phone), subject: z.string().exactOptional() }),
  absent: z.object({ phone }),
  kick: z.object({ kind: z.enum(kicks) }),
  behaviour: z.strictObject({
    deliver: z.boolean().exactOptional(),
    read: z.boolean().exactOptional(),
    ackError: z.int().nullish(),
    dropAck: z.boolean().exactOptional(),
    loseSent: z.boolean().exactOptional(),
    silent: z.boolean().exactOptional(),
    holdOffline: z.enum(['no', 'all', 'end']).exactOptional(),
    sendHistory: z.boolean().exactOptional(),
    phoneHelps: z.boolean().exactOptional(),
    refuseLogin: z.int().nullish(),
  }),
} as const;
