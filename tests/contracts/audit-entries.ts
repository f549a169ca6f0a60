import { keysFrom } from '../../src/backends/system/keys.ts';
import { branded } from '../../src/core/brand.ts';
import type { ConversationId } from '../../src/core/inbound.ts';
import { type AuditEntry, turnId } from '../../src/core/services.ts';

export const auditKeys = keysFrom('a secret for tests, as long as one has to be');

export const auditedChat = branded<ConversationId>('c5a1c5a1c5a1c5a1c5a1cc');

/** An entry of a turn of its own, unless something else is said. */
export function entryOf(turn: string, other: Partial<AuditEntry> = {}): AuditEntry {
  return {
    turn: turnId(auditedChat, turn),
    act: 'viewed',
    detail: 'balance',
    member: auditKeys.mac('audit', 'somebody'),
    channel: 'web',
    conversation: auditedChat,
    at: Date.parse('2026-11-22T03:00:00.123Z'),
    ...other,
  };
}
