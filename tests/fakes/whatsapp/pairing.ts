import { randomBytes } from 'node:crypto';
import {
  aesDecryptCTR,
  aesDecryptGCM,
  aesEncryptCTR,
  type BinaryNode,
  Curve,
  derivePairingCodeKey,
  hkdf,
  hmacSign,
  type KeyPair,
  proto,
  WA_ADV_ACCOUNT_SIG_PREFIX,
  WA_ADV_DEVICE_SIG_PREFIX,
} from '@whiskeysockets/baileys';
import { digitsOf, hiddenAddress, phoneAddress, whoIs } from './addresses.ts';
import { DeviceKeys } from './device-keys.ts';
import { type Line, LinkedDevice } from './linked-device.ts';
import { attribute, bytesOf, childOf, node, seconds, server } from './nodes.ts';
import type { Phone } from './phone.ts';
import { isSigned } from './signatures.ts';

const nothing = Buffer.alloc(0);
/** How many QR codes a client may show, one after the other, before it has to connect again. */
const codes = 6;
/** In front of what is encrypted under a pairing code: 32 bytes of salt, then 16 that start the counter. */
const saltEnd = 32;
const counterEnd = 48;
/** In front of the bundle of keys: 32 bytes of salt, then a nonce of 12. */
const nonceEnd = 44;

/** A pairing code that was asked for, and how far its exchange of keys is. */
interface CodeExchange {
  readonly phone: string;
  /** The client's ephemeral key, encrypted under the code that only it and its owner's eyes know. */
  readonly wrapped: Buffer;
  readonly ref: Buffer;
  entered?: { readonly phone: Phone; readonly shared: Uint8Array };
}

/** A device whose proof of being linked is awaited. */
interface Offer {
  readonly phone: Phone;
  readonly index: number;
  readonly details: Uint8Array;
}

/** A connection of a client that is linked to nothing yet, from its first QR code to its being linked. */
export class Pairing {
  readonly #line: Line;
  readonly #keys: DeviceKeys;
  readonly #refs = Array.from({ length: codes }, () => `2@${randomBytes(24).toString('base64url')}`);
  readonly #linked = Promise.withResolvers<LinkedDevice>();
  #exchange: CodeExchange | undefined;
  #offer: Offer | undefined;

  constructor(line: Line, registration: proto.ClientPayload.IDevicePairingRegistrationData) {
    this.#line = line;
    this.#keys = new DeviceKeys(registration);
    // Who scans waits for this; that nobody does is no error.
    this.#linked.promise.catch(() => undefined);
  }

  /** The phone number that a pairing code was asked for. */
  get codeWantedFor(): string | undefined {
    return this.#exchange?.phone;
  }

  /** Gives the client what its QR codes are made of. */
  start(): void {
    const refs = this.#refs.map((ref) => node('ref', {}, Buffer.from(ref)));
    const stanza = { from: server, type: 'set', id: 'pair-device', xmlns: 'md' };
    this.#line.send(node('iq', stanza, [node('pair-device', {}, refs)]));
  }

  /** Whether this QR code is one of this connection's. */
  shows(qr: string): boolean {
    const [ref] = partsOf(qr);
    return ref !== undefined && this.#refs.includes(ref);
  }

  /** A phone scans the QR code. Resolves when the device has proved that it is linked. */
  scan(phone: Phone, index: number, qr: string): Promise<LinkedDevice> {
    const [, , identity, secret] = partsOf(qr);
    if (identity === undefined || secret === undefined) throw new Error('This is no QR code of WhatsApp.');
    if (!Buffer.from(identity, 'base64').equals(this.#keys.identity)) throw new Error('The QR code names another key.');
    this.#succeed(phone, index, Buffer.from(secret, 'base64'));
    return this.#linked.promise;
  }

  /** The client asks for a code to be entered on a phone: gives back what answers it. */
  wantCode(hello: BinaryNode): BinaryNode {
    const ref = randomBytes(16);
    const phone = whoIs(attribute(hello, 'jid')).user;
    this.#exchange = { phone, ref, wrapped: bytesOf(hello, 'link_code_pairing_wrapped_companion_ephemeral_pub') };
    return node('link_code_companion_reg', { stage: 'companion_hello' }, [node('link_code_pairing_ref', {}, ref)]);
  }

  /** The code is entered on the phone. Resolves when the device has proved that it is linked. Rejects a wrong code. */
  async enterCode(phone: Phone, code: string): Promise<LinkedDevice> {
    const exchange = this.#exchange;
    if (exchange?.phone !== digitsOf(phone.number)) throw new Error('No code was asked for, for this number.');
    const { wrapped } = exchange;
    const theirKey = await derivePairingCodeKey(code, wrapped.subarray(0, saltEnd));
    const theirs = aesDecryptCTR(wrapped.subarray(counterEnd), theirKey, wrapped.subarray(saltEnd, counterEnd));
    const ours = Curve.generateKeyPair();
    exchange.entered = { phone, shared: Curve.sharedKey(ours.private, theirs) };
    const stanza = { id: 'link-code', from: server, type: 'link_code_companion_reg', t: seconds() };
    const content = [
      node('link_code_pairing_ref', {}, exchange.ref),
      node('primary_identity_pub', {}, phone.identity.public),
      node('link_code_pairing_wrapped_primary_ephemeral_pub', {}, await wrappedUnder(code, ours)),
    ];
    const hello = node('link_code_companion_reg', { stage: 'primary_hello' }, content);
    this.#line.send(node('notification', stanza, [hello]));
    return this.#linked.promise;
  }

  /** The client's answer to the code: the phone opens it, or finds that the code was another one. */
  finishCode(finish: BinaryNode, index: number): void {
    const entered = this.#exchange?.entered;
    if (!entered) throw new Error('No code was entered.');
    const bundle = bytesOf(finish, 'link_code_pairing_wrapped_key_bundle');
    const identity = bytesOf(finish, 'companion_identity_public');
    const info = 'link_code_pairing_key_bundle_encryption_key';
    const key = hkdf(entered.shared, 32, { salt: bundle.subarray(0, saltEnd), info });
    let opened: Buffer;
    try {
      opened = aesDecryptGCM(bundle.subarray(nonceEnd), key, bundle.subarray(saltEnd, nonceEnd), nothing);
    } catch {
      this.#linked.reject(new Error('This is not the code that the device shows.'));
      return;
    }
    const random = opened.subarray(64);
    const identityShared = Curve.sharedKey(entered.phone.identity.private, identity);
    const secret = hkdf(Buffer.concat([entered.shared, identityShared, random]), 32, { info: 'adv_secret' });
    this.#succeed(entered.phone, index, secret);
  }

  /** The client proves by its signature that it is the device that was linked. It has to connect anew after this. */
  prove(proof: BinaryNode): LinkedDevice {
    const offer = this.#offer;
    if (!offer) throw new Error('Nothing was offered to this device.');
    const identity = proto.ADVSignedDeviceIdentity.decode(bytesOf(proof, 'device-identity'));
    const said = [WA_ADV_DEVICE_SIG_PREFIX, offer.details, this.#keys.identity, offer.phone.identity.public];
    const signature = identity.deviceSignature ?? nothing;
    if (!isSigned(this.#keys.identity, Buffer.concat(said), signature)) {
      throw new Error('The device could not prove that it is the one that was linked.');
    }
    const device = new LinkedDevice(offer.phone, offer.index, this.#keys);
    this.#linked.resolve(device);
    return device;
  }

  /** The connection is gone: nobody can be linked over it any more. */
  end(): void {
    this.#linked.reject(new Error('The device went away before it was linked.'));
  }

  #succeed(phone: Phone, index: number, secret: Uint8Array): void {
    const timestamp = Math.floor(Date.now() / 1000);
    const identity = { rawId: 1, timestamp, keyIndex: index, accountType: 0, deviceType: 0 };
    const details = proto.ADVDeviceIdentity.encode(identity).finish();
    const said = Buffer.concat([WA_ADV_ACCOUNT_SIG_PREFIX, details, this.#keys.identity]);
    const signed = proto.ADVSignedDeviceIdentity.encode({
      details,
      accountSignatureKey: phone.identity.public,
      accountSignature: Curve.sign(phone.identity.private, said),
    }).finish();
    const sealed = proto.ADVSignedDeviceIdentityHMAC.encode({ details: signed, hmac: hmacSign(signed, secret) });
    this.#offer = { phone, index, details };
    const device = { jid: phoneAddress(phone.number, index), lid: hiddenAddress(phone.lid, index) };
    const success = node('pair-success', {}, [
      node('device-identity', {}, sealed.finish()),
      node('device', device),
      node('platform', { name: 'android' }),
    ]);
    this.#line.send(
      node('iq', { from: server, type: 'set', id: 'pair-success', xmlns: 'md', t: seconds() }, [success]),
    );
  }
}

/** The proof of a device that it is linked, if a stanza is one. */
export function proofIn(stanza: BinaryNode): BinaryNode | undefined {
  const { content } = stanza;
  return Array.isArray(content) && content[0]?.tag === 'pair-device-sign'
    ? childOf(stanza, 'pair-device-sign')
    : undefined;
}

function partsOf(qr: string): string[] {
  return qr.slice(qr.indexOf('#') + 1).split(',');
}

async function wrappedUnder(code: string, { public: key }: KeyPair): Promise<Buffer> {
  const salt = randomBytes(saltEnd);
  const counter = randomBytes(counterEnd - saltEnd);
  return Buffer.concat([salt, counter, aesEncryptCTR(key, await derivePairingCodeKey(code, salt), counter)]);
}
