import { jidNormalizedUser, proto, unpadRandomMax16, writeRandomPadMax16 } from '@whiskeysockets/baileys';
import type { Entry } from './entry.ts';
import { isPerson } from './person.ts';

/**
 * Messages that only the owner's phone could read, as it passes them on when Baileys asks it: the sender did not encrypt
 * them for us, or what they sent again could not be decrypted either. `plain` is what the phone said, decrypted; it must
 * have come from our own number.
 */
export function resentByPhone(plain: Uint8Array): readonly Entry[] {
  const { protocolMessage } = decoded(plain);
  const results = protocolMessage?.peerDataOperationRequestResponseMessage?.peerDataOperationResult ?? [];
  return results.flatMap(({ placeholderMessageResendResponse }) => {
    const bytes = placeholderMessageResendResponse?.webMessageInfoBytes;
    return bytes ? entryOf(bytes) : [];
  });
}

function entryOf(bytes: Uint8Array): readonly Entry[] {
  const { key, message, messageTimestamp } = proto.WebMessageInfo.decode(bytes);
  const from = key?.remoteJid;
  if (!message || typeof key?.id !== 'string' || key.fromMe === true || !isPerson(from)) return [];
  return [
    {
      id: key.id,
      from: jidNormalizedUser(from),
      other: null,
      t: messageTimestamp ? String(messageTimestamp) : null,
      plain: writeRandomPadMax16(proto.Message.encode(message).finish()),
    },
  ];
}

/** What cannot be read is nothing: Baileys, which reads it next, says so. */
function decoded(plain: Uint8Array): proto.IMessage {
  try {
    return proto.Message.decode(unpadRandomMax16(plain));
  } catch {
    return {};
  }
}
