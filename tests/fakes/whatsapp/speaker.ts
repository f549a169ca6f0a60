import type { proto } from '@whiskeysockets/baileys';
import {
  buttonContent,
  type Context,
  contactContent,
  deleteContent,
  editContent,
  type FileContent,
  fileContent,
  liveLocationContent,
  locationContent,
  type Place,
  pollContent,
  reactionContent,
  rowContent,
  templateButtonContent,
  textContent,
  type Wrapping,
  wrapped,
} from './contents.ts';
import type { MediaStore } from './media.ts';
import type { Damage } from './voice.ts';

/** How something is said. */
export interface Manner {
  /** The id of the message that it answers, the speaker's own or the assistant's. */
  readonly quote?: string;
  readonly wrapping?: Wrapping;
  /** The addresses of those who are named in it, as groups know them. */
  readonly mentions?: readonly string[];
  /** Spoiled on its way, the first time that it is sent. */
  readonly damage?: Damage;
}

/** A message that a speaker can refer to. */
export interface Known {
  /** Which message it is, as its chat knows it. */
  readonly key: proto.IMessageKey;
  readonly content: proto.IMessage;
  /** Who said it. */
  readonly author: string;
}

/** Someone who says things to the assistant. Everything said gives back its id. */
export abstract class Speaker {
  readonly #media: MediaStore;
  #liveLocations = 0;

  protected constructor(media: MediaStore) {
    this.#media = media;
  }

  /** Sends any message, by the platform's way. */
  abstract send(content: proto.IMessage, damage?: Damage): Promise<string>;
  /** A message of this chat, to refer to. Throws when there is none with this id. */
  protected abstract known(id: string): Known;

  say(text: string, manner: Manner = {}): Promise<string> {
    return this.send(wrapped(textContent(text, this.#contextOf(manner)), manner.wrapping), manner.damage);
  }

  location(place: Place, manner: Manner = {}): Promise<string> {
    return this.send(wrapped(locationContent(place, this.#contextOf(manner)), manner.wrapping), manner.damage);
  }

  /** The first of a live location, or where it is now: each is a message of its own. */
  liveLocation(place: Place): Promise<string> {
    this.#liveLocations += 1;
    return this.send(liveLocationContent(place, this.#liveLocations));
  }

  image(bytes: Uint8Array, { caption, wrapping }: { caption?: string; wrapping?: Wrapping } = {}): Promise<string> {
    return this.#file(
      { kind: 'image', mimetype: 'image/jpeg', ...(caption !== undefined && { caption }) },
      bytes,
      wrapping,
    );
  }

  video(bytes: Uint8Array, { caption }: { caption?: string } = {}): Promise<string> {
    return this.#file({ kind: 'video', mimetype: 'video/mp4', ...(caption !== undefined && { caption }) }, bytes);
  }

  voice(bytes: Uint8Array): Promise<string> {
    return this.#file({ kind: 'audio', mimetype: 'audio/ogg; codecs=opus', voice: true }, bytes);
  }

  sticker(bytes: Uint8Array): Promise<string> {
    return this.#file({ kind: 'sticker', mimetype: 'image/webp' }, bytes);
  }

  document(bytes: Uint8Array, about: { fileName: string; mimetype?: string; caption?: string }): Promise<string> {
    return this.#file({ kind: 'document', mimetype: 'application/pdf', ...about }, bytes);
  }

  contact(name: string, phone: string): Promise<string> {
    return this.send(contactContent(name, phone));
  }

  poll(question: string, options: readonly string[]): Promise<string> {
    return this.send(pollContent(question, options));
  }

  pressButton(id: string, label: string): Promise<string> {
    return this.send(buttonContent(id, label));
  }

  pressTemplateButton(id: string, label: string): Promise<string> {
    return this.send(templateButtonContent(id, label));
  }

  chooseRow(id: string, title: string): Promise<string> {
    return this.send(rowContent(id, title));
  }

  /** Puts other words in place of something said. */
  edit(id: string, text: string): Promise<string> {
    return this.send(editContent(this.known(id).key, text));
  }

  /** Deletes something said, for everyone. */
  delete(id: string): Promise<string> {
    return this.send(deleteContent(this.known(id).key));
  }

  /** Puts an emoji on a message; an empty one takes it back. */
  react(id: string, emoji: string): Promise<string> {
    return this.send(reactionContent(this.known(id).key, emoji));
  }

  async #file(file: FileContent, bytes: Uint8Array, wrapping?: Wrapping): Promise<string> {
    return this.send(wrapped(fileContent(file, await this.#media.upload(bytes, file.kind)), wrapping));
  }

  #contextOf({ quote, mentions }: Manner): Context | undefined {
    const quoted = quote === undefined ? undefined : this.known(quote);
    if (!quoted && !mentions) return undefined;
    return {
      ...(quoted && { stanzaId: quoted.key.id ?? null, participant: quoted.author, quotedMessage: quoted.content }),
      ...(mentions && { mentionedJid: [...mentions] }),
    };
  }
}
