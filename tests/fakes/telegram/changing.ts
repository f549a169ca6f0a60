import type { Message } from 'grammy/types';
import { z } from 'zod';
import { type Account, openRoomOf } from './account.ts';
import { badRequest } from './api-error.ts';
import type { ApiRequest } from './api-request.ts';
import { type ChatMessage, type ChatRoom, type Content, seconds } from './chat-room.ts';
import { type Markup, markupOf } from './keyboards.ts';
import { type Parameters, read, structured, text, whole } from './parameters.ts';
import { textContent } from './sending.ts';

const messageSchema = z.object({
  chat_id: z.union([whole, text]),
  message_id: whole,
  reply_markup: structured(z.unknown()).exactOptional(),
});
const messagesSchema = z.object({
  chat_id: z.union([whole, text]),
  message_ids: structured(z.array(z.number().int())),
});

/** For how long a bot can delete a message, in seconds. */
const deletable = 48 * 3_600;

const notModified =
  'message is not modified: specified new message content and reply markup are exactly the same as a current ' +
  'content and reply markup of the message';

/** `editMessageText` */
export function editMessageText(account: Account, { parameters }: ApiRequest): Message {
  const { room, message, markup } = ownMessage(account, parameters);
  if (message.text === undefined) throw badRequest('there is no text in the message to edit');
  const { text, entities, link_preview_options: preview } = textContent(parameters);
  return edit(room, message, markup, {
    ...(text === undefined ? {} : { text }),
    entities: entities ?? [],
    ...(preview === undefined ? {} : { link_preview_options: preview }),
  });
}

/** `editMessageReplyMarkup`; without a keyboard the message loses the one that it has. */
export function editMessageReplyMarkup(account: Account, { parameters }: ApiRequest): Message {
  const { room, message, markup } = ownMessage(account, parameters);
  return edit(room, message, markup, {});
}

/** `deleteMessage`: in a private chat also what the person wrote, in a group only what the bot did. */
export function deleteMessage(account: Account, { parameters }: ApiRequest): true {
  const { chat_id: chat, message_id: id } = read(messageSchema, parameters);
  const room = openRoomOf(account, chat);
  const message = room.find(id);
  if (message === undefined) throw badRequest('message to delete not found');
  const isOwn = message.from.id === account.me.id;
  if (!isOwn && !room.isPrivate) throw badRequest("message can't be deleted");
  if (seconds(account.now()) - message.date > deletable) throw badRequest("message can't be deleted for everyone");
  room.remove(id);
  return true;
}

/** `deleteMessages`: those that can't be found are passed over. */
export function deleteMessages(account: Account, { parameters, files }: ApiRequest): true {
  const { chat_id: chat, message_ids: ids } = read(messagesSchema, parameters);
  if (ids.length === 0) throw badRequest('message identifiers are not specified');
  if (ids.length > 100) throw badRequest('too many message identifiers specified');
  const room = openRoomOf(account, chat);
  for (const id of ids) {
    if (room.find(id) !== undefined) deleteMessage(account, { parameters: { chat_id: chat, message_id: id }, files });
  }
  return true;
}

function ownMessage(
  account: Account,
  parameters: Parameters,
): { room: ChatRoom; message: ChatMessage; markup: Markup | null } {
  const { chat_id: chat, message_id: id, reply_markup: given } = read(messageSchema, parameters);
  const room = openRoomOf(account, chat);
  const message = room.find(id);
  if (message === undefined) throw badRequest('message to edit not found');
  if (message.from.id !== account.me.id) throw badRequest("message can't be edited");
  const markup = markupOf(given, room.isPrivate);
  if (markup !== null && !('inline_keyboard' in markup)) throw badRequest('inline keyboard expected');
  return { room, message, markup };
}

function edit(room: ChatRoom, message: ChatMessage, markup: Markup | null, content: Content): Message {
  const same = JSON.stringify(seen({ ...message, ...content }));
  const shown = room.markupOf(message.message_id);
  if (same === JSON.stringify(seen(message)) && JSON.stringify(markup) === JSON.stringify(shown)) {
    throw badRequest(notModified);
  }
  return room.edit(message, content, markup);
}

const seen = ({ text, entities = [], link_preview_options: preview = {} }: Content): unknown => [
  text,
  entities,
  preview,
];
