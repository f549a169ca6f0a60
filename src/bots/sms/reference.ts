import { createHash } from 'node:crypto';

/** What a text is named by towards the gateway: the same for the same effect, and it tells nothing of it. 22 characters. */
export function referenceOf(effect: string): string {
  return createHash('sha256').update(effect).digest('base64url').slice(0, 22);
}
