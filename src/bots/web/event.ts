import type { MediaKind } from '../../core/inbound.ts';
import type { Choice, Place, ReplyFile } from '../../core/reply.ts';

/** What the member sent, as the page shows it. `id` is the page's own id of the message. */
export interface ShownInbound {
  readonly id: string;
  readonly shown:
    | { readonly kind: 'text'; readonly text: string }
    | { readonly kind: 'location' }
    | { readonly kind: 'media'; readonly media: MediaKind };
}

/** What the assistant answered, as the page shows it. */
export interface ShownReply {
  readonly text: string;
  readonly choices: readonly Choice[];
  readonly place?: Place;
  readonly file?: Pick<ReplyFile, 'kind' | 'name' | 'type' | 'content' | 'words'>;
}

/** An SMS, as the phone beside the chat shows it. */
interface ShownText {
  readonly phone: string;
  readonly text: string;
}

/** Something that the page shows, and keeps showing after a reload. */
export type ChatEvent =
  | ({ readonly kind: 'member' } & ShownInbound)
  | ({ readonly kind: 'assistant' } & ShownReply)
  | ({ readonly kind: 'sms' } & ShownText);

/**
 * Why the page forgets what it shows: the member has not written for a while, has logged out, or has ended the
 * conversation on the page (then what still waits to be sent is forgotten too).
 */
export type Clearing = 'idle' | 'loggedOut' | 'ended';

/** What an open page is told, by the name of the server-sent event. */
export interface StreamEvents {
  /**
   * First on each connection: which run of the chat this is, and the number of the last of the events that follow at
   * once; 0 where none do.
   */
  readonly start: { readonly run: string; readonly last: number };
  readonly member: ShownInbound & Shown;
  readonly assistant: ShownReply & Shown;
  readonly sms: ShownText & Shown;
  readonly cleared: { readonly reason: Clearing };
  /** Too many tabs: this connection is let go in favour of a newer one. */
  readonly crowded: object;
  /** The connection is alive. */
  readonly beat: object;
}

interface Shown {
  /** When, in milliseconds since 1970-01-01T00:00Z. */
  readonly at: number;
}
