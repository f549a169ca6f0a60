import { normalizeMessageContent, proto } from '@whiskeysockets/baileys';
import type { MediaKind, MediaStore } from './media.ts';

const { Type } = proto.Message.ProtocolMessage;
const defaultLimit = 15_000;

/** A file that came with a message. */
export interface ReceivedFile {
  readonly kind: MediaKind;
  readonly mimetype: string;
  readonly fileName: string | null;
  /** Null when the platform keeps no file under the message's link. */
  readonly bytes: Buffer | null;
}

/** A message from the assistant as it stands in a person's chat now. */
export interface Received {
  readonly id: string;
  /** When it came first, in milliseconds since 1970. */
  readonly at: number;
  /** The address that the assistant wrote to. */
  readonly to: string;
  /** The words of it, or under its file or poll; an edit puts others in their place. */
  readonly text: string | null;
  readonly location: {
    readonly latitude: number;
    readonly longitude: number;
    readonly name: string;
    readonly address: string;
  } | null;
  readonly file: ReceivedFile | null;
  /** The card of a contact. */
  readonly contact: string | null;
  /** What a poll can be answered with. */
  readonly options: readonly string[];
  /** The id of the message that it answers. */
  readonly quotes: string | null;
  /** What it said before it was edited, the oldest first. */
  readonly edits: readonly string[];
  readonly deleted: boolean;
  /** How often it arrived. A phone shows it once. */
  readonly copies: number;
  /** All of it. */
  readonly message: proto.IMessage;
}

/** An emoji that the assistant put on a message. */
export interface Reaction {
  readonly id: string;
  readonly emoji: string;
}

interface Taker {
  readonly take: (received: Received) => void;
}

/** What arrived at a person from the assistant. */
export class Inbox {
  readonly #media: MediaStore;
  readonly #received: Received[] = [];
  readonly reactions: Reaction[] = [];
  /** How many were given out by {@link next}. */
  #taken = 0;
  #takers: readonly Taker[] = [];

  constructor(media: MediaStore) {
    this.#media = media;
  }

  /** All messages, in the order in which they came, as they stand now. */
  read(): readonly Received[] {
    return [...this.#received];
  }

  find(id: string): Received | undefined {
    return this.#received.find((received) => received.id === id);
  }

  /**
   * The next message that was not given out yet, be it there or to come. Rejects after `limit` milliseconds.
   */
  next(limit = defaultLimit): Promise<Received> {
    const there = this.#received[this.#taken];
    if (there && this.#takers.length === 0) {
      this.#taken += 1;
      return Promise.resolve(there);
    }
    const { promise, resolve, reject } = Promise.withResolvers<Received>();
    const taker: Taker = {
      take: (received) => {
        clearTimeout(timer);
        resolve(received);
      },
    };
    const timer = setTimeout(() => {
      this.#takers = this.#takers.filter((other) => other !== taker);
      const last = this.#received.at(-1)?.text ?? 'nothing';
      reject(
        new Error(`No further message came within ${limit} ms. The last one of ${this.#received.length} was: ${last}`),
      );
    }, limit);
    this.#takers = [...this.#takers, taker];
    return promise;
  }

  /** Takes a message, or a change to one, as a phone does. */
  async take(id: string, to: string, message: proto.IMessage): Promise<void> {
    const content = normalizeMessageContent(message) ?? {};
    const { protocolMessage, reactionMessage } = content;
    const about = protocolMessage?.key?.id ?? '';
    if (protocolMessage?.type === Type.MESSAGE_EDIT) {
      const text = wordsOf(normalizeMessageContent(protocolMessage.editedMessage) ?? {});
      return this.#change(about, (old) => ({ text, edits: [...old.edits, old.text ?? ''] }));
    }
    if (protocolMessage?.type === Type.REVOKE) return this.#change(about, () => ({ deleted: true }));
    if (protocolMessage) return;
    if (reactionMessage) {
      this.reactions.push({ id: reactionMessage.key?.id ?? '', emoji: reactionMessage.text ?? '' });
      return;
    }
    if (this.find(id)) return this.#change(id, ({ copies }) => ({ copies: copies + 1 }));
    this.#add({
      id,
      at: Date.now(),
      to,
      text: wordsOf(content),
      location: placeOf(content),
      file: await this.#fileOf(content),
      contact: content.contactMessage?.vcard ?? null,
      options: pollOf(content)?.options?.flatMap(({ optionName }) => optionName ?? []) ?? [],
      quotes: content.extendedTextMessage?.contextInfo?.stanzaId ?? null,
      edits: [],
      deleted: false,
      copies: 1,
      message,
    });
  }

  #add(received: Received): void {
    this.#received.push(received);
    const [first, ...others] = this.#takers;
    if (!first) return;
    this.#takers = others;
    this.#taken += 1;
    first.take(received);
  }

  #change(id: string, change: (old: Received) => Partial<Received>): void {
    const at = this.#received.findIndex((received) => received.id === id);
    const old = this.#received[at];
    if (old) this.#received[at] = { ...old, ...change(old) };
  }

  async #fileOf(content: proto.IMessage): Promise<ReceivedFile | null> {
    const found = fileOf(content);
    if (!found) return null;
    const [kind, file] = found;
    const bytes = (await this.#media.download(file, kind)) ?? null;
    return { kind, mimetype: file.mimetype ?? '', fileName: content.documentMessage?.fileName ?? null, bytes };
  }
}

type FileMessage = { mimetype?: string | null } & Parameters<MediaStore['download']>[0];

function fileOf(content: proto.IMessage): readonly [MediaKind, FileMessage] | undefined {
  const { imageMessage, documentMessage, videoMessage, audioMessage, stickerMessage } = content;
  if (imageMessage) return ['image', imageMessage];
  if (documentMessage) return ['document', documentMessage];
  if (videoMessage) return ['video', videoMessage];
  if (audioMessage) return ['audio', audioMessage];
  return stickerMessage ? ['sticker', stickerMessage] : undefined;
}

function pollOf(content: proto.IMessage): proto.Message.IPollCreationMessage | null | undefined {
  return content.pollCreationMessage ?? content.pollCreationMessageV2 ?? content.pollCreationMessageV3;
}

function wordsOf(content: proto.IMessage): string | null {
  const { conversation, extendedTextMessage, imageMessage, videoMessage, documentMessage } = content;
  const captions = [imageMessage?.caption, videoMessage?.caption, documentMessage?.caption, pollOf(content)?.name];
  return [conversation, extendedTextMessage?.text, ...captions].find((text) => typeof text === 'string') ?? null;
}

function placeOf({ locationMessage }: proto.IMessage): Received['location'] {
  if (!locationMessage) return null;
  const { degreesLatitude, degreesLongitude, name, address } = locationMessage;
  return { latitude: degreesLatitude ?? 0, longitude: degreesLongitude ?? 0, name: name ?? '', address: address ?? '' };
}
