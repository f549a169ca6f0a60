import type { Address, ConversationId } from './inbound.ts';
import type { Phone } from './jamsostek/phone.ts';

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

/**
 * One answer, as data: each bot renders it by what its platform can do. `text` is plain text in the member's language,
 * with `\n` between lines and no platform's markup.
 */
export interface Reply {
  readonly text: string;
  readonly choices: readonly Choice[];
  /** True when it holds something that only this member may see: never in a group, protected from forwarding. */
  readonly personal: boolean;
  readonly place?: Place;
  /** True for the goodbye to a member who has logged out: a bot that can takes off the screen what was said before it. */
  readonly forgets?: boolean;
}

/** What a turn does to the world. Effects leave only through the outbox, in their order. */
export type Effect =
  /** Sent at least once. */
  | { readonly kind: 'reply'; readonly to: Address; readonly reply: Reply }
  /** A one-time code to the phone on file. Sent at most once: when its fate is uncertain, the member asks again. */
  | { readonly kind: 'sms'; readonly to: Phone; readonly text: string; readonly conversation: ConversationId };
