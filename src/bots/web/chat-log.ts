import type { ConversationId } from '../../core/inbound.ts';
import { minute } from '../../core/time.ts';
import type { Clearing } from './event.ts';

/** What a chat shows is forgotten when the member has not written for this long, as their session is. */
export const idleExpiry = 15 * minute;

/** Characters of what one chat shows, as they are kept: some hundred messages, of which the newest stay. */
export const logCap = 96 * 1_024;

/** How far something has come in what a chat shows. */
export interface Position {
  /** Names the chat from its beginning until it is forgotten; then it begins anew under another name. */
  readonly life: string;
  /** How often the chat had been cleared. */
  readonly clearings: number;
  /** The number of the last entry; they count on when the chat is cleared. */
  readonly number: number;
}

/** The run of a chat: from when it begins, or is cleared, until it is cleared or forgotten. */
export function runOf({ life, clearings }: Position): string {
  return `${life}.${clearings}`;
}

/** Something that a chat has shown. */
export interface Entry {
  readonly number: number;
  readonly key: string;
  /** Empty when it was cleared. */
  readonly text: string;
}

/** Something more that a chat shows. */
export interface Addition {
  /** Names it for good, without a line break: what has a key that is there already is there already. */
  readonly key: string;
  /** Empty when there is nothing to show. */
  readonly text: string;
  /** True when it is the member's: the chat is kept for {@link idleExpiry} from now. */
  readonly byMember?: boolean;
  /** The key of what it answers. If that is still held, it is shown first. */
  readonly answers?: string;
  /** All that was shown before goes, for this reason: only the keys are remembered. */
  readonly clears?: Clearing;
}

/** What a chat shows after some position; its own position is where it ends. */
export interface Shown extends Position {
  /** Why the chat was cleared last. */
  readonly reason: Clearing;
  /** In their order. */
  readonly entries: readonly Entry[];
}

/**
 * What every chat on the web shows, in order, for all processes that serve it. The texts say nothing to the log. A chat
 * begins when somebody asks for it. All of it rejects when the log does not answer; what was asked may be done all the
 * same, and doing it again changes nothing. `tests/contracts/chat-log.ts` says the promises one by one.
 */
export interface ChatLog {
  /**
   * Keeps what a member sent until it is known whether it was taken: then it is to be added or dropped. It is not shown
   * before that, unless an answer shows that it was taken.
   */
  hold(conversation: ConversationId, key: string, text: string): Promise<void>;
  drop(conversation: ConversationId, key: string): Promise<void>;
  /** Resolves when it is as safe as the log is, to where the chat is then. */
  add(conversation: ConversationId, addition: Addition): Promise<Position>;
  /** What came after a position; everything when this chat has never been there. */
  read(conversation: ConversationId, after: Position | null): Promise<Shown>;
  /** `tell` is called soon after each addition, by whomever; seldom, one goes unheard. Returns what ends it. */
  watch(conversation: ConversationId, tell: () => void): () => void;
  close(): Promise<void>;
}

/** Who wants to hear of which chat. */
export class Watchers {
  readonly #watchers = new Map<string, Set<() => void>>();

  watch(conversation: string, tell: () => void): () => void {
    const watchers = this.#watchers.get(conversation) ?? new Set();
    this.#watchers.set(conversation, watchers.add(tell));
    return () => {
      watchers.delete(tell);
      if (watchers.size === 0) this.#watchers.delete(conversation);
    };
  }

  has(conversation: string): boolean {
    return this.#watchers.has(conversation);
  }

  tell(conversation: string): void {
    for (const tell of this.#watchers.get(conversation) ?? []) tell();
  }

  tellAll(): void {
    for (const conversation of this.#watchers.keys()) this.tell(conversation);
  }
}
