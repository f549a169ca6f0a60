import type { Brand } from './brand.ts';
import type { Phone } from './jamsostek/phone.ts';
import type { Language } from './language.ts';
import type { Instant } from './time.ts';

/** One conversation: an id of ours (128 bits, opaque), made from channel, chat and sender. It says nothing about them. */
export type ConversationId = Brand<string, 'ConversationId'>;

/** Where a conversation takes place, in the platform's own terms; all of it is needed to be sure who is speaking. */
export interface Address {
  /** The bot's name: `terminal`, `web`, `telegram` … */
  readonly channel: string;
  /** The platform's id of the chat. */
  readonly chat: string;
  /** The platform's id of the person who wrote; the same as `chat` where a chat has one member. */
  readonly sender: string;
}

export const mediaKinds = ['voice', 'photo', 'sticker', 'document', 'video', 'contact'] as const;
export type MediaKind = (typeof mediaKinds)[number];

/** What the member did. Anything a platform may bring that is none of these is `unsupported`. */
export type Content =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'choice'; readonly id: string }
  | { readonly kind: 'location'; readonly latitude: number; readonly longitude: number }
  | { readonly kind: 'media'; readonly media: MediaKind }
  /** A message that was there already and has been changed: what it says now is never taken for an answer. */
  | { readonly kind: 'edited' }
  | { readonly kind: 'unsupported' };

/** How an inbound stands to now, and to the others of its conversation. */
export interface Lateness {
  /** When it was written, by the platform's word, or else when it was accepted. */
  readonly writtenAt: Instant;
  /** Inbounds that wait behind it. */
  readonly behind: number;
}

/** One thing a member did, as every bot reports it. */
export interface Inbound {
  /** The platform's id of the event, unique within its chat: the same event delivered twice has the same id. */
  readonly id: string;
  readonly conversation: ConversationId;
  readonly from: Address;
  readonly content: Content;
  /** When the member wrote it, where the platform says so. */
  readonly writtenAt?: Instant;
  /** False in groups, where nothing personal is ever said. */
  readonly private: boolean;
  /** The network address a web page's member comes from, where there is one; limits are kept for it. */
  readonly source?: string;
  /** True for a person at the program's own terminal, who cannot flood anyone else: the flood limit does not apply. */
  readonly local?: boolean;
  /**
   * The number that it came from, on a channel where nothing else says who writes, and where texts are short (SMS). Data
   * is opened there only where it is the number on file, and answers are told in few words.
   */
  readonly phone?: Phone;
  /** The language that the platform says the member uses, for a first message that does not tell. */
  readonly languageHint?: Language;
}
