import { z } from 'zod';
import type { Sms } from './shown.ts';

const smsSchema = z.object({ to: z.string().min(1), text: z.string() });

/** The phones that the program's SMS arrive on: a gateway that takes them by GET, as SMS_SEND_URL wants it. */
export class SmsInbox {
  readonly #arrived: Sms[] = [];
  readonly #changed: () => void;

  /** `changed` is called back when one has arrived. */
  constructor(changed: () => void) {
    this.#changed = changed;
  }

  /** In the order in which they arrived. */
  get all(): readonly Sms[] {
    return this.#arrived;
  }

  take(request: unknown): object {
    this.#arrived.push({ id: this.#arrived.length, ...smsSchema.parse(request) });
    this.#changed();
    return { sent: true };
  }
}
