import type { DeliverFields } from 'smpp';
import type { Coding } from './coding.ts';
import { fieldsOf, Joining, split } from './parts.ts';
import type { Submission } from './submission.ts';

/** The short number that texts to us are sent to. */
export const shortNumber = '2757';

/** A text that reached a telephone, joined from its parts. */
export interface ReadText {
  readonly text: string;
  readonly from: string;
  /** How many messages it came in: what it cost. */
  readonly parts: number;
  readonly coding: Coding;
  /** When its last part came, in milliseconds since 1970. */
  readonly at: number;
}

/** What a text from a telephone may be told. */
export interface SayOptions {
  /** Whether the last part goes first. */
  readonly reversed?: boolean;
  /** How the operator marks the sender's number; `unknown` for operators that don't say. International unless told. */
  readonly numberIs?: 'international' | 'unknown';
}

/** A telephone in the operator's network. */
export class FakePhone {
  /** With the plus. */
  readonly number: string;
  readonly #digits: string;
  readonly #deliver: (fields: DeliverFields) => Promise<number>;
  readonly #joining = new Joining();
  readonly #read: ReadText[] = [];
  #texts = 0;

  constructor(digits: string, deliver: (fields: DeliverFields) => Promise<number>) {
    this.#digits = digits;
    this.number = `+${digits}`;
    this.#deliver = deliver;
  }

  /**
   * Sends a text to our short number, part after part. The gateway's answer to each, where 0 is that it took it; rejects
   * when no gateway is bound, and when it goes before it has answered.
   */
  async says(text: string, { reversed = false, numberIs = 'international' }: SayOptions = {}): Promise<number[]> {
    this.#texts += 1;
    const parts = split(text, this.#texts % 256);
    const international = numberIs === 'international' ? 1 : 0;
    const answers: number[] = [];
    for (const part of reversed ? parts.toReversed() : parts) {
      const answer = await this.#deliver({
        source_addr_ton: international,
        source_addr_npi: international,
        source_addr: this.#digits,
        destination_addr: shortNumber,
        ...fieldsOf(part),
      });
      answers.push(answer);
    }
    return answers;
  }

  /** All texts that reached it, the oldest first; one that has not come whole is not among them. */
  read(): readonly ReadText[] {
    return this.#read;
  }

  /** The operator brings a message. */
  receive({ from, at, ...part }: Submission): void {
    const whole = this.#joining.add(from, part);
    if (whole !== null) this.#read.push({ ...whole, from, at });
  }
}
