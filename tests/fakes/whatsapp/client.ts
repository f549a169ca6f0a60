import {
  type AuthenticationState,
  DEFAULT_CONNECTION_CONFIG,
  initAuthCreds,
  makeWASocket,
  type proto,
  type SocketConfig,
  type WAMessage,
  type WASocket,
} from '@whiskeysockets/baileys';
import { z } from 'zod';
import { MemoryKeys, silence } from './memory-keys.ts';
import { Sequence } from './sequence.ts';
import type { FakeWhatsApp } from './server.ts';

const limit = 15_000;
/** How Baileys says why a connection ended. */
const endSchema = z.object({ output: z.object({ statusCode: z.number() }) });

/** A message as Baileys gives it to an application: `notify` when it is new, `append` when it came late. */
export interface Upsert {
  readonly type: string;
  readonly message: WAMessage;
  /** Its words, wherever they stand. */
  readonly text: string | null;
}

/** A change to a message, as Baileys tells it. */
export interface Update {
  readonly id: string;
  /** 0 for an error, 3 delivered, 4 read. */
  readonly status: number | null;
  readonly parameters: readonly string[];
  readonly message: proto.IMessage | null;
}

/** One device's account, as an application keeps it. */
export interface Device extends AuthenticationState {
  readonly keys: MemoryKeys;
}

/** A device that is linked to nothing yet. */
export function newDevice(): Device {
  return { creds: initAuthCreds(), keys: new MemoryKeys() };
}

/** One connection of an unmodified Baileys, and all that it tells an application. */
export class Client {
  readonly socket: WASocket;
  /** What members wrote, and what the owner wrote from the phone. */
  readonly upserts = new Sequence<Upsert>();
  readonly updates = new Sequence<Update>();
  readonly typing = new Sequence<{ readonly from: string; readonly state: string }>();
  readonly #qrs = new Sequence<string>();
  readonly #states = new Sequence<string>();
  readonly #ends = new Sequence<number>();
  readonly #syncs = new Sequence<number>();

  constructor(fake: FakeWhatsApp, device: Device, config: Partial<SocketConfig> = {}) {
    // Told of its own messages, Baileys writes into them what comes back within a tenth of a second, and tells no more.
    const own = { waWebSocketUrl: fake.url, auth: device, logger: silence, emitOwnEvents: false };
    this.socket = makeWASocket({ ...DEFAULT_CONNECTION_CONFIG, ...own, ...config });
    this.socket.ev.on('connection.update', ({ qr, connection, lastDisconnect }) => {
      if (qr !== undefined) this.#qrs.add(qr);
      if (connection !== undefined) this.#states.add(connection);
      if (connection === 'close')
        this.#ends.add(endSchema.safeParse(lastDisconnect?.error).data?.output.statusCode ?? 0);
    });
    this.socket.ev.on('creds.update', ({ accountSyncCounter = 0 }) => {
      if (accountSyncCounter > 0) this.#syncs.add(accountSyncCounter);
    });
    this.socket.ev.on('messages.upsert', ({ type, messages }) => {
      for (const message of messages) {
        // What the owner's phone tells its devices about the account is in no chat.
        if (message.category !== 'peer') this.upserts.add({ type, message, text: wordsOf(message) });
      }
    });
    this.socket.ev.on('messages.update', (changes) => {
      for (const { key, update } of changes) {
        const parameters = z.array(z.string()).parse(update.messageStubParameters ?? []);
        this.updates.add({
          id: key.id ?? '',
          status: update.status ?? null,
          parameters,
          message: update.message ?? null,
        });
      }
    });
    this.socket.ev.on('presence.update', ({ id, presences }) => {
      for (const { lastKnownPresence } of Object.values(presences))
        this.typing.add({ from: id, state: lastKnownPresence });
    });
  }

  /** The newest QR code, or the first one to come. */
  async qr(): Promise<string> {
    return this.#qrs.items.at(-1) ?? this.#qrs.wait(() => true, limit);
  }

  /** Resolves when it is logged in. */
  async opened(): Promise<this> {
    await this.#states.wait((state) => state === 'open', limit);
    return this;
  }

  /** Resolves when it has the history of the phone that it was linked to: only then does it show what arrives. */
  async synchronised(): Promise<this> {
    await this.#syncs.wait(() => true, limit);
    return this;
  }

  /** Resolves when the connection has ended, with the code that Baileys gives for it; 0 where it gives none. */
  ended(): Promise<number> {
    return this.#ends.wait(() => true, limit);
  }

  /** The first message with this id that could be read. */
  async message(id: string): Promise<Upsert> {
    return this.upserts.wait(({ message }) => message.key.id === id && !!message.message, limit);
  }

  /** The first message that could not be read, of those with this id. */
  async stub(id: string): Promise<Upsert> {
    return this.upserts.wait(({ message }) => message.key.id === id && !message.message, limit);
  }

  /** The first word that a message has this status: 0 for an error, 3 delivered, 4 read. */
  update(id: string, status: number): Promise<Update> {
    return this.updates.wait((update) => update.id === id && update.status === status);
  }

  async say(to: string, text: string): Promise<string> {
    const sent = await this.socket.sendMessage(to, { text });
    return sent?.key.id ?? '';
  }

  /** Ends the connection from this side. Told to nobody: Baileys gives no code for it. */
  async close(): Promise<void> {
    await this.socket.end(undefined);
  }
}

/** Links a new device by QR code and logs in with it. */
export async function linked(fake: FakeWhatsApp, phone = '+62 811 1000 0001', device = newDevice()): Promise<Client> {
  const client = new Client(fake, device);
  await fake.owner(phone).scanQr(await client.qr());
  await client.ended();
  return (await new Client(fake, device).opened()).synchronised();
}

function wordsOf({ message }: WAMessage): string | null {
  return message?.conversation ?? message?.extendedTextMessage?.text ?? null;
}
