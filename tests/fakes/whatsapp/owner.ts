import { randomBytes } from 'node:crypto';
import { promisify } from 'node:util';
import { deflate } from 'node:zlib';
import { proto } from '@whiskeysockets/baileys';
import { newMessageId } from './addresses.ts';
import { stanzaType, textContent } from './contents.ts';
import type { LinkedDevice } from './linked-device.ts';
import type { Network } from './network.ts';
import { node } from './nodes.ts';
import type { FakePerson } from './person.ts';
import type { Phone } from './phone.ts';
import type { Arrival, Request, Subscriber } from './subscriber.ts';
import { Voice } from './voice.ts';

const { Type } = proto.Message.ProtocolMessage;
const { HistorySyncType } = proto.HistorySync;

/** The phone of whoever owns the assistant's number: links devices, and gets a copy of what they send. */
export class FakeOwner implements Subscriber {
  readonly phone: Phone;
  /** What its linked devices sent to others, as this phone got it. */
  readonly copies: { readonly id: string; readonly to: string; readonly message: proto.IMessage }[] = [];
  readonly #network: Network;
  readonly #voice: Voice;
  readonly #greeted = new Set<LinkedDevice>();

  constructor(network: Network, phone: Phone) {
    this.#network = network;
    this.phone = phone;
    this.#voice = new Voice(network, phone);
  }

  /** The devices that are linked to this phone, the first one first. */
  get devices(): readonly LinkedDevice[] {
    return this.#network.devicesOf(this.phone);
  }

  /** Scans the QR code that a client shows. Resolves when the client is linked. */
  async scanQr(qr: string): Promise<LinkedDevice> {
    const pairing = [...this.#network.pairings].find((waiting) => waiting.shows(qr));
    if (!pairing) throw new Error('No client shows this QR code.');
    return pairing.scan(this.phone, this.#network.nextIndex(this.phone), qr);
  }

  /** Enters the pairing code that a client shows. Resolves when it is linked; rejects a code that is not the one. */
  async enterCode(code: string): Promise<LinkedDevice> {
    const pairing = [...this.#network.pairings].find((waiting) => waiting.codeWantedFor === this.phone.number);
    if (!pairing) throw new Error('No client asked for a code for this number.');
    return pairing.enterCode(this.phone, code);
  }

  /** Throws a device out, or all of them: they are told, and can't log in again. */
  unlink(device?: LinkedDevice): void {
    for (const one of device ? [device] : this.devices) {
      this.#network.unlink(one);
      const conflict = node('conflict', { type: 'device_removed' });
      one.line?.hangUp(node('stream:error', { code: '401' }, [conflict]));
    }
  }

  /** Writes to someone from the phone itself: they get it, and the linked devices get a copy. */
  async say(to: FakePerson, text: string): Promise<string> {
    const id = newMessageId();
    const content = { deviceSentMessage: { destinationJid: to.address, message: textContent(text) } };
    const envelope = { ...this.#toSomeone(to), recipient: to.address, type: stanzaType(content) };
    await this.#voice.speak({ id, to: this.phone, content, envelope });
    return id;
  }

  /** What a phone sends to a device that was linked to it: the key of the account's settings, and its history. */
  async greet(device: LinkedDevice): Promise<void> {
    if (this.#greeted.has(device) || !this.#network.behaviour.sendHistory) return;
    this.#greeted.add(device);
    const keyId = { keyId: Buffer.concat([Buffer.alloc(2), randomBytes(4)]) };
    const keyData = { keyData: randomBytes(32), timestamp: Date.now(), fingerprint: { rawId: 1, currentIndex: 0 } };
    const keys = [{ keyId, keyData }];
    await this.#tell({ protocolMessage: { type: Type.APP_STATE_SYNC_KEY_SHARE, appStateSyncKeyShare: { keys } } });
    const syncType = HistorySyncType.INITIAL_BOOTSTRAP;
    const history = proto.HistorySync.encode({ syncType, conversations: [], progress: 100, chunkOrder: 1 }).finish();
    const initialHistBootstrapInlinePayload = await promisify(deflate)(history);
    const historySyncNotification = { syncType, chunkOrder: 1, progress: 100, initialHistBootstrapInlinePayload };
    await this.#tell({ protocolMessage: { type: Type.HISTORY_SYNC_NOTIFICATION, historySyncNotification } });
  }

  async take(arrival: Arrival): Promise<boolean> {
    for (const encrypted of arrival.encrypted) {
      const message = await this.phone.decrypt({ ...arrival, encrypted });
      // A device writes to its own phone as if it were a copy of what it wrote to someone.
      const sent = message.deviceSentMessage?.message ?? message;
      if (arrival.category === 'peer') await this.#help(arrival.id, sent);
      else if (Object.keys(sent).length > 0) this.copies.push({ id: arrival.id, to: arrival.to, message: sent });
    }
    return true;
  }

  sendAgain(request: Request): Promise<void> {
    return this.#voice.sendAgain(request);
  }

  said(id: string): proto.IMessage | undefined {
    return this.#voice.remember(id)?.content;
  }

  see(): void {
    // What the assistant shows to its own number is seen by nobody.
  }

  /** From which of its addresses the phone writes to someone, and the other address of theirs. */
  #toSomeone({ addressing, phone }: FakePerson): Record<string, string> {
    if (addressing.lid !== true) return { from: this.phone.phoneAddress, peer_recipient_lid: phone.hiddenAddress };
    const from = { from: this.phone.hiddenAddress, addressing_mode: 'lid' };
    return { ...from, ...(addressing.sendsPhone !== false && { peer_recipient_pn: phone.phoneAddress }) };
  }

  /** A linked device could not read some messages, and asks the phone, which got them too. */
  async #help(stanzaId: string, { protocolMessage }: proto.IMessage): Promise<void> {
    const request = protocolMessage?.peerDataOperationRequestMessage;
    const keys = request?.placeholderMessageResendRequest?.flatMap(({ messageKey }) => messageKey ?? []) ?? [];
    this.#network.journal.write({ kind: 'phone asked', id: stanzaId, about: keys.flatMap(({ id }) => id ?? []) });
    if (!this.#network.behaviour.phoneHelps) return;
    const found = keys.flatMap((key) => {
      const message = this.#network.at(key.participant ?? key.remoteJid ?? '')?.said(key.id ?? '');
      return message ? [{ key, message, messageTimestamp: Math.floor(Date.now() / 1000) }] : [];
    });
    if (found.length === 0) return;
    const peerDataOperationResult = found.map((info) => ({
      placeholderMessageResendResponse: { webMessageInfoBytes: proto.WebMessageInfo.encode(info).finish() },
    }));
    const peerDataOperationRequestType = proto.Message.PeerDataOperationRequestType.PLACEHOLDER_MESSAGE_RESEND;
    const response = { peerDataOperationRequestType, stanzaId, peerDataOperationResult };
    const type = Type.PEER_DATA_OPERATION_REQUEST_RESPONSE_MESSAGE;
    await this.#tell({ protocolMessage: { type, peerDataOperationRequestResponseMessage: response } });
  }

  /** Says something to the linked devices about the account: no chat shows it. */
  #tell(content: proto.IMessage): Promise<void> {
    const envelope = { from: this.phone.phoneAddress, category: 'peer', type: 'text' };
    return this.#voice.speak({ id: newMessageId(), to: this.phone, content, envelope });
  }
}
