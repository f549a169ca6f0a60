import type { Contact, LinkPreviewOptions, Location, MessageEntity, Venue } from 'grammy/types';
import type { ChatMessage, ChatRoom } from './chat-room.ts';
import type { FileStore } from './files.ts';
import type { ReplyKeyboard } from './keyboards.ts';

/** A button as a person sees it, with what is behind it: callback data, an address, or neither. */
export interface SeenButton {
  readonly label: string;
  readonly data: string | null;
  readonly url: string | null;
}

/** A file that a person can open. */
export interface SeenFile {
  readonly name: string;
  readonly type: string;
  readonly bytes: Buffer;
}

/** A message as it stands in a chat now, as the people in it see it. */
export interface SeenMessage {
  readonly messageId: number;
  readonly from: 'bot' | 'person';
  /** Id of the sender. */
  readonly sender: number;
  /** The text, or the words under a photo or document; empty when there are none. */
  readonly text: string;
  readonly entities: readonly MessageEntity[];
  /** Rows of buttons under the message. */
  readonly buttons: readonly (readonly SeenButton[])[];
  /** The keyboard that the message brought; null when it brought none. */
  readonly keyboard: ReplyKeyboard | null;
  /** True when the message took a keyboard away. */
  readonly removesKeyboard: boolean;
  /** True when it can't be forwarded or saved. */
  readonly protected: boolean;
  readonly linkPreview: LinkPreviewOptions | null;
  readonly document: SeenFile | null;
  readonly photo: SeenFile | null;
  readonly venue: Venue | null;
  /** A place without a name; also a live one. */
  readonly location: Location | null;
  readonly contact: Contact | null;
  readonly edited: boolean;
  /** Id of the message that it answers. */
  readonly replyTo: number | null;
}

/** A message of a room as people see it. */
export function seenMessage(message: ChatMessage, room: ChatRoom, botId: number, files: FileStore): SeenMessage {
  const markup = room.markupOf(message.message_id);
  const file = (id: string | undefined): SeenFile | null => (id === undefined ? null : (files.find(id) ?? null));
  return {
    messageId: message.message_id,
    from: message.from.id === botId ? 'bot' : 'person',
    sender: message.from.id,
    text: message.text ?? message.caption ?? '',
    entities: message.entities ?? message.caption_entities ?? [],
    buttons: (message.reply_markup?.inline_keyboard ?? []).map((row) =>
      row.map((button) => ({
        label: button.text,
        data: 'callback_data' in button ? button.callback_data : null,
        url: 'url' in button ? button.url : null,
      })),
    ),
    keyboard: markup !== null && 'keyboard' in markup ? markup : null,
    removesKeyboard: markup !== null && 'remove_keyboard' in markup,
    protected: message.has_protected_content ?? false,
    linkPreview: message.link_preview_options ?? null,
    document: file(message.document?.file_id),
    photo: file(message.photo?.at(-1)?.file_id),
    venue: message.venue ?? null,
    location: message.venue === undefined ? (message.location ?? null) : null,
    contact: message.contact ?? null,
    edited: message.edit_date !== undefined,
    replyTo: message.reply_to_message?.message_id ?? null,
  };
}
