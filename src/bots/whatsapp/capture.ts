import {
  type BinaryNode,
  type Contact,
  DEFAULT_CONNECTION_CONFIG,
  isLidUser,
  jidNormalizedUser,
  type SocketConfig,
  type WASocket,
} from '@whiskeysockets/baileys';
import { type Entry, inboxTable } from './entry.ts';
import { isMe, isPerson } from './person.ts';
import { resentByPhone } from './resent.ts';

/** What a message's stanza says about it, outside of what is encrypted. */
type Stanza = BinaryNode['attrs'];

/** Takes messages off Baileys before it acknowledges them. */
export interface Capture {
  readonly makeSignalRepository: SocketConfig['makeSignalRepository'];
  /** To be called at once with the socket that was made with it. */
  attach(socket: WASocket): void;
}

export interface CaptureOptions {
  /** Who we are, as far as that is known by now. */
  readonly me: () => Contact | undefined;
  /** The key of the next entry, in the order in which they are to be taken. */
  readonly nextKey: () => string;
  /** There is something new. */
  readonly kept: () => void;
}

/**
 * Baileys decrypts a message, tells WhatsApp that it has arrived, and only then hands it over; whatever ends the process
 * in between loses it, since WhatsApp has forgotten it and its key is used up. So it is taken where it is decrypted: in
 * the transaction that moves the ratchet on, what was read is written down, too. Both are kept, or none, before the
 * receipt goes out.
 *
 * This leans on how Baileys 7.0.0-rc14 works inside: a transaction within another is a part of it, all its changes come
 * to the key store in one call, and the ciphertext of a stanza reaches `decryptMessage` as the same object.
 * `tests/bots/whatsapp/soak.test.ts` fails when that changes.
 *
 * Only what a person wrote to us alone is taken. Groups, status broadcasts, broadcast lists, channels and our own other
 * devices are read by Baileys as ever and go no further: the assistant does not speak in groups there, since numbers
 * are banned for less.
 */
export function capture({ me, nextKey, kept }: CaptureOptions): Capture {
  const stanzas = new WeakMap<Uint8Array, Stanza>();
  return {
    makeSignalRepository(auth, logger, pnToLid) {
      const repository = DEFAULT_CONNECTION_CONFIG.makeSignalRepository(auth, logger, pnToLid);
      const keys = withTransactions(auth.keys);
      // Entries travel to the key store as keys of a type that Baileys does not know.
      const store: { set(data: Record<string, Record<string, unknown>>): unknown } = keys;

      /** The sender's other address; the one that it was decrypted under is a LID as soon as one is known. */
      async function otherOf({ from, sender_pn, sender_lid }: Stanza, decryptedAs: string): Promise<string | null> {
        const told = sender_pn ?? sender_lid;
        const known = told ?? (isLidUser(from) ? await repository.lidMapping.getPNForLID(from ?? '') : decryptedAs);
        return known === null || !isPerson(known) ? null : jidNormalizedUser(known);
      }

      async function entriesOf(stanza: Stanza, decryptedAs: string, plain: Uint8Array): Promise<readonly Entry[]> {
        if (isFromOwnPhone(stanza, me())) return resentByPhone(plain);
        const from = jidNormalizedUser(stanza['from']);
        const other = await otherOf(stanza, decryptedAs);
        return [{ id: stanza['id'] ?? '', from, other: other === from ? null : other, t: stanza['t'] ?? null, plain }];
      }

      return {
        ...repository,
        async decryptMessage(message) {
          const stanza = stanzas.get(message.ciphertext);
          if (!stanza || !(isToUs(stanza, me()) || isFromOwnPhone(stanza, me()))) {
            return repository.decryptMessage(message);
          }
          const plain = await keys.transaction(async () => {
            const read = await repository.decryptMessage(message);
            const entries = await entriesOf(stanza, message.jid, read);
            if (entries.length > 0) {
              await store.set({ [inboxTable]: Object.fromEntries(entries.map((entry) => [nextKey(), entry])) });
            }
            return read;
          }, message.jid);
          kept();
          return plain;
        },
      };
    },
    attach(socket) {
      socket.ws.prependListener('CB:message', (node: BinaryNode) => {
        if (!Array.isArray(node.content)) return;
        for (const { tag, content } of node.content) {
          if (tag === 'enc' && content instanceof Uint8Array) stanzas.set(content, node.attrs);
        }
      });
    },
  };
}

type Keys = Parameters<SocketConfig['makeSignalRepository']>[0]['keys'];

function withTransactions(keys: Keys): Extract<Keys, { readonly transaction: unknown }> {
  if ('transaction' in keys) return keys;
  throw new TypeError('Baileys gives its key store no transactions any more');
}

/** True for a message that somebody else wrote to us alone. */
function isToUs({ from, recipient }: Stanza, me: Contact | undefined): boolean {
  return isPerson(from) && recipient === undefined && !isMe(from, me);
}

/** True for what the phone that owns the number tells its linked devices. */
function isFromOwnPhone({ from, category }: Stanza, me: Contact | undefined): boolean {
  return category === 'peer' && isMe(from, me);
}
