import type { BinaryNode, proto } from '@whiskeysockets/baileys';
import type { LinkedDevice } from './linked-device.ts';
import type { Network } from './network.ts';
import { bytesIn, node, seconds } from './nodes.ts';
import type { Phone } from './phone.ts';
import { askForPreKeys } from './queries.ts';
import type { Request } from './subscriber.ts';

/** After this many requests for the same message a phone gives up. */
const mostRequests = 5;

/**
 * How a message is spoiled on its way:
 * - `damaged`: bytes are changed, so that it can't be decrypted;
 * - `empty`: it has nothing encrypted in it;
 * - `unknown kind`: it is encrypted in a way that nobody knows;
 * - `no message`: what is decrypted is no message.
 */
export type Damage = 'damaged' | 'empty' | 'unknown kind' | 'no message';

/** Something said, as the phone that said it remembers it: it may be asked for it again. */
export interface Spoken {
  readonly id: string;
  /** The phone whose linked devices get it. */
  readonly to: Phone;
  readonly content: proto.IMessage;
  /** What stands on the outside: from whom, in which chat, of which type. */
  readonly envelope: Readonly<Record<string, string | undefined>>;
  /** The group it is said in. */
  readonly group?: string;
  /** What becomes of it the first time that it is sent; asked for again, it is whole. */
  readonly damage?: Damage | undefined;
}

/** What a phone says to linked devices: encrypted for each, kept by the server until taken, said again when asked. */
export class Voice {
  readonly #network: Network;
  readonly #phone: Phone;
  readonly #spoken = new Map<string, Spoken>();
  /** For which devices this phone's key to a group is no news. */
  readonly #groupKeys = new Map<string, Set<LinkedDevice>>();
  #turn: Promise<void> = Promise.resolve();

  constructor(network: Network, phone: Phone) {
    this.#network = network;
    this.#phone = phone;
  }

  /** What was said under this id. */
  remember(id: string): Spoken | undefined {
    return this.#spoken.get(id);
  }

  /** Says it, after all that was said before; on its way, or waiting at the server, when this resolves. */
  speak(spoken: Spoken): Promise<void> {
    this.#spoken.set(spoken.id, spoken);
    return this.#inTurn(async () => {
      this.#network.journal.write({ kind: 'inbound', id: spoken.id, from: this.#phone.number });
      for (const device of this.#network.devicesOf(spoken.to)) await this.#deliver(spoken, device);
    });
  }

  /** Says it once more, under the same id, encrypted anew. */
  repeat(id: string): Promise<void> {
    const spoken = this.#spoken.get(id);
    if (!spoken) throw new Error(`Nothing was said as ${id}.`);
    return this.speak({ ...spoken, damage: undefined });
  }

  /** Answers a device that could not read something: with the keys it gave, or in the session there is. */
  sendAgain({ id, from, count, bundle }: Request): Promise<void> {
    const spoken = this.#spoken.get(id);
    if (!spoken || count > mostRequests) return Promise.resolve();
    return this.#inTurn(async () => {
      if (bundle) await this.#phone.startSession(from.hiddenAddress, bundle);
      const content =
        spoken.group === undefined ? spoken.content : await this.#withGroupKey(spoken.group, spoken.content);
      const encrypted = await this.#encrypt(from, content, { count: String(count) });
      from.deliver(stanza(spoken, [encrypted]));
      this.#network.journal.write({ kind: 'sent again', id, from: this.#phone.number, count });
    });
  }

  async #deliver(spoken: Spoken, device: LinkedDevice): Promise<void> {
    const encrypted =
      spoken.group === undefined
        ? [await this.#encrypt(device, spoken.content, {}, spoken.damage === 'no message')]
        : await this.#encryptForGroup(device, spoken.group, spoken.content);
    device.deliver(stanza(spoken, spoil(encrypted, spoken.damage)));
  }

  async #encrypt(
    device: LinkedDevice,
    content: proto.IMessage,
    attributes: Record<string, string> = {},
    garbage = false,
  ): Promise<BinaryNode> {
    const address = device.hiddenAddress;
    if (!(await this.#phone.hasSessionWith(address))) {
      await this.#phone.startSession(address, device.keys.takeBundle());
      askForPreKeys(device);
    }
    return garbage ? this.#phone.encryptGarbage(address) : this.#phone.encrypt(address, content, attributes);
  }

  async #encryptForGroup(device: LinkedDevice, group: string, content: proto.IMessage): Promise<BinaryNode[]> {
    const { encrypted, key } = await this.#phone.encryptForGroup(group, content);
    const known = this.#groupKeys.get(group) ?? new Set();
    if (known.has(device)) return [encrypted];
    this.#groupKeys.set(group, known.add(device));
    return [await this.#encrypt(device, key), encrypted];
  }

  async #withGroupKey(group: string, content: proto.IMessage): Promise<proto.IMessage> {
    return { ...content, ...(await this.#phone.groupKey(group)) };
  }

  #inTurn(work: () => Promise<void>): Promise<void> {
    const done = this.#turn.then(work);
    this.#turn = done.catch(() => undefined);
    return done;
  }
}

function stanza({ id, envelope }: Spoken, content: BinaryNode[]): BinaryNode {
  return node('message', { id, t: seconds(), ...envelope }, content);
}

function spoil(encrypted: BinaryNode[], damage: Damage | undefined): BinaryNode[] {
  switch (damage) {
    case undefined:
    case 'no message':
      return encrypted;
    case 'empty':
      return [];
    case 'unknown kind':
      return encrypted.map((part) => ({ ...part, attrs: { ...part.attrs, type: 'xmsg' } }));
    case 'damaged':
      return encrypted.map((part) => ({ ...part, content: turned(bytesIn(part)) }));
  }
}

/** The byte in the middle lies inside what is signed, whatever stands around it. */
function turned(bytes: Buffer): Buffer {
  const middle = Math.floor(bytes.length / 2);
  bytes.writeUInt8(bytes.readUInt8(middle) ^ 0xff, middle);
  return bytes;
}
