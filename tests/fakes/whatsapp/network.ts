import { type BinaryNode, extractE2ESessionFromRetryReceipt } from '@whiskeysockets/baileys';
import { whoIs } from './addresses.ts';
import { asItShould, type Behaviour } from './behaviour.ts';
import type { Bundle } from './device-keys.ts';
import { Journal } from './journal.ts';
import type { Line, LinkedDevice } from './linked-device.ts';
import { MediaStore } from './media.ts';
import { attribute, childOf, childrenOf, node, seconds } from './nodes.ts';
import type { NoiseIdentity } from './noise-identity.ts';
import type { Pairing } from './pairing.ts';
import type { Phone } from './phone.ts';
import type { Subscriber } from './subscriber.ts';

/** A group, and who is in it: the owner of the assistant's number too. */
export interface Membership {
  readonly address: string;
  readonly subject: string;
  readonly members: readonly Phone[];
}

/** What the server knows and passes on: phones, linked devices, groups, and all that travels between them. */
export class Network {
  readonly identity: NoiseIdentity;
  readonly behaviour: Behaviour = { ...asItShould };
  readonly journal = new Journal();
  /** Connections on which nobody is logged in, that wait to be linked. */
  readonly pairings = new Set<Pairing>();
  /** Every connection that is open, the oldest first. */
  readonly lines = new Set<Line>();
  readonly groups = new Map<string, Membership>();
  /** Numbers that have no WhatsApp, digits only. */
  readonly unknown = new Set<string>();
  readonly media = new MediaStore();
  readonly #devices: LinkedDevice[] = [];
  readonly #byNumber = new Map<string, Subscriber>();
  readonly #byLid = new Map<string, Subscriber>();
  readonly #stranger: (digits: string) => Subscriber;
  #onKeys: (device: LinkedDevice) => void = () => undefined;

  /** `stranger` makes someone of a number that nobody spoke of before: any number may have a phone. */
  constructor(identity: NoiseIdentity, stranger: (digits: string) => Subscriber) {
    this.identity = identity;
    this.#stranger = stranger;
  }

  /** Lets someone take part, under their number and their LID. */
  join(subscriber: Subscriber): void {
    this.#byNumber.set(subscriber.phone.number, subscriber);
    this.#byLid.set(subscriber.phone.lid, subscriber);
  }

  /** Who has this number, digits only, if they were spoken of. */
  withNumber(digits: string): Subscriber | undefined {
    return this.#byNumber.get(digits);
  }

  /** Whom an address means; nobody, if the number has no WhatsApp or the LID is nobody's. */
  at(address: string): Subscriber | undefined {
    const { user, server } = whoIs(address);
    if (server === 'lid') return this.#byLid.get(user);
    // Groups, lists and the server itself have addresses too.
    if (server !== 's.whatsapp.net' || !/^\d+$/.test(user) || this.unknown.has(user)) return undefined;
    return this.#byNumber.get(user) ?? this.#stranger(user);
  }

  /** Every device that was ever linked, in that order. */
  get devices(): readonly LinkedDevice[] {
    return this.#devices;
  }

  /** The linked device with this address, by number or by LID. */
  deviceAt(address: string): LinkedDevice | undefined {
    return this.#devices.find(({ phoneAddress, hiddenAddress }) => [phoneAddress, hiddenAddress].includes(address));
  }

  /** The devices that are linked to a phone now. */
  devicesOf(phone: Phone): LinkedDevice[] {
    return this.#devices.filter(({ owner, standing }) => owner === phone && standing !== 'unlinked');
  }

  /** The number of the next device that is linked to a phone. */
  nextIndex(phone: Phone): number {
    return 1 + this.#devices.filter(({ owner }) => owner === phone).length;
  }

  link(device: LinkedDevice): void {
    this.#devices.push(device);
    this.journal.write({ kind: 'linked', device: device.name });
  }

  /** The device is none any more: it can't log in again. */
  unlink(device: LinkedDevice): void {
    device.standing = 'unlinked';
    this.journal.write({ kind: 'unlinked', device: device.name });
  }

  /** Tells when a device has given its pre-keys, so that its phone may send it what it should know. */
  onKeys(told: (device: LinkedDevice) => void): void {
    this.#onKeys = told;
  }

  keysCame(device: LinkedDevice): void {
    this.#onKeys(device);
  }

  /** Passes on a message of a linked device, and tells the device what became of it. */
  async message(from: LinkedDevice, stanza: BinaryNode): Promise<void> {
    const id = attribute(stanza, 'id');
    const to = attribute(stanza, 'to');
    const { ackError, dropAck, loseSent, deliver, read } = this.behaviour;
    if (loseSent) return this.journal.write({ kind: 'lost', id, to });
    const ack = { class: 'message', id, from: to, t: seconds() };
    if (ackError !== undefined) {
      this.journal.write({ kind: 'refused', id, to, code: ackError });
      from.line?.send(node('ack', { ...ack, error: String(ackError) }));
      return;
    }
    if (!dropAck) from.line?.send(node('ack', ack));
    this.journal.write({ kind: 'outbound', id, to, type: stanza.attrs['type'] ?? '' });
    this.#copy(from, stanza);
    for (const [subscriber, encrypted] of this.#addressees(stanza)) {
      const inGroup = this.groups.has(to) ? { participant: subscriber.phone.phoneAddress } : {};
      const receipt = { id, from: to, t: seconds(), ...inGroup };
      const quiet = dropAck || subscriber.phone === from.owner;
      const decrypted = () => {
        if (deliver && !quiet) from.deliver(node('receipt', receipt));
      };
      const taken = await subscriber.take({ id, from, to, encrypted, category: stanza.attrs['category'], decrypted });
      if (taken && read && !quiet) from.deliver(node('receipt', { ...receipt, type: 'read' }));
    }
  }

  /** A linked device says what became of messages: taken, read, or to be sent again. */
  async receipt(from: LinkedDevice, stanza: BinaryNode): Promise<void> {
    const ids = from.receipt(stanza);
    // For a message of the account's own phone, Baileys may leave out whom it answers.
    const to = stanza.attrs['to'] ?? attribute(stanza, 'recipient');
    const type = stanza.attrs['type'];
    this.journal.write({ kind: 'receipt', ids, to, type: type ?? null });
    const answer = { class: 'receipt', id: attribute(stanza, 'id'), from: to, type };
    from.line?.send(node('ack', { ...answer, participant: stanza.attrs['participant'] }));
    const subscriber = this.at(stanza.attrs['participant'] ?? to);
    if (type === 'read' || type === 'played') subscriber?.see({ sign: type, ids });
    if (type !== 'retry') return;
    const count = Number(attribute(childOf(stanza, 'retry'), 'count'));
    await subscriber?.sendAgain({ id: attribute(stanza, 'id'), from, count, bundle: bundleIn(stanza) });
  }

  /** Gives the other devices that are linked to the sender's phone their copies. */
  #copy(from: LinkedDevice, stanza: BinaryNode): void {
    const recipient = attribute(stanza, 'to');
    const participants = childrenOf(stanza).find(({ tag }) => tag === 'participants');
    for (const one of childrenOf(participants, 'to')) {
      const device = this.deviceAt(attribute(one, 'jid'));
      if (!device) continue;
      const lid = whoIs(recipient).server === 'lid' ? undefined : this.at(recipient)?.phone.hiddenAddress;
      const sender = lid === undefined ? from.hiddenAddress : from.phoneAddress;
      const about = { id: stanza.attrs['id'], type: stanza.attrs['type'], t: seconds() };
      const copy = { ...about, from: sender, recipient, peer_recipient_lid: lid };
      device.deliver(node('message', copy, childrenOf(one, 'enc')));
    }
  }

  /** Who gets which encrypted parts of a message. */
  #addressees(stanza: BinaryNode): Map<Subscriber, BinaryNode[]> {
    const parts = new Map<Subscriber, BinaryNode[]>();
    const add = (address: string, encrypted: readonly BinaryNode[]) => {
      const subscriber = this.at(address);
      if (subscriber) parts.set(subscriber, [...(parts.get(subscriber) ?? []), ...encrypted]);
    };
    const participants = childrenOf(stanza).find(({ tag }) => tag === 'participants');
    for (const one of childrenOf(participants, 'to')) {
      if (whoIs(attribute(one, 'jid')).device === 0) add(attribute(one, 'jid'), childrenOf(one, 'enc'));
    }
    const forAll = childrenOf(stanza, 'enc');
    const to = attribute(stanza, 'to');
    const group = this.groups.get(to);
    if (!group) add(to, forAll);
    else if (stanza.attrs['participant'] !== undefined) add(stanza.attrs['participant'], forAll);
    else for (const { phoneAddress } of group.members) add(phoneAddress, forAll);
    for (const [subscriber, encrypted] of parts) if (encrypted.length === 0) parts.delete(subscriber);
    return parts;
  }
}

/** What a new session is made of, if a request for a message brought it along. */
function bundleIn(request: BinaryNode): Bundle | null {
  const keys = extractE2ESessionFromRetryReceipt(request);
  if (!keys) return null;
  const { preKey, ...others } = keys;
  return { ...others, ...(preKey && { preKey }) };
}
