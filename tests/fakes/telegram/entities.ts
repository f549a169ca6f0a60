import type { MessageEntity } from 'grammy/types';
import { z } from 'zod';
import { badRequest } from './api-error.ts';

/** A text as Telegram keeps it, and what stands where in it; offsets count UTF-16 units. */
export interface Formatted {
  readonly text: string;
  readonly entities: MessageEntity[];
}

const place = { offset: z.number().int(), length: z.number().int() };
const user = z.object({ id: z.number().int(), is_bot: z.boolean(), first_name: z.string() });
const plain = z.enum([
  'mention',
  'hashtag',
  'cashtag',
  'bot_command',
  'url',
  'email',
  'phone_number',
  'bold',
  'italic',
  'underline',
  'strikethrough',
  'spoiler',
  'blockquote',
  'expandable_blockquote',
  'code',
]);

export const entitySchema = z.discriminatedUnion('type', [
  z.object({ type: plain, ...place }),
  z.object({ type: z.literal('pre'), ...place, language: z.string().exactOptional() }),
  z.object({ type: z.literal('text_link'), ...place, url: z.string() }),
  z.object({ type: z.literal('text_mention'), ...place, user }),
  z.object({ type: z.literal('custom_emoji'), ...place, custom_emoji_id: z.string() }),
]);

/** Entities of a plain kind: those that hold nothing but their place. */
export type PlainEntity = z.infer<typeof plain>;

/** Throws the 400 of Telegram for entities that lie outside the text, or cut a character of two units in half. */
export function checkEntities(text: string, entities: readonly MessageEntity[]): void {
  for (const { offset, length } of entities) {
    const end = offset + length;
    if (offset < 0 || length < 0) throw badRequest('receive an entity with incorrect offset or length');
    if (offset >= text.length && length > 0) {
      throw badRequest(`entity begins after the end of the text at UTF-16 offset ${offset}`);
    }
    const named = `entity beginning at UTF-16 offset ${offset}`;
    if (end > text.length) throw badRequest(`${named} ends after the end of the text at UTF-16 offset ${end}`);
    if (isInsidePair(text, offset)) {
      throw badRequest(`entity begins in a middle of a UTF-16 symbol at byte offset ${byteOffset(text, offset + 1)}`);
    }
    if (isInsidePair(text, end)) {
      throw badRequest(`${named} ends in a middle of a UTF-16 symbol at byte offset ${byteOffset(text, end + 1)}`);
    }
  }
}

function isInsidePair(text: string, offset: number): boolean {
  const code = text.charCodeAt(offset);
  return offset > 0 && code >= 0xdc00 && code <= 0xdfff;
}

/** How many bytes of UTF-8 stand before this UTF-16 offset: errors of Telegram count so. */
export function byteOffset(text: string, offset: number): number {
  return Buffer.byteLength(text.slice(0, offset));
}

/** In Telegram's order: by where they begin, and what holds another before what is held. */
export function inOrder(entities: readonly MessageEntity[]): MessageEntity[] {
  return entities.toSorted((one, other) => one.offset - other.offset || other.length - one.length);
}
