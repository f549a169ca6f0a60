import {
  addTransactionCapability,
  type BinaryNode,
  Curve,
  DEFAULT_CONNECTION_CONFIG,
  encodeBigEndian,
  encodeWAMessage,
  generateRegistrationId,
  KEY_BUNDLE_TYPE,
  type KeyPair,
  proto,
  type SignalRepositoryWithLIDStore,
  type SignedKeyPair,
  signedKeyPair,
  unpadRandomMax16,
  xmppPreKey,
  xmppSignedPreKey,
} from '@whiskeysockets/baileys';
import { hiddenAddress, phoneAddress } from './addresses.ts';
import type { Bundle } from './device-keys.ts';
import { MemoryKeys, silence } from './memory-keys.ts';
import { attribute, bytesIn, node } from './nodes.ts';

/** Something encrypted that came from a device. */
export interface Sealed {
  readonly from: { readonly phoneAddress: string; readonly hiddenAddress: string };
  /** The address it was sent to: this phone's, or a group's. */
  readonly to: string;
  readonly encrypted: BinaryNode;
}

/** A phone with WhatsApp on it: a number, the LID that hides it, and one Signal identity for both. */
export class Phone {
  /** Digits only. */
  readonly number: string;
  /** Digits only. */
  readonly lid: string;
  /** As it is shown to others. */
  name: string;
  readonly identity: KeyPair = Curve.generateKeyPair();
  readonly registrationId = generateRegistrationId();
  readonly #signedPreKey: SignedKeyPair = signedKeyPair(this.identity, 1);
  readonly #keys = new MemoryKeys();
  readonly #signal: SignalRepositoryWithLIDStore;
  #lastPreKey = 0;

  constructor(number: string, lid: string, name: string) {
    this.number = number;
    this.lid = lid;
    this.name = name;
    const keys = addTransactionCapability(this.#keys, silence, { maxCommitRetries: 1, delayBetweenTriesMs: 0 });
    const creds = {
      signedIdentityKey: this.identity,
      signedPreKey: this.#signedPreKey,
      registrationId: this.registrationId,
    };
    this.#signal = DEFAULT_CONNECTION_CONFIG.makeSignalRepository({ creds, keys }, silence);
  }

  get phoneAddress(): string {
    return phoneAddress(this.number);
  }

  get hiddenAddress(): string {
    return hiddenAddress(this.lid);
  }

  /** What someone needs to write to this phone first, as the server hands it out: with a pre-key for this one time. */
  bundle(address: string): BinaryNode {
    return node('user', { jid: address }, [
      node('registration', {}, encodeBigEndian(this.registrationId)),
      node('type', {}, KEY_BUNDLE_TYPE),
      node('identity', {}, this.identity.public),
      xmppSignedPreKey(this.#signedPreKey),
      this.#newPreKey(),
    ]);
  }

  /** The same, as it is written into a request to send a message once more. */
  bundleForRetry(): BinaryNode {
    return node('keys', {}, [
      node('type', {}, KEY_BUNDLE_TYPE),
      node('identity', {}, this.identity.public),
      this.#newPreKey(),
      xmppSignedPreKey(this.#signedPreKey),
    ]);
  }

  async hasSessionWith(device: string): Promise<boolean> {
    return (await this.#signal.validateSession(device)).exists;
  }

  /** Starts a new session with a device; the next message carries what that device needs to follow. */
  startSession(device: string, session: Bundle): Promise<void> {
    return this.#signal.injectE2ESession({ jid: device, session });
  }

  /** As after restoring an old backup: this phone can read nothing from the device until the session is made anew. */
  forget(device: string): Promise<void> {
    return this.#signal.deleteSession([device]);
  }

  /** A message for one device, encrypted; there has to be a session with it. */
  async encrypt(device: string, message: proto.IMessage, attributes: Record<string, string> = {}): Promise<BinaryNode> {
    const { type, ciphertext } = await this.#signal.encryptMessage({ jid: device, data: encodeWAMessage(message) });
    return node('enc', { v: '2', type, ...attributes }, ciphertext);
  }

  /** Bytes that are no message, encrypted as one. */
  async encryptGarbage(device: string): Promise<BinaryNode> {
    const { type, ciphertext } = await this.#signal.encryptMessage({ jid: device, data: Buffer.from([0xff, 0xff, 1]) });
    return node('enc', { v: '2', type }, ciphertext);
  }

  /** What a device sent to this phone, or to a group that it is in. Throws when it can't be decrypted. */
  async decrypt({ from, to, encrypted }: Sealed): Promise<proto.IMessage> {
    const type = attribute(encrypted, 'type');
    const padded = await this.#open(from, to, type, bytesIn(encrypted));
    const message = proto.Message.decode(unpadRandomMax16(padded));
    const { senderKeyDistributionMessage: item, ...content } = message;
    const authorJid = from.phoneAddress;
    if (item) await this.#signal.processSenderKeyDistributionMessage({ authorJid, item });
    return content;
  }

  /** A message for a group, encrypted once for all, and the key that whoever shall read it needs. */
  async encryptForGroup(
    group: string,
    message: proto.IMessage,
  ): Promise<{ encrypted: BinaryNode; key: proto.IMessage }> {
    const sealed = await this.#signal.encryptGroupMessage({
      group,
      meId: this.phoneAddress,
      data: encodeWAMessage(message),
    });
    return {
      encrypted: node('enc', { v: '2', type: 'skmsg' }, sealed.ciphertext),
      key: keyMessage(group, sealed.senderKeyDistributionMessage),
    };
  }

  /** The key that whoever shall read this phone's messages to a group needs. */
  async groupKey(group: string): Promise<proto.IMessage> {
    const key = await this.#signal.getSenderKeyDistributionMessage({ group, meId: this.phoneAddress });
    return keyMessage(group, key);
  }

  #open(from: Sealed['from'], group: string, type: string, ciphertext: Uint8Array): Promise<Uint8Array> {
    switch (type) {
      case 'msg':
      case 'pkmsg':
        return this.#signal.decryptMessage({ jid: from.hiddenAddress, type, ciphertext });
      case 'skmsg':
        return this.#signal.decryptGroupMessage({ group, authorJid: from.phoneAddress, msg: ciphertext });
      default:
        throw new Error(`Nobody can decrypt "${type}".`);
    }
  }

  #newPreKey(): BinaryNode {
    this.#lastPreKey += 1;
    const pair = Curve.generateKeyPair();
    this.#keys.set({ 'pre-key': { [this.#lastPreKey]: pair } });
    return xmppPreKey(pair, this.#lastPreKey);
  }
}

function keyMessage(group: string, key: Uint8Array): proto.IMessage {
  return { senderKeyDistributionMessage: { groupId: group, axolotlSenderKeyDistributionMessage: key } };
}
