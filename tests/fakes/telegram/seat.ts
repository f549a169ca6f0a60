import type { Contact, Message, MessageEntity, MessageOrigin, User } from 'grammy/types';
import type { Account } from './account.ts';
import type { TapAnswer } from './callback-queries.ts';
import { type ChatMessage, type ChatRoom, type Content, replied, seconds } from './chat-room.ts';
import { fileFields, type StoredFile } from './files.ts';
import { longestText } from './formatted-text.ts';
import { foundEntities } from './found-entities.ts';
import { LiveLocation } from './live-location.ts';
import { heardBy } from './privacy.ts';
import type { SeenMessage } from './seen-message.ts';

/** What a person sent, and the number of the update that tells the bot; null when the bot is not told. */
export interface Act {
  readonly message: ChatMessage;
  readonly updateId: number | null;
}

/** A tap on a button. */
export interface Tap {
  /** Id of the callback query. */
  readonly id: string;
  readonly updateId: number | null;
  /** Resolves when the bot answers the tap. */
  readonly answered: Promise<TapAnswer>;
}

/** Whom a forwarded message comes from; without an id, someone who hides theirs. */
export interface ForwardedFrom {
  readonly firstName: string;
  readonly id?: number;
}

/** What can go with anything that is sent. */
export interface Extras {
  /** Id of the message that this answers. */
  readonly replyTo?: number;
  readonly forwardedFrom?: ForwardedFrom;
}

/** A file that a person sends, with words under it. */
export interface SentFile extends Extras {
  readonly bytes?: Buffer;
  readonly caption?: string;
}

/** One person in one chat, and all that they can do there. What they do reaches the bot as updates only. */
export class Seat {
  readonly user: User;
  readonly room: ChatRoom;
  protected readonly account: Account;

  constructor(user: User, room: ChatRoom, account: Account) {
    this.user = user;
    this.room = room;
    this.account = account;
  }

  /** Writes a message; apps send longer texts in parts, so a longer one is a mistake of the test. */
  say(text: string, extras: Extras = {}): Act {
    return this.#send(words(text), extras);
  }

  /** Changes what this person wrote. */
  edit(messageId: number, text: string): Act {
    const message = this.room.find(messageId);
    if (message === undefined || message.from.id !== this.user.id) {
      throw new Error(`Message ${messageId} is not there, or not of this person.`);
    }
    const written = words(text);
    return this.#change(message, { entities: [], ...written });
  }

  /** Deletes what this person wrote: bots are not told. */
  remove(messageId: number): void {
    this.room.remove(messageId);
  }

  /** Taps the button with this label or callback data, as it was seen: also when message or button are gone by now. */
  tap(seen: SeenMessage, button: string): Tap {
    const buttons = seen.buttons.flat();
    const found = buttons.find(({ label, data }) => label === button || data === button);
    if (found === undefined) {
      const labels = buttons.map(({ label }) => label).join(', ');
      throw new Error(`The message has no button "${button}"; it has: ${labels === '' ? 'none' : labels}.`);
    }
    if (found.data === null) throw new Error(`The button "${button}" opens something and tells the bot nothing.`);
    const { id, answered } = this.account.taps.ask(this.user.id);
    const { chat } = this.room;
    const message = this.room.find(seen.messageId) ?? { chat, message_id: seen.messageId, date: 0 as const };
    const query = { id, from: this.user, message, chat_instance: `${chat.id}`, data: found.data };
    // Telegram keeps taps in order by person, apart from the order of messages.
    return { id, updateId: this.account.queue.push({ callback_query: query }, `tap ${this.user.id}`), answered };
  }

  location(latitude: number, longitude: number, extras: Extras = {}): Act {
    return this.#send({ location: { latitude, longitude } }, extras);
  }

  /** Shares where this person is for so many seconds. */
  liveLocation(latitude: number, longitude: number, period = 900): LiveLocation {
    const act = this.#send({ location: { latitude, longitude, live_period: period } }, {});
    return new LiveLocation(act, (message, location) => this.#change(message, { location }));
  }

  /** Sends a contact: this person's own, unless it says whose. */
  contact(phone: string, of: ForwardedFrom = this.#own(), extras: Extras = {}): Act {
    const contact: Contact = {
      phone_number: phone,
      first_name: of.firstName,
      ...(of.id === undefined ? {} : { user_id: of.id }),
    };
    return this.#send({ contact }, extras);
  }

  /** Forwards a contact that someone else sent. */
  forwardContact(phone: string, of: ForwardedFrom, from: ForwardedFrom): Act {
    return this.contact(phone, of, { forwardedFrom: from });
  }

  photo({ bytes = Buffer.from('ffd8ffd9', 'hex'), caption, ...extras }: SentFile = {}): Act {
    const file = this.#keep('photos', 'photo.jpg', 'image/jpeg', bytes);
    return this.#send({ photo: [{ ...fileFields(file), width: 1_280, height: 960 }], ...captioned(caption) }, extras);
  }

  document(name: string, type: string, { bytes = Buffer.from('document'), caption, ...extras }: SentFile = {}): Act {
    const file = this.#keep('documents', name, type, bytes);
    return this.#send(
      { document: { ...fileFields(file), file_name: name, mime_type: type }, ...captioned(caption) },
      extras,
    );
  }

  voice({ bytes = Buffer.from('OggS'), caption, ...extras }: SentFile = {}): Act {
    const file = this.#keep('voice', 'voice.oga', 'audio/ogg', bytes);
    return this.#send(
      { voice: { ...fileFields(file), duration: 3, mime_type: 'audio/ogg' }, ...captioned(caption) },
      extras,
    );
  }

  video({ bytes = Buffer.from('ftyp'), caption, ...extras }: SentFile = {}): Act {
    const file = this.#keep('videos', 'video.mp4', 'video/mp4', bytes);
    const video = { ...fileFields(file), width: 720, height: 1_280, duration: 3, mime_type: 'video/mp4' };
    return this.#send({ video, ...captioned(caption) }, extras);
  }

  /** Throws a die: a kind of message that says nothing to most bots. */
  dice(value = 6, extras: Extras = {}): Act {
    return this.#send({ dice: { emoji: '🎲', value } }, extras);
  }

  sticker(emoji = '👍', extras: Extras = {}): Act {
    const file = this.#keep('stickers', 'sticker.webp', 'image/webp', Buffer.from('RIFF'));
    const look = { type: 'regular', width: 512, height: 512, is_animated: false, is_video: false } as const;
    return this.#send({ sticker: { ...fileFields(file), ...look, emoji } }, extras);
  }

  #keep(folder: string, name: string, type: string, bytes: Buffer): StoredFile {
    return this.account.files.add(folder, { name, type, bytes });
  }

  #own(): ForwardedFrom {
    return { firstName: this.user.first_name, id: this.user.id };
  }

  #send(content: Content, { replyTo, forwardedFrom }: Extras): Act {
    if (this.room.blocked) throw new Error('This person has blocked the bot, and can write only after unblocking it.');
    const answered = replyTo === undefined ? undefined : this.room.find(replyTo);
    if (replyTo !== undefined && answered === undefined) throw new Error(`There is no message ${replyTo} to answer.`);
    const message = this.room.post(this.user, {
      ...content,
      ...(answered === undefined ? {} : { reply_to_message: replied(answered) }),
      ...(forwardedFrom === undefined ? {} : { forward_origin: this.#origin(forwardedFrom) }),
    });
    const updateId = this.#isHeard(message) ? this.account.queue.push({ message }, this.#lane()) : null;
    return { message, updateId };
  }

  #change(message: Message, content: Content): Act {
    const now = this.room.find(message.message_id);
    if (now === undefined) throw new Error(`Message ${message.message_id} is not there any more.`);
    const edited = this.room.edit(now, content, null);
    const updateId = this.#isHeard(edited) ? this.account.queue.push({ edited_message: edited }, this.#lane()) : null;
    return { message: edited, updateId };
  }

  #isHeard(message: ChatMessage): boolean {
    return this.room.isPrivate || heardBy(this.account.me, message);
  }

  #lane(): string {
    return `chat ${this.room.chat.id}`;
  }

  #origin({ firstName, id }: ForwardedFrom): MessageOrigin {
    const date = seconds(this.account.now());
    return id === undefined
      ? { type: 'hidden_user', sender_user_name: firstName, date }
      : { type: 'user', sender_user: { id, is_bot: false, first_name: firstName }, date };
  }
}

function words(text: string): { text: string; entities?: MessageEntity[] } {
  if (text.trim() === '' || text.length > longestText) {
    throw new Error(`Apps send no text of ${text.length} units in one message.`);
  }
  const entities = foundEntities(text, []);
  return { text, ...(entities.length === 0 ? {} : { entities }) };
}

const captioned = (caption: string | undefined): Content => (caption === undefined ? {} : { caption });
