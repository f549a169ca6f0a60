import { createHash } from 'node:crypto';
import type { Inbound } from '../../core/inbound.ts';
import { type Phone, phoneSchema } from '../../core/jamsostek/phone.ts';
import { type Instant, second } from '../../core/time.ts';
import type { Intake } from '../bot.ts';
import type { IncomingSms } from './gateway.ts';
import { smsChannel } from './names.ts';

/** Within so much, in milliseconds, the same text from the same number is the same message, where a gateway gives no ids. */
const sameWithin = 10 * second;

/** Texts without an id that are remembered at a time, in each process. */
const mostRecent = 10_000;

/**
 * The Indonesian mobile number that a gateway writes as `+628…`, `628…` or `08…`; null for any other. The plus may have
 * been encoded twice, or not at all and become a space.
 */
export function phoneOf(from: string): Phone | null {
  const local = /^(?:\+?62|0)(8\d+)$/.exec(from.trim().replace(/^%2B/i, '+'))?.[1];
  return phoneSchema.safeParse(`+62${local}`).data ?? null;
}

/** Makes inbounds of texts. Answers null for what does not come from a mobile number: nobody could be answered there. */
export type ReadInbound = (sms: IncomingSms, now: Instant) => Inbound | null;

export function inboundReader({ conversationAt }: Pick<Intake, 'conversationAt'>): ReadInbound {
  const recent = new Recent();
  return (sms, now) => {
    const phone = phoneOf(sms.from);
    if (phone === null) return null;
    const from = { channel: smsChannel, chat: phone, sender: phone };
    return {
      id: sms.id === null ? recent.idOf(digestOf(phone, sms.text), sms.at ?? now) : `g${digestOf(sms.id)}`,
      conversation: conversationAt(from),
      from,
      content: { kind: 'text', text: sms.text },
      private: true,
      phone,
      ...(sms.at !== null && { writtenAt: sms.at }),
    };
  };
}

/** Short, and without anything of what it was made from: ids are kept, and stand in the names of other things. */
function digestOf(...parts: readonly string[]): string {
  return createHash('sha256').update(parts.join('\n')).digest('base64url').slice(0, 22);
}

/**
 * Ids for texts that have none. The moment is counted in steps of ten seconds, so that every process comes to the same
 * id; what came here just before the border of a step is remembered.
 */
class Recent {
  readonly #ids = new Map<string, { readonly id: string; readonly at: Instant }>();

  idOf(digest: string, at: Instant): string {
    const before = this.#ids.get(digest);
    if (before && Math.abs(at - before.at) < sameWithin) return before.id;
    const id = `d${digest}.${Math.floor(at / sameWithin)}`;
    // Set anew, it stands last again: the oldest go first.
    this.#ids.delete(digest);
    this.#ids.set(digest, { id, at });
    const [oldest] = this.#ids.keys();
    if (oldest !== undefined && this.#ids.size > mostRecent) this.#ids.delete(oldest);
    return id;
  }
}
