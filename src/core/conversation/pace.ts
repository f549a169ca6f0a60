import type { Inbound } from '../inbound.ts';
import type { Instant } from '../time.ts';
import { floodSilence, windows } from './limits.ts';
import type { Session } from './session.ts';

const [rule] = windows.messages;

/**
 * Holds a conversation to the flood limit: `flooded` is answered once, `silent` not at all. A person at the program's own
 * terminal floods nobody.
 */
export function pace(
  session: Session,
  inbound: Inbound,
  now: Instant,
): { readonly is: 'fine' | 'flooded' | 'silent'; readonly session: Session } {
  if (inbound.local) return { is: 'fine', session };
  if (now < session.silentUntil) return { is: 'silent', session };
  const recent = [...session.recent.filter((at) => at > now - rule.within), now];
  if (recent.length <= rule.max) return { is: 'fine', session: { ...session, recent } };
  return { is: 'flooded', session: { ...session, recent: [], silentUntil: now + floodSilence } };
}
