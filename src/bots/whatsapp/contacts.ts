import { z } from 'zod';
import type { Clock, Random } from '../../core/services.ts';
import type { Change, Keep } from '../owning.ts';

/** Which contact an address belongs to. */
const addressTable = 'contacts';
/** What is known of a contact. */
const contactTable = 'people';
export const contactTables = [addressTable, contactTable] as const;

const contactSchema = z.object({
  /** The address that they wrote from last: answers go there. */
  jid: z.string(),
  /** When they wrote first, in milliseconds since 1970. */
  since: z.number(),
});
type Contact = z.infer<typeof contactSchema>;

export interface ContactsOptions {
  readonly keep: Keep;
  readonly clock: Clock;
  readonly random: Random;
}

/**
 * The people who have written to us. WhatsApp addresses a person by phone number, by an opaque id (LID), or by one today
 * and the other tomorrow; a conversation must not break in two for that, so each person has an id of ours that both
 * addresses lead to. No address ever leaves this folder, and none proves whose phone it is.
 */
export class Contacts {
  readonly #options: ContactsOptions;

  constructor(options: ContactsOptions) {
    this.#options = options;
  }

  /**
   * The contact who wrote from this address, kept before this resolves. `other` is their other address, where the
   * message tells it: from then on both are one contact. If each was one before, the older stays.
   */
  async whoWrote(jid: string, other: string | null): Promise<string> {
    const { keep, clock, random } = this.#options;
    const addresses = other === null ? [jid] : [jid, other];
    const ids = await keep.read(addressTable, addresses);
    const known = [...new Set(ids.filter((id) => id !== null))];
    const [first] = await this.#byAge(known);
    const { id, contact } = first ?? { id: random.id(), contact: { jid, since: clock.now() } };
    const changes: Change[] = addresses
      .filter((_address, nth) => ids[nth] !== id)
      .map((key) => ({ table: addressTable, key, value: id }));
    if (!first || contact.jid !== jid) {
      changes.push({ table: contactTable, key: id, value: JSON.stringify({ ...contact, jid }) });
    }
    if (changes.length > 0) await keep.write(changes);
    return id;
  }

  /** The address to answer a contact at; null for somebody who has never written. */
  async addressOf(id: string): Promise<string | null> {
    const [found] = await this.#byAge([id]);
    return found?.contact.jid ?? null;
  }

  async #byAge(ids: readonly string[]): Promise<{ readonly id: string; readonly contact: Contact }[]> {
    if (ids.length === 0) return [];
    const stored = await this.#options.keep.read(contactTable, ids);
    return ids
      .flatMap((id, nth) => {
        const text = stored[nth];
        return typeof text === 'string' ? [{ id, contact: contactSchema.parse(JSON.parse(text)) }] : [];
      })
      .toSorted((a, b) => a.contact.since - b.contact.since);
  }
}
