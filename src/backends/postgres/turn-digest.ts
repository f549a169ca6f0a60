import { createHash } from 'node:crypto';
import type { TurnId } from '../../core/services.ts';

/** What a turn is stored as: parts of its id come from platforms, with any length and any characters. */
export function turnDigest(turn: TurnId): string {
  return createHash('sha256').update(turn, 'utf16le').digest('base64url');
}
