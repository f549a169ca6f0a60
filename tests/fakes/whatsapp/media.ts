import { createCipheriv, createDecipheriv, createHash, createHmac, randomBytes } from 'node:crypto';
import { getMediaKeys } from '@whiskeysockets/baileys';

/** What kind of file: each is encrypted under keys of its own kind. */
export type MediaKind = 'image' | 'document' | 'audio' | 'video' | 'sticker';

/** What a message says about its file. */
export interface MediaFields {
  readonly url: string;
  readonly directPath: string;
  readonly mediaKey: Uint8Array;
  readonly fileSha256: Uint8Array;
  readonly fileEncSha256: Uint8Array;
  readonly fileLength: number;
}

/** The same, as it is read from a message. */
export interface MediaReference {
  readonly directPath?: string | null;
  readonly mediaKey?: Uint8Array | null;
  readonly fileSha256?: Uint8Array | null;
}

/** Where a link leads when no media server runs: to a port where nobody listens. */
const nowhere = '127.0.0.1:1';
/** How much of the signature stands behind the encrypted bytes. */
const signatureLength = 10;

/** Files as the platform keeps them: encrypted, by their path. Only a message says how to read one. */
export class MediaStore {
  /** `host:port` of the server that gives them out. */
  host: string | undefined;
  readonly #files = new Map<string, Buffer>();

  put(path: string, encrypted: Buffer): void {
    this.#files.set(path, encrypted);
  }

  get(path: string): Buffer | undefined {
    return this.#files.get(path);
  }

  urlOf(path: string): string {
    return `https://${this.host ?? nowhere}${path}`;
  }

  /** Encrypts a file and keeps it, as a phone does before it sends the message. */
  async upload(bytes: Uint8Array, kind: MediaKind): Promise<MediaFields> {
    const mediaKey = randomBytes(32);
    const { iv, cipherKey, signature } = await keysOf(mediaKey, kind);
    const cipher = createCipheriv('aes-256-cbc', cipherKey, iv);
    const encrypted = Buffer.concat([cipher.update(bytes), cipher.final()]);
    const file = Buffer.concat([encrypted, signature(encrypted)]);
    const fileEncSha256 = sha256(file);
    const directPath = `/v/${fileEncSha256.toString('base64url')}`;
    this.put(directPath, file);
    const fileSha256 = sha256(bytes);
    return { url: this.urlOf(directPath), directPath, mediaKey, fileSha256, fileEncSha256, fileLength: bytes.length };
  }

  /** The file of a message; undefined when it is not kept here. Throws when it is not what the message says. */
  async download({ directPath, mediaKey, fileSha256 }: MediaReference, kind: MediaKind): Promise<Buffer | undefined> {
    const file = this.#files.get(directPath ?? '');
    if (!file || !mediaKey) return undefined;
    const { iv, cipherKey, signature } = await keysOf(mediaKey, kind);
    const encrypted = file.subarray(0, -signatureLength);
    if (!signature(encrypted).equals(file.subarray(-signatureLength))) throw new Error('The file is damaged.');
    const decipher = createDecipheriv('aes-256-cbc', cipherKey, iv);
    const bytes = Buffer.concat([decipher.update(encrypted), decipher.final()]);
    if (!sha256(bytes).equals(fileSha256 ?? Buffer.alloc(0))) throw new Error('The file is not the one that was sent.');
    return bytes;
  }
}

async function keysOf(mediaKey: Uint8Array, kind: MediaKind) {
  const { iv, cipherKey, macKey } = await getMediaKeys(mediaKey, kind);
  if (!macKey) throw new Error('A media key gives three keys.');
  const signature = (encrypted: Uint8Array) =>
    createHmac('sha256', macKey).update(iv).update(encrypted).digest().subarray(0, signatureLength);
  return { iv, cipherKey, signature };
}

function sha256(bytes: Uint8Array): Buffer {
  return createHash('sha256').update(bytes).digest();
}
