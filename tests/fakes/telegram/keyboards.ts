import type { InlineKeyboardButton } from 'grammy/types';
import { z } from 'zod';
import { badRequest } from './api-error.ts';

/** The longest callback data, in bytes. */
const longestCallbackData = 64;
/** More buttons do not fit under a message. */
const mostButtons = 100;

const inlineButton = z.union([
  z.object({ text: z.string().min(1), url: z.string() }),
  z.object({ text: z.string().min(1), callback_data: z.string().min(1) }),
  z.object({ text: z.string().min(1), copy_text: z.object({ text: z.string() }) }),
  z.object({ text: z.string().min(1), web_app: z.object({ url: z.string() }) }),
]);

const key = z.union([
  z.string().transform((text) => ({ text, request_location: false, request_contact: false })),
  z.object({
    text: z.string().min(1),
    request_location: z.boolean().default(false),
    request_contact: z.boolean().default(false),
  }),
]);

const inlineKeyboard = z.object({ inline_keyboard: z.array(z.array(inlineButton)) });
const replyKeyboard = z.object({
  keyboard: z.array(z.array(key)).min(1),
  is_persistent: z.boolean().default(false),
  resize_keyboard: z.boolean().default(false),
  one_time_keyboard: z.boolean().default(false),
  input_field_placeholder: z.string().max(64).default(''),
});
const removal = z.object({ remove_keyboard: z.literal(true) });
const forceReply = z.object({ force_reply: z.literal(true) });

/** The keyboard in place of a person's letters. */
export type ReplyKeyboard = z.infer<typeof replyKeyboard>;
/** What a message says of keyboards. */
export type Markup = z.infer<typeof markupSchema>;

export const markupSchema = z.union([inlineKeyboard, replyKeyboard, removal, forceReply]);

/** A message's keyboard by Telegram's rules; throws its 400s. */
export function markupOf(given: unknown, isPrivate: boolean): Markup | null {
  if (given === undefined) return null;
  const parsed = markupSchema.safeParse(given);
  if (!parsed.success) throw unreadable(given);
  const markup = parsed.data;
  if ('inline_keyboard' in markup) checkInline(markup.inline_keyboard.flat());
  if ('keyboard' in markup && !isPrivate) checkKeys(markup);
  return markup;
}

function unreadable(given: unknown): Error {
  const isInline = typeof given === 'object' && given !== null && 'inline_keyboard' in given;
  if (isInline)
    return badRequest("can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard");
  return badRequest('object expected as reply markup');
}

function checkInline(buttons: readonly InlineKeyboardButton[]): void {
  if (buttons.length > mostButtons) throw badRequest('reply markup is too long');
  for (const button of buttons) {
    if ('callback_data' in button && Buffer.byteLength(button.callback_data) > longestCallbackData) {
      throw badRequest('BUTTON_DATA_INVALID');
    }
    if ('url' in button && !/^(?:https?|tg):\/\/./.test(button.url)) throw badRequest('BUTTON_URL_INVALID');
  }
}

function checkKeys({ keyboard }: ReplyKeyboard): void {
  const keys = keyboard.flat();
  const asks = keys.some((each) => each.request_location) ? 'location' : 'phone number';
  if (keys.some((each) => each.request_location || each.request_contact)) {
    throw badRequest(`${asks} can be requested in private chats only`);
  }
}
