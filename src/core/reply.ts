import type { Address, ConversationId } from './inbound.ts';
import type { Phone } from './jamsostek/phone.ts';
import type { Language } from './language.ts';

/** One thing that a member can choose next. `id` stays the same in every language; `label` is in the member's. */
export interface Choice {
  readonly id: string;
  readonly label: string;
}

/** A place that a bot shows on a map where its platform can, as text elsewhere. */
export interface Place {
  readonly name: string;
  readonly address: string | null;
  readonly latitude: number;
  readonly longitude: number;
}

/** An image or a document that goes with a reply. */
export interface ReplyFile {
  readonly kind: 'image' | 'document';
  /** With its ending, and without anything personal in it. */
  readonly name: string;
  /** `image/png`, `application/pdf` … */
  readonly type: string;
  /** What is in it, as base64; it travels with the reply, so some hundred kilobytes at most. */
  readonly content: string;
  /** The same in words: for who cannot see it, and for channels that show no files. */
  readonly words: string;
}

/**
 * One answer, as data: each bot renders it by what its platform can do. `text` is plain text in the member's language,
 * with `\n` between lines and no platform's markup.
 */
export interface Reply {
  /** What the text is in, and what a bot that adds words of its own says them in. */
  readonly language: Language;
  readonly text: string;
  /** The same in a few words, for a channel of short texts, with what can be done next in it; where it has any. */
  readonly short?: string;
  readonly choices: readonly Choice[];
  /** True when it holds something that only this member may see: never in a group, protected from forwarding. */
  readonly personal: boolean;
  readonly place?: Place;
  readonly file?: ReplyFile;
  /** True when the member's location would help: a bot that can offers to send it. */
  readonly asksLocation?: boolean;
  /** True when what it answers held a NIK or a code: a bot that can takes that message off the screen, and says so. */
  readonly hides?: boolean;
  /** True for the goodbye to a member who has logged out: a bot that can takes off the screen what was said before it. */
  readonly forgets?: boolean;
}

/** The text of a reply with its file in words, for a channel that shows no files. */
export function textWithFile({ text, file }: Reply): string {
  return file ? `${text}\n\n${file.words}` : text;
}

/** What a turn does to the world. Effects leave only through the outbox, in their order. */
export type Effect =
  /** Sent at least once. */
  | { readonly kind: 'reply'; readonly to: Address; readonly reply: Reply }
  /**
   * A one-time code to the phone on file. Sent at most once: when its fate is uncertain, the member asks again. With
   * `notice` it is no code, but something that the phone's owner should know.
   */
  | {
      readonly kind: 'sms';
      readonly to: Phone;
      readonly text: string;
      readonly conversation: ConversationId;
      readonly notice?: true;
    };
