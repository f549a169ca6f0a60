import { encodeBigEndian, type proto } from '@whiskeysockets/baileys';
import { second } from '../../../src/core/time.ts';
import { newMessageId } from './addresses.ts';
import { editMark, stanzaType } from './contents.ts';
import { Inbox, type Reaction, type Received } from './inbox.ts';
import type { LinkedDevice } from './linked-device.ts';
import type { Network } from './network.ts';
import { node, seconds } from './nodes.ts';
import type { Phone } from './phone.ts';
import { type Known, Speaker } from './speaker.ts';
import type { Arrival, Request, Sign, Subscriber } from './subscriber.ts';
import { type Damage, Voice } from './voice.ts';

/** How the platform shows a person to the assistant. */
export interface Addressing {
  /** By their LID instead of their number. */
  readonly lid?: boolean;
  /** With a LID: whether their number is told too. It is, when not said. */
  readonly sendsPhone?: boolean;
}

/** What a person sees of the assistant beside its messages. */
export interface Seen {
  /** The ids of the messages that the assistant has read, in order. */
  readonly read: string[];
  /** The ids of voice messages that it has played. */
  readonly played: string[];
  /** `composing`, `paused`…, in order. */
  readonly typing: string[];
}

/** A member with a phone, who talks with the assistant. */
export class FakePerson extends Speaker implements Subscriber {
  readonly phone: Phone;
  readonly sees: Seen = { read: [], played: [], typing: [] };
  /** How the platform shows this person. Can be changed at any time, as the platform does. */
  addressing: Addressing;
  /** By which clock the platform dates what this person says; milliseconds since 1970. */
  clock: () => number = Date.now;
  /** Whether this phone asks for what it could not read, as phones do. */
  asksAgain = true;
  /** What this phone says: its own messages, and those of its owner in groups. */
  readonly outgoing: Voice;
  readonly #network: Network;
  readonly #inbox: Inbox;
  readonly #partner: () => Phone;
  readonly #asked = new Map<string, number>();

  /** `partner` is the phone that the assistant is linked to. */
  constructor(network: Network, phone: Phone, addressing: Addressing, partner: () => Phone) {
    super(network.media);
    this.phone = phone;
    this.addressing = addressing;
    this.#network = network;
    this.#inbox = new Inbox(network.media);
    this.#partner = partner;
    this.outgoing = new Voice(network, phone);
  }

  /** The address by which the assistant knows this person. */
  get address(): string {
    return this.addressing.lid === true ? this.phone.hiddenAddress : this.phone.phoneAddress;
  }

  /** What this person sees of the assistant in their chat, in order. */
  read(): readonly Received[] {
    return this.#inbox.read();
  }

  /** The next message of the assistant that was not given out yet. Rejects after `limit` milliseconds. */
  next(limit?: number): Promise<Received> {
    return this.#inbox.next(limit);
  }

  /** The emojis that the assistant put on messages. */
  get reactions(): readonly Reaction[] {
    return this.#inbox.reactions;
  }

  async send(content: proto.IMessage, damage?: Damage): Promise<string> {
    const id = newMessageId();
    const envelope = { ...this.#envelope(), type: stanzaType(content), edit: editMark(content) };
    await this.outgoing.speak({ id, to: this.#partner(), content, envelope, damage });
    return id;
  }

  /** The very same message once more, encrypted anew, as networks do. */
  sayAgain(id: string): Promise<void> {
    return this.outgoing.repeat(id);
  }

  /** Shows the assistant that this person is typing, or that they stopped. */
  typing(typing = true): void {
    const state = node('chatstate', { from: this.address }, [node(typing ? 'composing' : 'paused')]);
    for (const device of this.#network.devicesOf(this.#partner())) device.tell(state);
  }

  /** Opens the chat: the assistant is told that these messages were read; all of them, when not said. */
  open(ids: readonly string[] = this.read().map(({ id }) => id)): void {
    const [first, ...others] = ids;
    if (first === undefined) return;
    const items = others.map((id) => node('item', { id }));
    const list = items.length === 0 ? undefined : [node('list', {}, items)];
    const attributes = { id: first, from: this.address, type: 'read', t: seconds() };
    for (const device of this.#network.devicesOf(this.#partner())) device.deliver(node('receipt', attributes, list));
  }

  /** Asks the assistant for a message once more, as a phone does that can't decrypt it. */
  async retryReceipt(id: string): Promise<void> {
    for (const device of this.#network.devicesOf(this.#partner())) {
      await this.phone.forget(device.hiddenAddress);
      this.#askAgain(id, device, this.find(id)?.to ?? this.address);
    }
  }

  /** As after restoring an old backup: what the assistant sends next can't be decrypted, and is asked for again. */
  async loseSession(): Promise<void> {
    for (const device of this.#network.devicesOf(this.#partner())) await this.phone.forget(device.hiddenAddress);
  }

  async take(arrival: Arrival): Promise<boolean> {
    const contents: proto.IMessage[] = [];
    try {
      for (const encrypted of arrival.encrypted) contents.push(await this.phone.decrypt({ ...arrival, encrypted }));
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      this.#network.journal.write({ kind: 'unreadable', id: arrival.id, phone: this.phone.number, reason });
      if (this.asksAgain) this.#askAgain(arrival.id, arrival.from, arrival.to);
      return false;
    }
    arrival.decrypted();
    for (const content of contents) {
      if (Object.keys(content).length > 0) await this.#inbox.take(arrival.id, arrival.to, content);
    }
    return true;
  }

  sendAgain(request: Request): Promise<void> {
    return this.outgoing.sendAgain(request);
  }

  see(sign: Sign): void {
    switch (sign.sign) {
      case 'read':
        this.sees.read.push(...sign.ids);
        return;
      case 'played':
        this.sees.played.push(...sign.ids);
        return;
      case 'typing':
        this.sees.typing.push(sign.state);
    }
  }

  said(id: string): proto.IMessage | undefined {
    return this.outgoing.remember(id)?.content;
  }

  /** A message of the assistant, as it stands in the chat now. */
  find(id: string): Received | undefined {
    return this.#inbox.find(id);
  }

  /** A message that this person can refer to: one of their own, or one of the assistant's. */
  known(id: string): Known {
    const own = this.outgoing.remember(id);
    // A key is written as the sender sees it: for them the chat is the assistant's.
    const chat = { id, remoteJid: this.#partner().phoneAddress };
    if (own) return { key: { ...chat, fromMe: true }, content: own.content, author: this.address };
    const theirs = this.find(id);
    if (!theirs) throw new Error(`There is no message ${id} in this chat.`);
    return { key: { ...chat, fromMe: false }, content: theirs.message, author: this.#partner().phoneAddress };
  }

  #envelope(): Record<string, string | undefined> {
    const { phoneAddress, hiddenAddress, name: notify } = this.phone;
    const { lid = false, sendsPhone = true } = this.addressing;
    const t = String(Math.floor(this.clock() / second));
    if (!lid) return { t, from: phoneAddress, addressing_mode: 'pn', sender_lid: hiddenAddress, notify };
    return { t, from: hiddenAddress, addressing_mode: 'lid', notify, sender_pn: sendsPhone ? phoneAddress : undefined };
  }

  #askAgain(id: string, device: LinkedDevice, to: string): void {
    const count = (this.#asked.get(id) ?? 0) + 1;
    this.#asked.set(id, count);
    const inGroup = this.#network.groups.has(to) ? { participant: this.phone.phoneAddress } : {};
    const attributes = { id, from: to, t: seconds(), type: 'retry', ...inGroup };
    const content = [
      node('retry', { count: String(count), id, t: seconds(), v: '1' }),
      node('registration', {}, encodeBigEndian(this.phone.registrationId)),
      // The first time a phone hopes that the session is sound; then it gives keys for a new one.
      ...(count > 1 ? [this.phone.bundleForRetry()] : []),
    ];
    device.deliver(node('receipt', attributes, content));
  }
}
