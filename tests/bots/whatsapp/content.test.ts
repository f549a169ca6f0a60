import { proto } from '@whiskeysockets/baileys';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { contentOf } from '../../../src/bots/whatsapp/content.ts';
import type { Content } from '../../../src/core/inbound.ts';

const { Type } = proto.Message.ProtocolMessage;
const text: Content = { kind: 'text', text: 'cek saldo' };
const place: Content = { kind: 'location', latitude: -6.2, longitude: 106.8 };
const coordinates = { degreesLatitude: -6.2, degreesLongitude: 106.8 };
const conversation = 'cek saldo';
const poll = { name: 'Pilih', options: [{ optionName: 'A' }] };

/** As it comes: encoded and decoded, so that what is not set is as it is there. */
function came(message: proto.IMessage): Content | null {
  return contentOf(proto.Message.decode(proto.Message.encode(message).finish()));
}

describe('what a message says', () => {
  const said: readonly [string, proto.IMessage, Content][] = [
    ['a text', { conversation }, text],
    ['a text with a link or a quote', { extendedTextMessage: { text: 'cek saldo' } }, text],
    ['a text beside a key', { conversation, senderKeyDistributionMessage: { groupId: 'g' } }, text],
    ['a text that vanishes', { ephemeralMessage: { message: { conversation } } }, text],
    ['a text that is seen once', { viewOnceMessage: { message: { conversation } } }, text],
    ['another that is seen once', { viewOnceMessageV2: { message: { conversation } } }, text],
    [
      'envelopes in envelopes',
      { ephemeralMessage: { message: { viewOnceMessageV2: { message: { conversation } } } } },
      text,
    ],
    ['a pressed button', { buttonsResponseMessage: { selectedButtonId: 'b', selectedDisplayText: 'cek saldo' } }, text],
    ['a template’s', { templateButtonReplyMessage: { selectedId: 'b', selectedDisplayText: 'cek saldo' } }, text],
    ['a chosen row', { listResponseMessage: { title: 'cek saldo', singleSelectReply: { selectedRowId: 'r' } } }, text],
    ['an answer in a flow', { interactiveResponseMessage: { body: { text: 'cek saldo' } } }, text],
    ['a location', { locationMessage: { ...coordinates, name: 'Kantor' } }, place],
    ['the beginning of a live one', { liveLocationMessage: { ...coordinates, sequenceNumber: 1 } }, place],
    [
      'one numbered by the time',
      { liveLocationMessage: { ...coordinates, sequenceNumber: 1_793_000_000_000_001 } },
      place,
    ],
    ['a picture', { imageMessage: { caption: 'kartu saya' } }, { kind: 'media', media: 'photo' }],
    [
      'a picture of an album',
      { associatedChildMessage: { message: { imageMessage: {} } } },
      { kind: 'media', media: 'photo' },
    ],
    [
      'a picture seen once',
      { viewOnceMessageV2: { message: { imageMessage: {} } } },
      { kind: 'media', media: 'photo' },
    ],
    ['a voice message', { audioMessage: { ptt: true } }, { kind: 'media', media: 'voice' }],
    ['a song', { audioMessage: {} }, { kind: 'media', media: 'voice' }],
    ['a sticker', { stickerMessage: {} }, { kind: 'media', media: 'sticker' }],
    [
      'a moving sticker',
      { lottieStickerMessage: { message: { stickerMessage: {} } } },
      { kind: 'media', media: 'sticker' },
    ],
    ['a document', { documentMessage: {} }, { kind: 'media', media: 'document' }],
    [
      'a document with words to it',
      { documentWithCaptionMessage: { message: { documentMessage: { caption: 'ini' } } } },
      { kind: 'media', media: 'document' },
    ],
    ['a video', { videoMessage: {} }, { kind: 'media', media: 'video' }],
    ['a video note', { ptvMessage: {} }, { kind: 'media', media: 'video' }],
    ['a contact', { contactMessage: { displayName: 'Budi' } }, { kind: 'media', media: 'contact' }],
    ['contacts', { contactsArrayMessage: { contacts: [{}] } }, { kind: 'media', media: 'contact' }],
    [
      'an edit',
      { protocolMessage: { type: Type.MESSAGE_EDIT, editedMessage: { conversation: '123456' } } },
      { kind: 'edited' },
    ],
    [
      'an edit in its envelope',
      { editedMessage: { message: { protocolMessage: { type: Type.MESSAGE_EDIT, editedMessage: { conversation } } } } },
      { kind: 'edited' },
    ],
    ['an edit that is a text', { editedMessage: { message: { conversation: '123456' } } }, { kind: 'edited' }],
    [
      'an edit under a secret of its own',
      { secretEncryptedMessage: { secretEncType: proto.Message.SecretEncryptedMessage.SecretEncType.MESSAGE_EDIT } },
      { kind: 'edited' },
    ],
    ['a poll', { pollCreationMessage: poll }, { kind: 'unsupported' }],
    ['a poll of today', { pollCreationMessageV3: poll }, { kind: 'unsupported' }],
    ['a vote', { pollUpdateMessage: { vote: {} } }, { kind: 'unsupported' }],
    ['an event', { eventMessage: { name: 'Rapat' } }, { kind: 'unsupported' }],
    ['an invitation', { groupInviteMessage: { groupJid: 'g' } }, { kind: 'unsupported' }],
    ['a payment', { requestPaymentMessage: {} }, { kind: 'unsupported' }],
    [
      'a location nowhere on earth',
      { locationMessage: { degreesLatitude: 200, degreesLongitude: 0 } },
      { kind: 'unsupported' },
    ],
  ];

  it.each(said)('%s', (_name, message, content) => {
    expect(came(message)).toStrictEqual(content);
  });
});

describe('what says nothing to us', () => {
  const nothing: readonly [string, proto.IMessage][] = [
    ['a message taken back', { protocolMessage: { type: Type.REVOKE, key: { id: 'a' } } }],
    ['a reaction', { reactionMessage: { text: '👍', key: { id: 'a' } } }],
    ['a hidden reaction', { encReactionMessage: {} }],
    ['a setting for vanishing', { protocolMessage: { type: Type.EPHEMERAL_SETTING, ephemeralExpiration: 86_400 } }],
    [
      'the same in an envelope',
      { ephemeralMessage: { message: { protocolMessage: { type: Type.EPHEMERAL_SETTING } } } },
    ],
    ['a key for a group', { senderKeyDistributionMessage: { groupId: 'g' }, messageContextInfo: {} }],
    ['keys for a device', { protocolMessage: { type: Type.APP_STATE_SYNC_KEY_SHARE } }],
    ['a phone number that is shared', { protocolMessage: { type: Type.SHARE_PHONE_NUMBER } }],
    ['a pinned message', { pinInChatMessage: {} }],
    ['a kept message', { keepInChatMessage: {} }],
    ['the frame of an album', { albumMessage: { expectedImageCount: 2 } }],
    ['where a live location is now', { liveLocationMessage: { ...coordinates, sequenceNumber: 2 } }],
    ['the same, by time', { liveLocationMessage: { ...coordinates, timeOffset: 30 } }],
    ['a copy of what another device sent', { deviceSentMessage: { message: { conversation: 'halo' } } }],
    ['an empty message', {}],
  ];

  it.each(nothing)('%s', (_name, message) => {
    expect(came(message)).toBeNull();
  });
});

it('comes to an end with envelopes however deep', () => {
  let message: proto.IMessage = { conversation };
  for (let depth = 0; depth < 50; depth += 1) message = { ephemeralMessage: { message } };
  expect(came(message)).toStrictEqual({ kind: 'unsupported' });
});

it('has a word for every message that can be decoded', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
      let message: proto.IMessage;
      try {
        message = proto.Message.decode(bytes);
      } catch {
        return;
      }
      expect(() => contentOf(message)).not.toThrow();
    }),
    { numRuns: 2_000 },
  );
});
