import type { BinaryNode } from '@whiskeysockets/baileys';
import { hiddenAddress, phoneAddress } from './addresses.ts';
import type { DeviceKeys } from './device-keys.ts';
import { childrenOf } from './nodes.ts';
import type { Phone } from './phone.ts';

/** A connection over which a device is logged in. */
export interface Line {
  send(stanza: BinaryNode): void;
  /** Sends a last stanza, if any, and closes. */
  hangUp(last?: BinaryNode): void;
  /** Ends it as a cut cable does. */
  cut(): void;
  /** From now on it is open and dead. */
  freeze(): void;
}

/** Receipts that say that a message arrived. `read`, `retry` and others say something else. */
const arrivals: ReadonlySet<string | undefined> = new Set([undefined, 'inactive', 'sender', 'peer_msg']);

/** A device that is linked to a phone: here, the assistant. The server keeps for it what it has not taken. */
export class LinkedDevice {
  readonly owner: Phone;
  /** 1 for the first that was linked to the phone, and so on. */
  readonly index: number;
  readonly keys: DeviceKeys;
  /** `linked`, or why it can't log in any more. */
  standing: 'linked' | 'banned' | 'unlinked' = 'linked';
  #untaken: readonly BinaryNode[] = [];
  #line: Line | undefined;
  #caughtUp = false;

  constructor(owner: Phone, index: number, keys: DeviceKeys) {
    this.owner = owner;
    this.index = index;
    this.keys = keys;
  }

  /** `number:index`, as in its address. */
  get name(): string {
    return `${this.owner.number}:${this.index}`;
  }

  get phoneAddress(): string {
    return phoneAddress(this.owner.number, this.index);
  }

  get hiddenAddress(): string {
    return hiddenAddress(this.owner.lid, this.index);
  }

  /** The connection it is logged in on. */
  get line(): Line | undefined {
    return this.#line;
  }

  /** The ids of the stanzas that it has not taken yet. */
  get waiting(): readonly string[] {
    return this.#untaken.map(({ attrs }) => attrs['id'] ?? '');
  }

  /** Logs in on a connection; what it has not taken is sent by {@link catchUp}. */
  connect(line: Line): void {
    this.#line = line;
    this.#caughtUp = false;
  }

  /** A connection was closed; when it was this device's, it is away now. */
  disconnect(line: Line): void {
    if (this.#line === line) this.#line = undefined;
  }

  /** Keeps a stanza until it is taken, and sends it now if the device is there. */
  deliver(stanza: BinaryNode): void {
    this.#untaken = [...this.#untaken, stanza];
    if (this.#caughtUp) this.#line?.send(stanza);
  }

  /** Sends what is not kept for later: typing, presence, answers. */
  tell(stanza: BinaryNode): void {
    if (this.#caughtUp) this.#line?.send(stanza);
  }

  /** Sends all that was not taken once more, in order, marked as late; gives back the ids of it. */
  catchUp(): readonly string[] {
    for (const stanza of this.#untaken) {
      this.#line?.send({ ...stanza, attrs: { ...stanza.attrs, offline: '0' } });
    }
    this.#caughtUp = true;
    return this.waiting;
  }

  /** The device said by a receipt what became of messages. */
  receipt(stanza: BinaryNode): readonly string[] {
    const more = childrenOf(childrenOf(stanza, 'list')[0], 'item');
    const ids = [stanza, ...more].flatMap(({ attrs }) => attrs['id'] ?? []);
    if (arrivals.has(stanza.attrs['type'])) for (const id of ids) this.#take('message', id);
    return ids;
  }

  /** The device said that it took a stanza, or that it never will. */
  ack({ attrs }: BinaryNode): void {
    this.#take(attrs['class'] ?? '', attrs['id'] ?? '');
  }

  /** One at a time: the same id may be on its way twice, the second time encrypted anew. */
  #take(tag: string, id: string): void {
    const taken = this.#untaken.findIndex((stanza) => stanza.tag === tag && stanza.attrs['id'] === id);
    if (taken >= 0) this.#untaken = this.#untaken.toSpliced(taken, 1);
  }
}
