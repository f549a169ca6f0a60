import { proto } from '@whiskeysockets/baileys';
import type { Content, MediaKind } from '../../core/inbound.ts';

type Message = proto.IMessage;

const { Type } = proto.Message.ProtocolMessage;
const { SecretEncType } = proto.Message.SecretEncryptedMessage;

/** Envelopes within envelopes: more than any client makes. */
const mostWrappings = 8;

/**
 * What a message says; null for one that says nothing to us: a receipt, a reaction, a key, a setting, a message taken
 * back, where somebody is now who shares their location.
 */
export function contentOf(whole: Message): Content | null {
  let message = whole;
  for (let wrappings = 0; wrappings < mostWrappings; wrappings += 1) {
    if (message.editedMessage) return { kind: 'edited' };
    const inner = wrappedIn(message);
    if (!inner) return unwrapped(message);
    message = inner;
  }
  return { kind: 'unsupported' };
}

/** What is in the envelope, if it is one: a message that vanishes, that is seen once, that has words to its file … */
function wrappedIn(message: Message): Message | null | undefined {
  const envelope =
    message.ephemeralMessage ??
    message.viewOnceMessage ??
    message.viewOnceMessageV2 ??
    message.viewOnceMessageV2Extension ??
    message.documentWithCaptionMessage ??
    message.associatedChildMessage ??
    message.botForwardedMessage ??
    message.groupMentionedMessage ??
    message.lottieStickerMessage;
  return envelope?.message;
}

function unwrapped(message: Message): Content | null {
  if (message.protocolMessage) return changed(message.protocolMessage);
  if (message.secretEncryptedMessage) {
    return message.secretEncryptedMessage.secretEncType === SecretEncType.MESSAGE_EDIT ? { kind: 'edited' } : null;
  }
  const words = wordsOf(message);
  if (words !== undefined) return { kind: 'text', text: words };
  if (message.liveLocationMessage && isLater(message.liveLocationMessage)) return null;
  const place = message.locationMessage ?? message.liveLocationMessage;
  if (place) return located(place);
  const media = mediaOf(message);
  if (media) return { kind: 'media', media };
  return saysNothing(message) ? null : { kind: 'unsupported' };
}

/** A message about another one. */
function changed({ type }: proto.Message.IProtocolMessage): Content | null {
  return type === Type.MESSAGE_EDIT ? { kind: 'edited' } : null;
}

/** What was typed, or the words on what was pressed: other clients still show buttons and lists. */
function wordsOf(message: Message): string | undefined {
  const { buttonsResponseMessage, templateButtonReplyMessage, listResponseMessage, interactiveResponseMessage } =
    message;
  const words =
    message.conversation ||
    message.extendedTextMessage?.text ||
    buttonsResponseMessage?.selectedDisplayText ||
    templateButtonReplyMessage?.selectedDisplayText ||
    listResponseMessage?.title ||
    interactiveResponseMessage?.body?.text;
  return words || undefined;
}

function located({ degreesLatitude, degreesLongitude }: proto.Message.ILocationMessage): Content {
  const place = { latitude: degreesLatitude ?? Number.NaN, longitude: degreesLongitude ?? Number.NaN };
  const isOnEarth = Math.abs(place.latitude) <= 90 && Math.abs(place.longitude) <= 180;
  return isOnEarth ? { kind: 'location', ...place } : { kind: 'unsupported' };
}

/** Numbers of updates are small and begin at 1; other clients number by the time, and say how far into it they are. */
const mostUpdates = 1_000_000;

function isLater({ timeOffset, sequenceNumber }: proto.Message.ILiveLocationMessage): boolean {
  const sequence = Number(sequenceNumber ?? 0);
  return (timeOffset ?? 0) > 0 || (sequence > 1 && sequence < mostUpdates);
}

function mediaOf(message: Message): MediaKind | null {
  if (message.imageMessage) return 'photo';
  if (message.audioMessage) return 'voice';
  if (message.stickerMessage ?? message.stickerPackMessage) return 'sticker';
  if (message.documentMessage) return 'document';
  if (message.videoMessage ?? message.ptvMessage) return 'video';
  if (message.contactMessage ?? message.contactsArrayMessage) return 'contact';
  return null;
}

/** What goes along with messages, or stands for something that is shown elsewhere. */
const silent: ReadonlySet<string> = new Set<keyof Message>([
  'messageContextInfo',
  'senderKeyDistributionMessage',
  'fastRatchetKeySenderKeyDistributionMessage',
  'reactionMessage',
  'encReactionMessage',
  'keepInChatMessage',
  'pinInChatMessage',
  // The pictures of an album come each as a message of its own.
  'albumMessage',
  'placeholderMessage',
  'stickerSyncRmrMessage',
  'callLogMesssage',
  'messageHistoryBundle',
  'messageHistoryNotice',
  'deviceSentMessage',
]);

function saysNothing(message: Message): boolean {
  return Object.entries(message).every(([name, value]) => silent.has(name) || value === null || value === undefined);
}
