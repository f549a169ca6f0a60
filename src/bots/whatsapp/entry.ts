import { BufferJSON } from '@whiskeysockets/baileys';
import { z } from 'zod';

/** Where messages are kept from before they are acknowledged until the engine has them. */
export const inboxTable = 'inbox';

/** A message as it came, decrypted and not looked at yet. */
export const entrySchema = z.object({
  /** WhatsApp's id of the message, chosen by the sender's client: unique in the chat if that behaves. */
  id: z.string(),
  /** The address that it came from, without the device: by phone number or by LID. */
  from: z.string(),
  /** The same person's other address, where it is known. */
  other: z.string().nullable(),
  /** When it was written, in seconds since 1970, in WhatsApp's digits. */
  t: z.string().nullable(),
  /** The protobuf, padded. */
  plain: z.custom<Uint8Array>((value) => value instanceof Uint8Array),
});
export type Entry = z.infer<typeof entrySchema>;

/** Null when it is not one. */
export function readEntry(text: string): Entry | null {
  try {
    return entrySchema.parse(JSON.parse(text, BufferJSON.reviver));
  } catch {
    return null;
  }
}
