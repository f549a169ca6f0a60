import type { Message } from 'grammy/types';
import { z } from 'zod';
import { type Account, openRoomOf } from './account.ts';
import { badRequest } from './api-error.ts';
import type { ApiRequest } from './api-request.ts';
import { type ChatMessage, type ChatRoom, type Content, replied } from './chat-room.ts';
import { entitySchema } from './entities.ts';
import { fileFields } from './files.ts';
import { formatted, longestCaption, longestText } from './formatted-text.ts';
import { markupOf } from './keyboards.ts';
import { decimal, flag, type Parameters, read, structured, text, whole } from './parameters.ts';
import { photoSizes, sentFile } from './uploads.ts';

const entities = structured(z.array(entitySchema)).default([]);

const anywhere = z.object({
  chat_id: z.union([whole, text]),
  protect_content: flag.default(false),
  reply_markup: structured(z.unknown()).exactOptional(),
  reply_parameters: structured(
    z.object({ message_id: z.number().int(), allow_sending_without_reply: z.boolean().default(false) }),
  ).exactOptional(),
});

const linkPreview = structured(
  z.object({
    is_disabled: z.boolean().exactOptional(),
    url: z.string().exactOptional(),
    prefer_small_media: z.boolean().exactOptional(),
    prefer_large_media: z.boolean().exactOptional(),
    show_above_text: z.boolean().exactOptional(),
  }),
).exactOptional();

const textSchema = z.object({ text, parse_mode: text, entities, link_preview_options: linkPreview });
const captionSchema = z.object({ caption: text, parse_mode: text, caption_entities: entities });
const placeSchema = z.object({
  latitude: decimal,
  longitude: decimal,
  live_period: whole.exactOptional(),
  horizontal_accuracy: decimal.exactOptional(),
});
const venueSchema = z.object({ title: text, address: text });
const actionSchema = z.object({ action: text });

const actions: ReadonlySet<string> = new Set([
  'typing',
  'upload_photo',
  'record_video',
  'upload_video',
  'record_voice',
  'upload_voice',
  'upload_document',
  'choose_sticker',
  'find_location',
  'record_video_note',
  'upload_video_note',
]);

/** The words of `sendMessage` and `editMessageText`, read and checked. */
export function textContent(parameters: Parameters): Content {
  const given = read(textSchema, parameters);
  if (given.text === '') throw badRequest('message text is empty');
  const { text, entities } = formatted({ ...given, parseMode: given.parse_mode }, longestText, 'message');
  if (text === '') throw badRequest('text must be non-empty');
  const preview = given.link_preview_options;
  return {
    text,
    ...(entities.length === 0 ? {} : { entities }),
    ...(preview === undefined ? {} : { link_preview_options: preview }),
  };
}

function captionContent(parameters: Parameters): Content {
  const { caption, parse_mode: parseMode, caption_entities: marks } = read(captionSchema, parameters);
  const written = { text: caption, parseMode, entities: marks };
  const { text, entities } = formatted(written, longestCaption, 'message caption');
  return text === '' ? {} : { caption: text, ...(entities.length === 0 ? {} : { caption_entities: entities }) };
}

/** `sendMessage` */
export function sendMessage(account: Account, { parameters }: ApiRequest): Message {
  return post(account, parameters, () => textContent(parameters));
}

/** `sendPhoto` */
export function sendPhoto(account: Account, request: ApiRequest): Message {
  return post(account, request.parameters, () => {
    const caption = captionContent(request.parameters);
    return { photo: photoSizes(sentFile(request, 'photo', 'photos', account.files)), ...caption };
  });
}

/** `sendDocument` */
export function sendDocument(account: Account, request: ApiRequest): Message {
  return post(account, request.parameters, () => {
    const caption = captionContent(request.parameters);
    const file = sentFile(request, 'document', 'documents', account.files);
    return { document: { ...fileFields(file), file_name: file.name, mime_type: file.type }, ...caption };
  });
}

/** `sendLocation` */
export function sendLocation(account: Account, { parameters }: ApiRequest): Message {
  return post(account, parameters, () => ({ location: placeOf(parameters) }));
}

/** `sendVenue` */
export function sendVenue(account: Account, { parameters }: ApiRequest): Message {
  return post(account, parameters, () => {
    const location = placeOf(parameters);
    const { title, address } = read(venueSchema, parameters);
    if (title === '' || address === '') throw badRequest('venue title and address must be non-empty');
    return { location, venue: { location, title, address } };
  });
}

/** `sendChatAction` */
export function sendChatAction(account: Account, { parameters }: ApiRequest): true {
  const { action } = read(actionSchema, parameters);
  if (!actions.has(action)) throw badRequest('wrong parameter action in request');
  openRoomOf(account, read(anywhere, parameters).chat_id).act(action);
  return true;
}

function placeOf(parameters: Parameters): z.infer<typeof placeSchema> {
  for (const name of ['latitude', 'longitude']) {
    if ((parameters[name] ?? '') === '') throw badRequest(`${name} is empty`);
  }
  const place = read(placeSchema, parameters);
  if (Math.abs(place.latitude) > 90 || Math.abs(place.longitude) > 180) {
    throw badRequest('wrong parameter latitude or longitude in request');
  }
  return place;
}

function post(account: Account, parameters: Parameters, content: () => Content): ChatMessage {
  const given = read(anywhere, parameters);
  const room = openRoomOf(account, given.chat_id);
  const markup = markupOf(given.reply_markup, room.isPrivate);
  const reply = given.reply_parameters;
  return room.post(
    account.me,
    {
      ...content(),
      ...(reply === undefined ? {} : repliedTo(room, reply.message_id, reply.allow_sending_without_reply)),
      ...(given.protect_content ? { has_protected_content: true as const } : {}),
    },
    markup,
  );
}

function repliedTo(room: ChatRoom, id: number, orNone: boolean): Content {
  const message = room.find(id);
  if (message !== undefined) return { reply_to_message: replied(message) };
  if (orNone) return {};
  throw badRequest('message to be replied not found');
}
