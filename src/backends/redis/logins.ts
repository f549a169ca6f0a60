import { sessionLimit } from '../../core/conversation/limits.ts';
import type { Login, Logins } from '../../core/services.ts';
import { answered, slack } from './asking.ts';
import type { Store } from './store.ts';

/**
 * Who is verified where, on Redis: one key for each member and channel, gone when the session would be over in any case.
 * Nothing personal is stored: the member is a digest and the conversation an id of ours. Without an answer nobody is
 * verified: the calls throw `Unavailable`.
 */
export function redisLogins({ client, prefix }: Store): Logins {
  const keyOf = ({ member, channel }: Login) => `${prefix}:login:${channel}:${member}`;
  return {
    async begin(login) {
      await answered('logins', client.set(keyOf(login), login.conversation, 'PX', sessionLimit + slack));
    },
    async isCurrent(login) {
      return (await answered('logins', client.get(keyOf(login)))) === login.conversation;
    },
  };
}
