import { createHash } from 'node:crypto';
import { DisconnectReason, type proto } from '@whiskeysockets/baileys';
import type { Address } from '../../core/inbound.ts';
import type { Reply } from '../../core/reply.ts';
import type { SendProblem, SendResult } from '../../core/sending.ts';
import type { Timer } from '../../core/time.ts';
import type { Ack } from './acks.ts';
import { statusOf } from './boom.ts';
import { compose } from './compose.ts';
import type { Connection } from './connection.ts';
import type { Contacts } from './contacts.ts';
import type { ChatPace } from './pace.ts';
import { type Outgoing, render } from './render.ts';
import type { SentMessages } from './sent.ts';
import type { Tuning } from './tuning.ts';

/** What WhatsApp answers for an account that may not write to this person: trying again makes it worse. */
const restricted = '463';

/** What it means that the server refused a message with one of these; anything else is about the message. */
const refusals: Readonly<Record<string, SendProblem>> = {
  [restricted]: 'refused',
  // The chat is gone, or is closed to us.
  '403': 'blocked',
  '404': 'blocked',
  '429': 'throttled',
  // The devices that it was encrypted for are not those that the member has now: they are asked for again.
  '479': 'unreachable',
  '500': 'unreachable',
  '503': 'unreachable',
};

export interface SenderOptions {
  readonly timer: Timer;
  readonly tuning: Tuning;
  readonly pace: ChatPace;
  readonly contacts: Contacts;
  readonly sent: SentMessages;
  /** The connection, when messages can go. */
  readonly connection: () => Connection | null;
  /** WhatsApp has restricted the account. */
  readonly restricted: (code: string) => void;
  readonly failed: (step: string, error: unknown) => void;
}

/** Sends replies, to people who have written, and waits for the server's word on each. */
export class Sender {
  readonly #options: SenderOptions;

  constructor(options: SenderOptions) {
    this.#options = options;
  }

  async send({ chat }: Address, reply: Reply, effect: string): Promise<SendResult> {
    const { contacts, pace, connection, failed } = this.#options;
    try {
      if (!connection()) return notSent('unreachable');
      const jid = await contacts.addressOf(chat);
      // Nobody is written to first.
      if (jid === null) return notSent('refused');
      const messages = render(reply);
      const wait = pace.take(chat, messages.length);
      if (wait > 0) return { ...notSent('throttled'), retryAfter: wait };
      for (const [nth, outgoing] of messages.entries()) {
        const result = await this.#sendOne(jid, outgoing, messageId(effect, nth));
        if (!result.sent) return result;
      }
      return { sent: true };
    } catch (error) {
      // Nothing has left: what leaves has its own answer.
      failed('send', error);
      return notSent('unreachable');
    }
  }

  async #sendOne(jid: string, outgoing: Outgoing, id: string): Promise<SendResult> {
    const { sent, connection, tuning } = this.#options;
    const way = connection();
    if (!way) return notSent('unreachable');
    const message = await this.#composed(outgoing, way);
    if (!message) return notSent('unreachable');
    // From now on a phone that cannot decrypt it can have it again, also from the next process.
    await sent.keep(id, message);
    const done = new AbortController();
    const ack = way.acks.of(id, AbortSignal.any([done.signal, way.over]));
    try {
      const reached = await this.#within(tuning.toLeave, way.relay(jid, message, id));
      if (reached === null) return notSent('uncertain');
      if (!reached) return notSent('unreachable');
      return this.#resultOf(await this.#within(tuning.toBeTaken, ack));
    } catch (error) {
      return notSent(statusOf(error) === DisconnectReason.connectionClosed ? 'unreachable' : 'uncertain');
    } finally {
      done.abort();
    }
  }

  async #composed(outgoing: Outgoing, { socket }: Connection): Promise<proto.IMessage | null> {
    try {
      return await compose(outgoing, socket);
    } catch (error) {
      // Its own words may hold addresses that are not to be seen.
      this.#options.failed('upload', new Error(`WhatsApp took no file (${statusOf(error) ?? 'no status'})`));
      return null;
    }
  }

  #resultOf(ack: Ack | null): SendResult {
    if (!ack) return notSent('uncertain');
    if (ack.taken) return { sent: true };
    if (ack.code === restricted) this.#options.restricted(ack.code);
    return notSent(refusals[ack.code] ?? 'refused');
  }

  /** Null when it takes longer. */
  async #within<Result>(ms: number, result: Promise<Result>): Promise<Result | null> {
    const done = new AbortController();
    try {
      return await Promise.race([result, this.#options.timer.pause(ms, done.signal).then(() => null)]);
    } finally {
      done.abort();
    }
  }
}

function notSent(problem: SendProblem): SendResult & { readonly sent: false } {
  return { sent: false, problem };
}

/**
 * WhatsApp's id of a message: the same for the same effect, so that one that is sent again is known there as the same.
 * It looks as Baileys' own do.
 */
function messageId(effect: string, nth: number): string {
  const digest = createHash('sha256').update(`${effect}#${nth}`).digest('hex');
  return `3EB0${digest.slice(0, 18).toUpperCase()}`;
}
