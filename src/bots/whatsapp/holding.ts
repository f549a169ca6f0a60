import type { Address } from '../../core/inbound.ts';
import type { LinkState, World } from '../channel.ts';
import type { Keep } from '../owning.ts';
import { Arrivals } from './arrivals.ts';
import type { LinkSettings } from './connection.ts';
import { Contacts } from './contacts.ts';
import { DayTables } from './day-tables.ts';
import type { Entry } from './entry.ts';
import { Inbox } from './inbox.ts';
import { Link } from './link.ts';
import type { ChatPace } from './pace.ts';
import { Sender } from './sender.ts';
import { RetryCounts, SentMessages } from './sent.ts';
import type { Tuning } from './tuning.ts';

export interface HoldingOptions {
  readonly channel: string;
  readonly settings: LinkSettings;
  readonly world: World;
  readonly keep: Keep;
  readonly pace: ChatPace;
  readonly tuning: Tuning;
  /** How the link stands now. */
  readonly stands: (state: LinkState, why?: string) => void;
  /** The device is linked, and that is kept. */
  readonly linked: () => void;
}

/** The link and all that belongs to it, for the time for which this process owns it. */
export class Holding {
  readonly sender: Sender;
  readonly #contacts: Contacts;
  readonly #inbox: Inbox;
  readonly #link: Link;
  #handing: Promise<void> = Promise.resolve();

  constructor({ channel, settings, world, keep, pace, tuning, stands, linked }: HoldingOptions) {
    const { intake, clock, timer, random } = world;
    const failed = (step: string, error: unknown) => world.report({ kind: 'failed', channel, step, error });
    const setAside = (why: string) => world.report({ kind: 'set aside', channel, why });
    const days = new DayTables(keep, clock);
    const sent = new SentMessages(days);
    const contacts = new Contacts({ keep, clock, random });
    const arrivals = new Arrivals({ channel, intake, contacts, setAside, safe: (entry) => this.#showTaken(entry) });
    this.#contacts = contacts;
    this.#inbox = new Inbox({
      keep,
      timer,
      setAside,
      take: (entry) => arrivals.take(entry),
      failed: (error) => failed('inbox', error),
    });
    this.#link = new Link({
      settings,
      keepAlive: tuning.keepAlive,
      keep,
      inbox: this.#inbox,
      sent,
      retries: new RetryCounts(days),
      clock,
      timer,
      random,
      show: (lines) => world.show(lines),
      stands,
      linked,
      failed,
    });
    this.sender = new Sender({
      timer,
      tuning,
      pace,
      contacts,
      sent,
      connection: () => this.#link.connection,
      // It goes on answering: what WhatsApp forbids such an account is to write to people first.
      restricted: (code) => stands('up', code),
      failed,
    });
  }

  /**
   * Holds the link until `ended` is aborted, and hands messages on until `stopped` is, too. Rejects when what is kept
   * cannot be read, is not ours any more, or does not answer.
   */
  async run(ended: AbortSignal, stopped: AbortSignal): Promise<void> {
    await this.#inbox.open();
    const failed = new AbortController();
    const ends = AbortSignal.any([ended, failed.signal]);
    this.#handing = this.#inbox.run(AbortSignal.any([ends, stopped]));
    const parts = [this.#link.run(ends), this.#handing].map((part) =>
      part.catch((error: unknown) => {
        failed.abort();
        throw error;
      }),
    );
    for (const result of await Promise.allSettled(parts)) {
      if (result.status === 'rejected') throw result.reason;
    }
  }

  /** Resolves when no message is handed on any more, once that was to end. */
  async handedOn(): Promise<void> {
    await this.#handing.catch(() => undefined);
  }

  /** Holds the link alone, to have it made. */
  async runLink(ended: AbortSignal): Promise<void> {
    await this.#inbox.open();
    await this.#link.run(ended);
  }

  /** Shows a contact that they are being answered, if that can be done now. */
  async showTyping({ chat }: Address): Promise<void> {
    const jid = await this.#contacts.addressOf(chat);
    if (jid !== null) await this.#link.connection?.socket.sendPresenceUpdate('composing', jid);
  }

  /** Two blue ticks, and "typing": the message is safe and will be answered. */
  #showTaken({ from, id }: Entry): void {
    const socket = this.#link.connection?.socket;
    // Nice to have: whoever does not see them is answered all the same.
    socket?.readMessages([{ remoteJid: from, id, fromMe: false }]).catch(() => undefined);
    socket?.sendPresenceUpdate('composing', from).catch(() => undefined);
  }
}
