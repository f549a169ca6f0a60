import type { ConversationId } from '../../core/inbound.ts';
import type { Clock, Random } from '../../core/services.ts';
import type { Instant } from '../../core/time.ts';
import { type Addition, type ChatLog, type Entry, idleExpiry, logCap, type Position, Watchers } from './chat-log.ts';
import type { Clearing } from './event.ts';

/** Chats that are remembered at a time. */
const chatCap = 4_000;

/** The log of a single process: what is lost with it is only what a page would show again after a reload. */
export function memoryChatLog(services: { readonly clock: Clock; readonly random: Random }): ChatLog {
  const { clock, random } = services;
  const watchers = new Watchers();
  /** In the order in which members last wrote. */
  const chats = new Map<ConversationId, Chat>();

  const forget = (conversation: ConversationId): void => {
    chats.delete(conversation);
    watchers.tell(conversation);
  };

  const forgetIdle = (now: Instant): void => {
    for (const [conversation, { writtenAt }] of chats) {
      if (now - writtenAt < idleExpiry) return;
      forget(conversation);
    }
  };

  /** The one that nobody looks at and in which nobody has written for longest makes room. */
  const makeRoom = (): void => {
    const unwatched = chats.keys().find((conversation) => !watchers.has(conversation));
    if (unwatched === undefined) throw new Error('Too many chats are open');
    forget(unwatched);
  };

  const chatAt = (conversation: ConversationId): Chat => {
    const now = clock.now();
    forgetIdle(now);
    const known = chats.get(conversation);
    if (known !== undefined) return known;
    if (chats.size >= chatCap) makeRoom();
    const chat = new Chat(random.id(), now);
    chats.set(conversation, chat);
    return chat;
  };

  return {
    async hold(conversation, key, text) {
      chatAt(conversation).hold(key, text);
    },
    async drop(conversation, key) {
      chatAt(conversation).held.delete(key);
    },
    async add(conversation, addition) {
      const chat = chatAt(conversation);
      if (addition.byMember === true || addition.clears !== undefined) {
        chat.writtenAt = clock.now();
        chats.delete(conversation);
        chats.set(conversation, chat);
      }
      if (chat.add(addition)) watchers.tell(conversation);
      return chat.position;
    },
    async read(conversation, after) {
      const chat = chatAt(conversation);
      return { ...chat.position, reason: chat.reason, entries: chat.after(after) };
    },
    watch: (conversation, tell) => watchers.watch(conversation, tell),
    async close() {},
  };
}

/** What one chat shows. */
class Chat {
  readonly held = new Map<string, string>();
  reason: Clearing = 'idle';
  /** When the member last wrote, or when it began. */
  writtenAt: Instant;
  readonly #life: string;
  readonly #keys = new Set<string>();
  #entries: Entry[] = [];
  #size = 0;
  #last = 0;
  #clearings = 0;

  constructor(life: string, now: Instant) {
    this.#life = life;
    this.writtenAt = now;
  }

  get position(): Position {
    return { life: this.#life, clearings: this.#clearings, number: this.#last };
  }

  hold(key: string, text: string): void {
    if (!this.#keys.has(key)) this.held.set(key, text);
  }

  /** False when it is there already. */
  add({ key, text, answers, clears }: Addition): boolean {
    if (this.#keys.has(key)) return false;
    const answered = answers === undefined ? undefined : this.held.get(answers);
    if (answers !== undefined && answered !== undefined) this.#put(answers, answered);
    if (clears !== undefined) this.#clear(clears);
    this.#put(key, text);
    while (this.#size > logCap && this.#entries.length > 1) this.#dropFirst();
    return true;
  }

  after(position: Position | null): readonly Entry[] {
    const been = position?.life === this.#life && position.number <= this.#last ? position.number : 0;
    return this.#entries.filter(({ number }) => number > been);
  }

  #put(key: string, text: string): void {
    this.held.delete(key);
    this.#last += 1;
    this.#keys.add(key);
    this.#entries.push({ number: this.#last, key, text });
    this.#size += key.length + text.length;
  }

  #clear(reason: Clearing): void {
    this.#clearings += 1;
    this.reason = reason;
    this.#entries = this.#entries.map((entry) => ({ ...entry, text: '' }));
    this.#size = this.#entries.reduce((sum, { key }) => sum + key.length, 0);
  }

  #dropFirst(): void {
    const first = this.#entries.shift();
    if (first === undefined) return;
    this.#keys.delete(first.key);
    this.#size -= first.key.length + first.text.length;
  }
}
