import { AsyncLocalStorage } from 'node:async_hooks';
import type { SignalRepositoryWithLIDStore } from '@whiskeysockets/baileys';
import { Turns } from './turns.ts';

/**
 * Signal sessions of which every step is kept before what it made is used. `encrypted` is told of each device that a
 * message was encrypted for.
 *
 * Baileys sends a message in one transaction, and keeps the sessions that it was encrypted in once the message has left.
 * A process that dies in between takes the same counter again after its start, and phones drop what comes under a
 * counter that they know, without a word. It also lets a message go out and another come in at the same time, of which
 * the later to be kept undoes what the other did to their session. So encrypting, decrypting and taking up a session
 * are transactions of their own here, kept when they end, and one at a time.
 */
export function ratchets(
  repository: SignalRepositoryWithLIDStore,
  encrypted: (jid: string) => void,
): SignalRepositoryWithLIDStore {
  const turns = new Turns();
  // Baileys knows by the asynchronous context that it is in a transaction: where this was taken there is none.
  const outside = AsyncLocalStorage.snapshot();
  const alone = <Result>(step: () => Promise<Result>): Promise<Result> => turns.take(() => outside(step));
  return {
    ...repository,
    decryptMessage: (message) => alone(() => repository.decryptMessage(message)),
    injectE2ESession: (session) => alone(() => repository.injectE2ESession(session)),
    async encryptMessage(message) {
      const result = await alone(() => repository.encryptMessage(message));
      encrypted(message.jid);
      return result;
    },
  };
}
