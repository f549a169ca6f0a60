import type { Content } from '../../src/core/inbound.ts';
import type { Phone } from '../../src/core/jamsostek/phone.ts';
import type { Effect } from '../../src/core/reply.ts';
import type { Instant } from '../../src/core/time.ts';
import type { Stage } from './stage.ts';

/** Who does something in a transcript: the member in their chat, in another chat of theirs, or somebody in a group. */
export type Place = 'a' | 'b' | 'group';

/** One thing that is done in a transcript. */
export interface Act {
  readonly place: Place;
  readonly content: Content;
  /** When it was written, if not now. */
  readonly writtenAt?: Instant;
}

/** An answer as it is on the member's screen. */
export interface Seen {
  readonly text: string;
  /** What can be pressed. */
  readonly buttons: readonly string[];
  /** True when the member's own message is off the screen. */
  readonly hid: boolean;
  /** What it took to bring it there, where that is counted: parts of an SMS. */
  readonly parts?: number;
}

/** What an act came to. */
export interface Heard {
  readonly effects: readonly Effect[];
  /** Null where the assistant was silent. */
  readonly seen: Seen | null;
}

/** Where a member sits when a transcript is played: with a whole channel between them and the assistant. */
export interface End {
  /** Does it, and resolves when all that it set off is done. */
  does(act: Act): Promise<Heard>;
  close(): Promise<void>;
}

/** What a channel cannot do, so that a transcript which needs it is not played there. */
export type Need =
  | 'buttons'
  | 'groups'
  | 'dates'
  | 'hiding'
  | 'unsupported kinds'
  | 'empty texts'
  | 'more than texts'
  /** A channel of telephones, where the number says who writes, and answers are short. */
  | 'a telephone'
  /** That nothing but a NIK says who one is. */
  | 'the NIK alone'
  /** A chat that goes on when another phone is on file, and can be told apart from that phone. */
  | 'a chat beside the phone';

/** A channel that transcripts are played on. */
export interface Seating {
  readonly lacks: readonly Need[];
  /** Characters of a message, and of a button's label. */
  readonly limits: { readonly text: number; readonly label: number };
  /** True where answers are told in few words: `short:` lines are held against what is on the screen, all others against what is meant. */
  readonly short?: boolean;
  /** `phone`: the member's, as the registry has it; null where it has none. */
  seat(stage: Stage, phone: Phone | null): Promise<End>;
}
