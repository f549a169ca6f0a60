import { createHash } from 'node:crypto';
import { proto, unpadRandomMax16 } from '@whiskeysockets/baileys';
import type { Address, Content } from '../../core/inbound.ts';
import { second } from '../../core/time.ts';
import type { Intake } from '../bot.ts';
import type { Contacts } from './contacts.ts';
import { contentOf } from './content.ts';
import type { Entry } from './entry.ts';

/** Ids as WhatsApp's clients make them, with room. */
const usualId = /^[\w.-]{1,64}$/;

export interface ArrivalsOptions {
  readonly channel: string;
  readonly intake: Intake;
  readonly contacts: Contacts;
  /** A message that was taken off WhatsApp's hands and is not going to be answered. */
  readonly setAside: (why: string) => void;
  /** A message is safe and will be answered: its sender may see so. */
  readonly safe: (entry: Entry) => void;
}

/** Makes an inbound of each message and hands it to the engine. */
export class Arrivals {
  readonly #options: ArrivalsOptions;

  constructor(options: ArrivalsOptions) {
    this.#options = options;
  }

  /** Resolves when it is safe, or is not for us. Throws when it could not be kept. */
  async take(entry: Entry): Promise<void> {
    const { channel, intake, contacts, setAside, safe } = this.#options;
    const message = decoded(entry.plain);
    if (!message) return setAside('unreadable');
    const content = contentOf(message);
    if (!content) return;
    const chat = await contacts.whoWrote(entry.from, entry.other);
    const from: Address = { channel, chat, sender: chat };
    const acceptance = await intake.accept({
      id: usualId.test(entry.id) ? entry.id : createHash('sha256').update(entry.id).digest('hex'),
      conversation: intake.conversationAt(from),
      from,
      content: shortened(content),
      ...writtenAt(entry),
      private: true,
    });
    switch (acceptance) {
      case 'taken':
        return safe(entry);
      case 'duplicate':
        return;
      case 'full':
        return setAside('full');
    }
  }
}

function decoded(plain: Uint8Array): proto.IMessage | null {
  try {
    return proto.Message.decode(unpadRandomMax16(plain));
  } catch {
    return null;
  }
}

/** Longer texts than any client lets people type are not carried along. */
const mostText = 65_536;

function shortened(content: Content): Content {
  return content.kind === 'text' ? { kind: 'text', text: content.text.slice(0, mostText) } : content;
}

function writtenAt({ t }: Entry): { readonly writtenAt?: number } {
  const seconds = Number(t ?? Number.NaN);
  return Number.isSafeInteger(seconds) && seconds > 0 ? { writtenAt: seconds * second } : {};
}
