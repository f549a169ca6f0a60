import type { Chat, Message, Update, User } from 'grammy/types';
import { z } from 'zod';
import type { Markup, ReplyKeyboard } from './keyboards.ts';

/** A message as it stands in a chat; never changed in place, an edit puts another in its stead. */
export type ChatMessage = Message & Update.NonChannel;
/** What a message says, besides who sent it where and when. */
export type Content = Omit<Partial<Message>, 'message_id' | 'from' | 'chat' | 'date'>;
/** Where a bot can be: beside one person, or in a group. */
export type RoomChat = Chat.PrivateChat | Chat.GroupChat | Chat.SupergroupChat;

/** What the bot was shown to be doing. */
export interface ChatAction {
  readonly action: string;
  /** In milliseconds since 1970. */
  readonly at: number;
}

/** One chat of a bot: its messages in order, under ids that are counted in this chat alone. */
export class ChatRoom {
  readonly chat: RoomChat;
  readonly actions: ChatAction[] = [];
  /** True while the person of this private chat has blocked the bot. */
  blocked = false;
  /** The keyboard that stands in place of the person's letters. */
  keyboard: ReplyKeyboard | null = null;
  readonly #now: () => number;
  readonly #messages = new Map<number, ChatMessage>();
  readonly #markups = new Map<number, Markup>();
  readonly #listeners: ((message: ChatMessage) => void)[] = [];
  #lastId = 0;

  constructor(chat: RoomChat, now: () => number) {
    this.chat = chat;
    this.#now = now;
  }

  get isPrivate(): boolean {
    return this.chat.type === 'private';
  }

  get messages(): readonly ChatMessage[] {
    return [...this.#messages.values()];
  }

  /** Every message that comes from now on. */
  onPost(listener: (message: ChatMessage) => void): void {
    this.#listeners.push(listener);
  }

  post(from: User, content: Content, markup: Markup | null = null): ChatMessage {
    this.#lastId += 1;
    const message: ChatMessage = {
      message_id: this.#lastId,
      from,
      chat: this.chat,
      date: seconds(this.#now()),
      ...content,
      ...inlineOf(markup),
    };
    this.#messages.set(message.message_id, message);
    if (markup !== null) this.#show(message.message_id, markup);
    for (const listener of this.#listeners) listener(message);
    return message;
  }

  find(id: number): ChatMessage | undefined {
    return this.#messages.get(id);
  }

  /** Every keyboard that came with a message: what is shown of it is for the person to say. */
  markupOf(id: number): Markup | null {
    return this.#markups.get(id) ?? null;
  }

  /** Puts a changed message in the place of this one. */
  edit(message: ChatMessage, content: Content, markup: Markup | null): ChatMessage & Update.Edited {
    const { reply_markup: _, ...rest } = message;
    const edited = { ...rest, ...content, ...inlineOf(markup), edit_date: seconds(this.#now()) };
    this.#messages.set(message.message_id, edited);
    if (markup === null) this.#markups.delete(message.message_id);
    else this.#markups.set(message.message_id, markup);
    return edited;
  }

  remove(id: number): void {
    this.#messages.delete(id);
    this.#markups.delete(id);
  }

  #show(id: number, markup: Markup): void {
    this.#markups.set(id, markup);
    if ('keyboard' in markup) this.keyboard = markup;
    if ('remove_keyboard' in markup) this.keyboard = null;
  }

  act(action: string): void {
    this.actions.push({ action, at: this.#now() });
  }
}

const inlineOf = (markup: Markup | null): Content =>
  markup !== null && 'inline_keyboard' in markup ? { reply_markup: markup } : {};

const repliedSchema = z.custom<NonNullable<Message['reply_to_message']>>();

/** A message as one that answers it holds it: without what it answers itself. */
export function replied(message: ChatMessage): NonNullable<Message['reply_to_message']> {
  const { reply_to_message: _, ...alone } = message;
  // No literal can have grammY's type: it asks for a property that is both missing and undefined.
  return repliedSchema.parse(alone);
}

/** Telegram's dates: whole seconds since 1970. */
export const seconds = (milliseconds: number): number => Math.floor(milliseconds / 1_000);
