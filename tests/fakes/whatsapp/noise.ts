import {
  aesDecryptGCM,
  aesEncryptGCM,
  type BinaryNode,
  Curve,
  decodeBinaryNode,
  encodeBinaryNode,
  hkdf,
  type KeyPair,
  NOISE_MODE,
  proto,
  sha256,
} from '@whiskeysockets/baileys';
import type { NoiseIdentity } from './noise-identity.ts';

const nothing = Buffer.alloc(0);
/** `WA`, 6, and the version of the dictionary: sent once, in front of the first frame. */
const introductionLength = 4;
/** A routing note may come before that: `ED`, two numbers, three bytes of length, the note. */
const routingMark = 'ED';
const routingHeaderLength = 7;
const lengthBytes = 3;

/** The server's side of a Noise XX handshake, and the encrypted frames after it. One for each connection. */
export class NoiseServer {
  readonly #identity: NoiseIdentity;
  #hash: Buffer = Buffer.from(NOISE_MODE);
  #salt: Buffer = this.#hash;
  #key: Buffer = this.#hash;
  #counter = 0;
  #unread: Buffer = nothing;
  #introduced = false;
  #ephemeral: KeyPair | undefined;
  #reads: Direction | undefined;
  #writes: Direction | undefined;

  constructor(identity: NoiseIdentity) {
    this.#identity = identity;
  }

  /** Takes bytes as they arrive and gives back the frames that are whole, still encrypted. */
  *frames(bytes: Uint8Array): Generator<Buffer> {
    this.#unread = Buffer.concat([this.#unread, bytes]);
    if (!this.#introduced) this.#readIntroduction();
    while (this.#unread.length >= lengthBytes) {
      const end = lengthBytes + this.#unread.readUIntBE(0, lengthBytes);
      if (this.#unread.length < end) return;
      const frame = this.#unread.subarray(lengthBytes, end);
      this.#unread = this.#unread.subarray(end);
      yield frame;
    }
  }

  /** Answers the client's first frame: who this server is, proved by its certificate. */
  welcome(frame: Buffer): Buffer {
    const opening = proto.HandshakeMessage.decode(frame).clientHello;
    if (!opening?.ephemeral) throw new Error('The first frame was no client hello.');
    const ephemeral = Curve.generateKeyPair();
    this.#ephemeral = ephemeral;
    this.#mix(opening.ephemeral);
    this.#mix(ephemeral.public);
    this.#mixKey(Curve.sharedKey(ephemeral.private, opening.ephemeral));
    const own = this.#encrypt(this.#identity.keys.public);
    this.#mixKey(Curve.sharedKey(this.#identity.keys.private, opening.ephemeral));
    const payload = this.#encrypt(this.#identity.certificate);
    const serverHello = { ephemeral: ephemeral.public, static: own, payload };
    return framed(proto.HandshakeMessage.encode({ serverHello }).finish());
  }

  /** Reads the client's second frame, which says who it is. From here on everything is encrypted stanzas. */
  login(frame: Buffer): proto.ClientPayload {
    const finish = proto.HandshakeMessage.decode(frame).clientFinish;
    if (!finish?.static || !finish.payload || !this.#ephemeral) throw new Error('The second frame was no finish.');
    const clientKey = this.#decrypt(finish.static);
    this.#mixKey(Curve.sharedKey(this.#ephemeral.private, clientKey));
    const payload = proto.ClientPayload.decode(this.#decrypt(finish.payload));
    const [theirs, ours] = this.#derive(nothing);
    this.#reads = new Direction(theirs);
    this.#writes = new Direction(ours);
    return payload;
  }

  seal(stanza: BinaryNode): Buffer {
    if (!this.#writes) throw new Error('Nothing can be said before the handshake is done.');
    return framed(aesEncryptGCM(encodeBinaryNode(stanza), this.#writes.key, this.#writes.next(), nothing));
  }

  open(frame: Buffer): Promise<BinaryNode> {
    if (!this.#reads) throw new Error('Nothing can be read before the handshake is done.');
    return decodeBinaryNode(aesDecryptGCM(frame, this.#reads.key, this.#reads.next(), nothing));
  }

  #readIntroduction(): void {
    if (this.#unread.subarray(0, 2).toString('latin1') === routingMark) {
      this.#unread = this.#unread.subarray(routingHeaderLength + this.#unread.readUIntBE(4, lengthBytes));
    }
    this.#mix(this.#unread.subarray(0, introductionLength));
    this.#unread = this.#unread.subarray(introductionLength);
    this.#introduced = true;
  }

  #mix(bytes: Uint8Array): void {
    this.#hash = sha256(Buffer.concat([this.#hash, bytes]));
  }

  #derive(input: Uint8Array): [Buffer, Buffer] {
    const both = Buffer.from(hkdf(Buffer.from(input), 64, { salt: this.#salt, info: '' }));
    return [both.subarray(0, 32), both.subarray(32)];
  }

  #mixKey(shared: Uint8Array): void {
    [this.#salt, this.#key] = this.#derive(shared);
    this.#counter = 0;
  }

  #encrypt(plain: Uint8Array): Buffer {
    const sealed = aesEncryptGCM(plain, this.#key, nonce(this.#counter++), this.#hash);
    this.#mix(sealed);
    return sealed;
  }

  #decrypt(sealed: Uint8Array): Buffer {
    const plain = aesDecryptGCM(sealed, this.#key, nonce(this.#counter++), this.#hash);
    this.#mix(sealed);
    return plain;
  }
}

/** One direction of a connection: its key, and the number of the next frame. */
class Direction {
  readonly key: Buffer;
  #sent = 0;

  constructor(key: Buffer) {
    this.key = key;
  }

  next(): Buffer {
    return nonce(this.#sent++);
  }
}

function nonce(count: number): Buffer {
  const bytes = Buffer.alloc(12);
  bytes.writeUInt32BE(count, 8);
  return bytes;
}

function framed(payload: Uint8Array): Buffer {
  const length = Buffer.alloc(lengthBytes);
  length.writeUIntBE(payload.length, 0, lengthBytes);
  return Buffer.concat([length, payload]);
}
