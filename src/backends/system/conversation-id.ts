import { branded } from '../../core/brand.ts';
import type { Address, ConversationId } from '../../core/inbound.ts';
import type { Keys } from '../../core/services.ts';

/** Bytes in a conversation's id: 128 bits. */
const idBytes = 16;

/**
 * The id of the conversation at an address: always the same one, another for every other address, and nobody can tell
 * the address from it. 22 characters of base64url.
 */
export function conversationAt(keys: Keys, { channel, chat, sender }: Address): ConversationId {
  // As JSON, because with a mere separator two addresses could come to the same text.
  const mac = keys.mac('conversation', JSON.stringify([channel, chat, sender]));
  return branded<ConversationId>(Buffer.from(mac, 'base64url').subarray(0, idBytes).toString('base64url'));
}
