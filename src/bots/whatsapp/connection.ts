import { Browsers, makeWASocket, type proto, type SocketConfig, type WASocket } from '@whiskeysockets/baileys';
import { second } from '../../core/time.ts';
import { Acks } from './acks.ts';
import { type AuthState, isLinked } from './auth-state.ts';
import { statusOf } from './boom.ts';
import { capture } from './capture.ts';
import type { Inbox } from './inbox.ts';
import { pairingScreen, qrScreen } from './linking.ts';
import { silentLogger } from './logger.ts';
import { isMe } from './person.ts';
import { ratchets } from './ratchets.ts';
import type { RetryCounts, SentMessages } from './sent.ts';
import type { Tuning } from './tuning.ts';
import { Turns } from './turns.ts';

/** What we ask of the server has to be answered by then. */
const queryPatience = 20 * second;

/** What is set for the link. */
export interface LinkSettings {
  /** Digits of the number to link with by a code; by QR without it. */
  readonly pairWith?: string;
  readonly url?: string;
  readonly version?: SocketConfig['version'];
}

export interface ConnectionOptions {
  readonly settings: LinkSettings;
  readonly keepAlive: Tuning['keepAlive'];
  readonly auth: AuthState;
  readonly inbox: Inbox;
  readonly sent: SentMessages;
  readonly retries: RetryCounts;
  /** Shows how to link, to whoever runs the program. */
  readonly show: (lines: string) => void;
  /** It has to be linked by hand; what for is on the screen. */
  readonly unlinked: () => void;
  /** Messages come and go. */
  readonly opened: () => void;
}

/** One connection to WhatsApp, from the call until it closes. */
export interface Connection {
  readonly socket: WASocket;
  readonly acks: Acks;
  /**
   * Sends a message; resolves when its bytes have left, with false when they hold nothing for the person: Baileys sends
   * what it could not encrypt for them to our own phone alone.
   */
  relay(jid: string, message: proto.IMessage, messageId: string): Promise<boolean>;
  /** Aborted as soon as nothing comes in or goes out any more. */
  readonly over: AbortSignal;
  /** Resolves when it is over, with WhatsApp's number for why, if there is one. */
  readonly closed: Promise<number | undefined>;
  /** Ends it: when this returns it is over. */
  end(): void;
}

export function connect(options: ConnectionOptions): Connection {
  const { settings, auth, inbox, sent, retries } = options;
  const messages = capture({
    me: () => auth.creds.me,
    nextKey: () => inbox.nextKey(),
    kept: () => inbox.poke(),
  });
  /** Devices of others that something was encrypted for. */
  let reached = 0;
  const encrypted = (jid: string) => {
    if (!isMe(jid, auth.creds.me)) reached += 1;
  };
  const relays = new Turns();
  const socket = makeWASocket({
    auth,
    logger: silentLogger,
    browser: Browsers.ubuntu('Chrome'),
    ...(settings.url !== undefined && { waWebSocketUrl: settings.url }),
    ...(settings.version !== undefined && { version: settings.version }),
    makeSignalRepository: (...parts) => ratchets(messages.makeSignalRepository(...parts), encrypted),
    getMessage: async ({ id }) => (typeof id === 'string' ? sent.find(id) : undefined),
    msgRetryCounterCache: retries,
    // The owner's phone goes on to ring for new messages.
    markOnlineOnConnect: false,
    // What was said before the number was linked is none of the assistant's business; what WhatsApp sends of it all the
    // same, Baileys needs for the addresses in it.
    syncFullHistory: false,
    keepAliveIntervalMs: options.keepAlive,
    defaultQueryTimeoutMs: queryPatience,
    // What cannot be kept ends the connection, so there is nothing to try again.
    transactionOpts: { maxCommitRetries: 1, delayBetweenTriesMs: 0 },
    // Nobody reads what Baileys would tell of our own messages.
    emitOwnEvents: false,
  });
  messages.attach(socket);
  const closed = Promise.withResolvers<number | undefined>();
  const over = new AbortController();
  let codeIsAsked = false;

  async function showCode(number: string): Promise<void> {
    if (codeIsAsked) return;
    codeIsAsked = true;
    options.show(pairingScreen(await socket.requestPairingCode(number)));
  }

  socket.ev.on('creds.update', () => void auth.saveCreds());
  socket.ev.on('connection.update', ({ connection, lastDisconnect, qr }) => {
    if (qr !== undefined && !isLinked(auth.creds)) {
      options.unlinked();
      if (settings.pairWith === undefined) options.show(qrScreen(qr));
      // When it cannot be asked for, the connection is gone, and the next one asks again.
      else showCode(settings.pairWith).catch(() => undefined);
    }
    if (connection === 'open') options.opened();
    if (connection === 'close') {
      closed.resolve(statusOf(lastDisconnect?.error));
      over.abort();
    }
  });

  return {
    socket,
    acks: new Acks(socket),
    relay: (jid, message, messageId) =>
      relays.take(async () => {
        const before = reached;
        await socket.relayMessage(jid, message, { messageId });
        return reached > before;
      }),
    over: over.signal,
    closed: closed.promise,
    end() {
      closed.resolve(undefined);
      over.abort();
      void socket.end(undefined);
    },
  };
}
