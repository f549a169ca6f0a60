import type { ConversationId } from '../../core/inbound.ts';
import type { Clock, Random } from '../../core/services.ts';
import { minute } from '../../core/time.ts';
import { Chat } from './chat.ts';
import type { Clearing } from './event.ts';

/** What a chat shows is forgotten when the member has not written for this long, as their session is. */
const idleExpiry = 15 * minute;

/** Chats that are remembered at a time. */
const chatCap = 4_000;

/** All chats on the web, in memory: what is lost with them is only what a page would show again after a reload. */
export class Chats {
  readonly #clock: Clock;
  readonly #random: Random;
  /** By id, in the order in which members last wrote. */
  readonly #chats = new Map<string, Chat>();
  readonly #byConversation = new Map<ConversationId, Chat>();

  constructor(clock: Clock, random: Random) {
    this.#clock = clock;
    this.#random = random;
  }

  /**
   * The chat with this id, begun where it is new. Where there are too many, the one that nobody looks at and in which
   * nobody has written for longest makes room; null when every one of them is being looked at.
   */
  open(id: string, conversation: ConversationId): Chat | null {
    this.#forgetIdle();
    const known = this.#chats.get(id);
    if (known !== undefined) return known;
    if (this.#chats.size >= chatCap && !this.#makeRoom()) return null;
    const chat = new Chat(conversation, this.#random.id(), this.#clock.now());
    this.#chats.set(id, chat);
    this.#byConversation.set(conversation, chat);
    return chat;
  }

  /** The same, when the member writes. */
  openToWrite(id: string, conversation: ConversationId): Chat | null {
    const chat = this.open(id, conversation);
    if (chat === null) return null;
    chat.writtenAt = this.#clock.now();
    this.#chats.delete(id);
    this.#chats.set(id, chat);
    return chat;
  }

  find(conversation: ConversationId): Chat | null {
    return this.#byConversation.get(conversation) ?? null;
  }

  /** Forgets a chat, here and in its tabs. */
  close(id: string, reason: Clearing): void {
    const chat = this.#chats.get(id);
    if (chat === undefined) return;
    this.#chats.delete(id);
    this.#byConversation.delete(chat.conversation);
    chat.close(reason);
  }

  /** Keeps connections alive and forgets what is idle: to be called every few seconds. */
  beat(): void {
    this.#forgetIdle();
    for (const chat of this.#chats.values()) chat.beat();
  }

  /** Lets every tab go. */
  release(): void {
    for (const chat of this.#chats.values()) chat.release();
  }

  #forgetIdle(): void {
    const now = this.#clock.now();
    for (const [id, chat] of this.#chats) {
      if (now - chat.writtenAt < idleExpiry) return;
      this.close(id, 'idle');
    }
  }

  #makeRoom(): boolean {
    for (const [id, chat] of this.#chats) {
      if (chat.watched) continue;
      this.close(id, 'idle');
      return true;
    }
    return false;
  }
}
