import { Sequence } from './sequence.ts';

/** Something that happened on the platform. */
export type Happening =
  /** A client came to the server: with a device that is linked (`number:index`), or with none. */
  | { readonly kind: 'login'; readonly device: string | null; readonly version: string }
  | { readonly kind: 'login refused'; readonly device: string; readonly code: number }
  /** A client asked for a pairing code to be entered on the owner's phone. */
  | { readonly kind: 'code wanted'; readonly phone: string }
  | { readonly kind: 'linked'; readonly device: string }
  | { readonly kind: 'unlinked'; readonly device: string }
  /** All that came while the device was away, and what it had not taken before, has been sent to it: with these ids. */
  | { readonly kind: 'caught up'; readonly device: string; readonly replayed: readonly string[] }
  | { readonly kind: 'closed'; readonly device: string | null }
  /** A member sent something to the assistant. */
  | { readonly kind: 'inbound'; readonly id: string; readonly from: string }
  /** The assistant sent something, and it was taken. */
  | { readonly kind: 'outbound'; readonly id: string; readonly to: string; readonly type: string }
  | { readonly kind: 'refused'; readonly id: string; readonly to: string; readonly code: number }
  | { readonly kind: 'lost'; readonly id: string; readonly to: string }
  /** The assistant took messages (no type), read them (`read`) or asks for them again (`retry`). */
  | { readonly kind: 'receipt'; readonly ids: readonly string[]; readonly to: string; readonly type: string | null }
  /** The assistant took a stanza that is answered by an acknowledgement, or says why it did not (`error`). */
  | { readonly kind: 'ack'; readonly id: string; readonly of: string; readonly error: string | null }
  /** A phone could not decrypt what the assistant sent. */
  | { readonly kind: 'unreadable'; readonly id: string; readonly phone: string; readonly reason: string }
  /** A phone encrypted a message once more, because the assistant asked for it. */
  | { readonly kind: 'sent again'; readonly id: string; readonly from: string; readonly count: number }
  | { readonly kind: 'typing'; readonly to: string; readonly state: string }
  | { readonly kind: 'presence'; readonly device: string; readonly state: string }
  /** A linked device asked the owner's phone for something. */
  | { readonly kind: 'phone asked'; readonly id: string; readonly about: readonly string[] }
  | { readonly kind: 'upload'; readonly path: string; readonly bytes: number }
  | { readonly kind: 'download'; readonly path: string; readonly found: boolean }
  /** A question that this server has no answer to. */
  | { readonly kind: 'not understood'; readonly what: string }
  /** This server failed: what it threw. */
  | { readonly kind: 'failed'; readonly reason: string };

/** A happening, its number from 0 and when it was, in milliseconds since 1970. */
export type Entry = Happening & { readonly n: number; readonly at: number };

/** All that happened on the platform, in order. */
export class Journal extends Sequence<Entry> {
  write(happening: Happening): void {
    this.add({ ...happening, n: this.items.length, at: Date.now() });
  }
}
