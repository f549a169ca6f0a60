import { sessionLimit } from '../../core/conversation/limits.ts';
import type { ConversationId } from '../../core/inbound.ts';
import type { Login, Logins } from '../../core/services.ts';
import type { Instant } from '../../core/time.ts';
import { FadingMap } from './fading-map.ts';

/** Who is verified where, in memory. */
export function memoryLogins(): Logins {
  const current = new FadingMap<string, { readonly conversation: ConversationId; readonly over: Instant }>(
    ({ over }, now) => now >= over,
  );
  const keyOf = ({ member, channel }: Login) => `${channel} ${member}`;
  return {
    begin: async (login, now) => {
      current.set(keyOf(login), { conversation: login.conversation, over: now + sessionLimit }, now);
    },
    isCurrent: async (login, now) => current.get(keyOf(login), now)?.conversation === login.conversation,
  };
}
