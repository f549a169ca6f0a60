import {
  type BinaryNode,
  encodeBigEndian,
  generateSignalPubKey,
  KEY_BUNDLE_TYPE,
  type proto,
  type SignalRepository,
} from '@whiskeysockets/baileys';
import { bytesOf, childOf, childrenOf, node, numberFrom } from './nodes.ts';

/** All that is needed to write to a device for the first time. */
export type Bundle = Parameters<SignalRepository['injectE2ESession']>[0]['session'];

/** A public key that can be asked for by its number. */
interface NumberedKey {
  readonly id: number;
  readonly value: Uint8Array;
}

/** How many bytes the number of a key is written in. */
const idLength = 3;

/** The public keys of one linked device, as the server keeps them for whoever wants to write to it. */
export class DeviceKeys {
  readonly identity: Uint8Array;
  readonly #registrationId: number;
  #signedPreKey: NumberedKey & { readonly signature: Uint8Array };
  readonly #preKeys = new Map<number, Uint8Array>();

  constructor(registration: proto.ClientPayload.IDevicePairingRegistrationData) {
    const { eRegid, eIdent, eSkeyId, eSkeyVal, eSkeySig } = registration;
    if (!eRegid || !eIdent || !eSkeyId || !eSkeyVal || !eSkeySig) throw new Error('The device did not say its keys.');
    this.identity = eIdent;
    this.#registrationId = numberFrom(eRegid);
    this.#signedPreKey = { id: numberFrom(eSkeyId), value: eSkeyVal, signature: eSkeySig };
  }

  get preKeysLeft(): number {
    return this.#preKeys.size;
  }

  /** A bundle for one new session. Its pre-key is gone with it; when all are used up, a session does without. */
  takeBundle(): Bundle {
    const preKey = this.#takePreKey();
    const { id, value, signature } = this.#signedPreKey;
    return {
      registrationId: this.#registrationId,
      identityKey: generateSignalPubKey(this.identity),
      signedPreKey: { keyId: id, publicKey: generateSignalPubKey(value), signature },
      ...(preKey && { preKey: { keyId: preKey.id, publicKey: generateSignalPubKey(preKey.value) } }),
    };
  }

  /** The same, as the server hands it out. */
  takeBundleNode(address: string): BinaryNode {
    const preKey = this.#takePreKey();
    const signature = node('signature', {}, this.#signedPreKey.signature);
    return node('user', { jid: address }, [
      node('registration', {}, encodeBigEndian(this.#registrationId)),
      node('type', {}, KEY_BUNDLE_TYPE),
      node('identity', {}, this.identity),
      node('skey', {}, [...numbered(this.#signedPreKey), signature]),
      ...(preKey ? [node('key', {}, numbered(preKey))] : []),
    ]);
  }

  /** Keeps what a device uploads: pre-keys, and its signed pre-key. */
  upload(stanza: BinaryNode): void {
    for (const key of childrenOf(childOf(stanza, 'list'), 'key')) {
      this.#preKeys.set(numberFrom(bytesOf(key, 'id')), bytesOf(key, 'value'));
    }
    this.rotate(stanza);
  }

  /** Takes the signed pre-key that stands under a node. */
  rotate(parent: BinaryNode): void {
    const key = childOf(parent, 'skey');
    const signature = bytesOf(key, 'signature');
    this.#signedPreKey = { id: numberFrom(bytesOf(key, 'id')), value: bytesOf(key, 'value'), signature };
  }

  #takePreKey(): NumberedKey | undefined {
    const [first] = this.#preKeys;
    if (!first) return undefined;
    const [id, value] = first;
    this.#preKeys.delete(id);
    return { id, value };
  }
}

function numbered({ id, value }: NumberedKey): BinaryNode[] {
  return [node('id', {}, encodeBigEndian(id, idLength)), node('value', {}, value)];
}
