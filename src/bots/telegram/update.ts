import { z } from 'zod';

/** What of Telegram's updates is asked for; everything else stays there. */
export const updateKinds = ['message', 'edited_message', 'callback_query'] as const;

const user = z.object({
  id: z.int(),
  is_bot: z.boolean().optional(),
  /** IETF tag of the language that the member's app is in. */
  language_code: z.string().optional(),
});

const chat = z.object({ id: z.int(), type: z.string() });

/** Offsets and lengths are in UTF-16 units, as those of strings here. */
const entity = z.object({
  type: z.string(),
  offset: z.int(),
  length: z.int(),
  user: z.object({ id: z.int() }).optional(),
});

/** A message, with as much as is read of it; that it is loose shows what else there is. */
const message = z.looseObject({
  message_id: z.int(),
  from: user.optional(),
  sender_chat: chat.optional(),
  chat,
  /** Seconds. */
  date: z.int(),
  edit_date: z.int().optional(),
  /** The same for all pictures of an album, each of which is a message. */
  media_group_id: z.string().optional(),
  text: z.string().optional(),
  entities: z.array(entity).optional(),
  caption: z.string().optional(),
  caption_entities: z.array(entity).optional(),
  location: z.object({ latitude: z.number(), longitude: z.number() }).optional(),
  reply_to_message: z.object({ from: user.optional() }).optional(),
});
export type Message = z.infer<typeof message>;

const callback = z.object({
  id: z.string(),
  from: user,
  message: z.object({ chat }).optional(),
  data: z.string().optional(),
});
export type Callback = z.infer<typeof callback>;
export type User = z.infer<typeof user>;

const update = z.object({
  update_id: z.int(),
  message: message.optional(),
  edited_message: message.optional(),
  callback_query: callback.optional(),
});
export type Update = z.infer<typeof update>;

/** Null when it is no update that could be read. */
export function readUpdate(raw: unknown): Update | null {
  return update.safeParse(raw).data ?? null;
}
