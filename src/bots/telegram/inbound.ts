import type { Content, Inbound } from '../../core/inbound.ts';
import { type Language, languages } from '../../core/language.ts';
import { second } from '../../core/time.ts';
import type { Intake } from '../bot.ts';
import { fromCommand } from './command.ts';
import { addressedText, type Self } from './group.ts';
import { telegramChannel } from './names.ts';
import { isServiceMessage } from './service-message.ts';
import type { Callback, Message, Update, User } from './update.ts';
import { standardLanguage } from './words.ts';

/** What of an inbound is known without the rest of the program. */
type Read = Pick<Inbound, 'id' | 'content' | 'private' | 'writtenAt'> & {
  readonly chat: number;
  readonly sender: User;
};

/**
 * What a member did, in an update; null when nobody waits for an answer to it: what bots, channels and groups
 * themselves say, service messages, where somebody moves to in a live location, and what in a group is not meant for
 * us. `self` is asked only for what comes from groups; when it rejects, so does this.
 */
export async function inboundOf(
  update: Update,
  intake: Pick<Intake, 'conversationAt'>,
  self: () => Promise<Self>,
): Promise<Inbound | null> {
  const read = await readContent(update, self);
  if (read === null) return null;
  const { chat, sender, ...rest } = read;
  const from = { channel: telegramChannel, chat: String(chat), sender: String(sender.id) };
  const hint = languageHint(sender);
  return {
    ...rest,
    conversation: intake.conversationAt(from),
    from,
    ...(hint && { languageHint: hint }),
  };
}

async function readContent(update: Update, self: () => Promise<Self>): Promise<Read | null> {
  const { message, edited_message: edited, callback_query: callback } = update;
  if (message) return readMessage(message, 'new', self);
  if (edited) return readMessage(edited, 'edited', self);
  return callback ? readPress(callback) : null;
}

async function readMessage(message: Message, state: 'new' | 'edited', self: () => Promise<Self>): Promise<Read | null> {
  const { message_id: number, from: sender, sender_chat: onBehalfOf, chat, date, edit_date: edited = 0 } = message;
  if (!sender || sender.is_bot === true || onBehalfOf) return null;
  const isPrivate = chat.type === 'private';
  const language = languageHint(sender) ?? standardLanguage;
  const text = isPrivate ? (message.text ?? '') : addressedText(message, await self(), language);
  if (text === null) return null;
  const common = { chat: chat.id, sender, private: isPrivate };
  if (state === 'edited') {
    // Where a live location goes on to is told as if the message had been edited.
    if (message.location) return null;
    const writtenAt = (edited || date) * second;
    return { ...common, id: `e${number}.${edited}`, content: { kind: 'edited' }, writtenAt };
  }
  const content = contentOf(message, text, language);
  // An album is one thing that the member did: its second picture is known as the same.
  const id = message.media_group_id === undefined ? `m${number}` : `g${message.media_group_id}`;
  return content && { ...common, id, content, writtenAt: date * second };
}

/** A choice. Of when it was pressed Telegram says nothing. */
function readPress({ id, from, message, data }: Callback): Read | null {
  if (!message || data === undefined || from.is_bot === true) return null;
  const { chat } = message;
  return {
    id: `c${id}`,
    content: { kind: 'choice', id: data },
    chat: chat.id,
    sender: from,
    private: chat.type === 'private',
  };
}

/** Null for a service message. `text` is the message's, without what only says that it is for us. */
function contentOf(message: Message, text: string, language: Language): Content | null {
  if (message.text !== undefined) return fromCommand(text, language) ?? { kind: 'text', text };
  // A venue has its location beside it, an animation a document, a live photo a photo.
  if (message.location) {
    const { latitude, longitude } = message.location;
    return { kind: 'location', latitude, longitude };
  }
  const has = (...fields: readonly string[]) => fields.some((field) => message[field] !== undefined);
  if (has('contact')) return { kind: 'media', media: 'contact' };
  if (has('photo')) return { kind: 'media', media: 'photo' };
  if (has('voice', 'audio')) return { kind: 'media', media: 'voice' };
  if (has('video', 'video_note', 'animation')) return { kind: 'media', media: 'video' };
  if (has('sticker')) return { kind: 'media', media: 'sticker' };
  if (has('document')) return { kind: 'media', media: 'document' };
  return isServiceMessage(message) ? null : { kind: 'unsupported' };
}

/** The member's language by their app, if it is one of ours: `en-GB` is `en`. */
function languageHint({ language_code: tag = '' }: User): Language | undefined {
  return languages.find((language) => tag.toLowerCase().split('-', 1)[0] === language);
}
