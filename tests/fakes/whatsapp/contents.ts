import { proto } from '@whiskeysockets/baileys';
import type { MediaFields } from './media.ts';

const { Type } = proto.Message.ProtocolMessage;

/** A place on the map. */
export interface Place {
  readonly latitude: number;
  readonly longitude: number;
  readonly name?: string;
  readonly address?: string;
}

/** What a message refers to: the one it answers, and who is named in it. */
export type Context = proto.IContextInfo;

/** A text as phones send it: bare, or with what it refers to. */
export function textContent(text: string, context?: Context): proto.IMessage {
  return context ? { extendedTextMessage: { text, contextInfo: context } } : { conversation: text };
}

export function locationContent({ latitude, longitude, name, address }: Place, context?: Context): proto.IMessage {
  const place = { degreesLatitude: latitude, degreesLongitude: longitude };
  return {
    locationMessage: {
      ...place,
      ...(name !== undefined && { name }),
      ...(address !== undefined && { address }),
      ...(context && { contextInfo: context }),
    },
  };
}

export function liveLocationContent({ latitude, longitude }: Place, sequence: number): proto.IMessage {
  const place = { degreesLatitude: latitude, degreesLongitude: longitude };
  return { liveLocationMessage: { ...place, accuracyInMeters: 10, sequenceNumber: sequence } };
}

export function contactContent(name: string, phone: string): proto.IMessage {
  const lines = ['BEGIN:VCARD', 'VERSION:3.0', `FN:${name}`, `TEL;type=CELL:${phone}`, 'END:VCARD'];
  return { contactMessage: { displayName: name, vcard: lines.join('\n') } };
}

export function pollContent(question: string, options: readonly string[]): proto.IMessage {
  return {
    messageContextInfo: { messageSecret: Buffer.alloc(32, 1) },
    pollCreationMessage: {
      name: question,
      options: options.map((optionName) => ({ optionName })),
      selectableOptionsCount: 1,
    },
  };
}

/** A press of a button, as the apps of businesses have them. */
export function buttonContent(id: string, label: string): proto.IMessage {
  const type = proto.Message.ButtonsResponseMessage.Type.DISPLAY_TEXT;
  return { buttonsResponseMessage: { selectedButtonId: id, selectedDisplayText: label, type } };
}

/** A press of a button of a template, an older kind. */
export function templateButtonContent(id: string, label: string): proto.IMessage {
  return { templateButtonReplyMessage: { selectedId: id, selectedDisplayText: label, selectedIndex: 0 } };
}

/** A choice from a list. */
export function rowContent(id: string, title: string): proto.IMessage {
  const listType = proto.Message.ListResponseMessage.ListType.SINGLE_SELECT;
  return { listResponseMessage: { title, listType, singleSelectReply: { selectedRowId: id } } };
}

/** New words for a message, in the envelope that phones put around them. */
export function editContent(key: proto.IMessageKey, text: string): proto.IMessage {
  const editedMessage = { conversation: text };
  const protocolMessage = { key, type: Type.MESSAGE_EDIT, editedMessage, timestampMs: Date.now() };
  return { editedMessage: { message: { protocolMessage } } };
}

export function deleteContent(key: proto.IMessageKey): proto.IMessage {
  return { protocolMessage: { key, type: Type.REVOKE } };
}

/** An emoji on a message; an empty one takes it back. */
export function reactionContent(key: proto.IMessageKey, emoji: string): proto.IMessage {
  return { reactionMessage: { key, text: emoji, senderTimestampMs: Date.now() } };
}

/** A message with a file. */
export type FileContent =
  | { readonly kind: 'image' | 'video'; readonly mimetype: string; readonly caption?: string }
  | { readonly kind: 'document'; readonly mimetype: string; readonly caption?: string; readonly fileName: string }
  | { readonly kind: 'audio'; readonly mimetype: string; readonly voice: boolean }
  | { readonly kind: 'sticker'; readonly mimetype: string };

export function fileContent(file: FileContent, fields: MediaFields): proto.IMessage {
  const about = { ...fields, mimetype: file.mimetype, mediaKeyTimestamp: Math.floor(Date.now() / 1000) };
  switch (file.kind) {
    case 'image':
      return { imageMessage: { ...about, ...captionOf(file) } };
    case 'video':
      return { videoMessage: { ...about, ...captionOf(file) } };
    case 'audio':
      return { audioMessage: { ...about, ptt: file.voice, seconds: 2 } };
    case 'sticker':
      return { stickerMessage: about };
    case 'document': {
      const documentMessage = { ...about, title: file.fileName, fileName: file.fileName, ...captionOf(file) };
      // With words to it, a document travels in an envelope of its own.
      if (file.caption === undefined) return { documentMessage };
      return { documentWithCaptionMessage: { message: { documentMessage } } };
    }
  }
}

/** How a phone wraps a message: one that vanishes after a while, or one that is seen once. */
export type Wrapping = 'ephemeral' | 'view once';

export function wrapped(content: proto.IMessage, wrapping: Wrapping | undefined): proto.IMessage {
  switch (wrapping) {
    case undefined:
      return content;
    case 'ephemeral':
      return { ephemeralMessage: { message: content } };
    case 'view once':
      return { viewOnceMessageV2: { message: content } };
  }
}

/** The type that a message has on its outside. */
export function stanzaType(content: proto.IMessage): string {
  if (content.reactionMessage) return 'reaction';
  if (content.pollCreationMessage) return 'poll';
  const { imageMessage, videoMessage, audioMessage, stickerMessage, documentMessage } = content;
  const { documentWithCaptionMessage, contactMessage, liveLocationMessage } = content;
  const files = [imageMessage, videoMessage, audioMessage, stickerMessage, documentMessage, documentWithCaptionMessage];
  return [...files, contactMessage, liveLocationMessage].some(Boolean) ? 'media' : 'text';
}

/** What the outside says about a message that changes another one. */
export function editMark({ editedMessage, protocolMessage }: proto.IMessage): string | undefined {
  if (editedMessage) return '1';
  return protocolMessage?.type === Type.REVOKE ? '7' : undefined;
}

function captionOf({ caption }: { readonly caption?: string }): { caption?: string } {
  return caption === undefined ? {} : { caption };
}
