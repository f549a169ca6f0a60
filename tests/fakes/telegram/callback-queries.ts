import { z } from 'zod';
import { badRequest } from './api-error.ts';
import { flag, type Parameters, read, text } from './parameters.ts';

const answerSchema = z.object({ callback_query_id: text, text: text, show_alert: flag.default(false) });

/** The longest words that a tap can be answered with, in UTF-16 units. */
const longestAnswer = 200;

/** How long a tap can be answered, in milliseconds. Telegram names no figure; its server tells of no older taps. */
const lifetime = 150_000;

/** What a tap was answered with. */
export interface TapAnswer {
  readonly text: string;
  readonly alert: boolean;
}

interface Query {
  readonly askedAt: number;
  readonly answered: PromiseWithResolvers<TapAnswer>;
}

/** Taps that wait for their answer: until then the button shows that something is going on. */
export class CallbackQueries {
  readonly #now: () => number;
  readonly #open = new Map<string, Query>();
  #last = 0n;

  constructor(now: () => number) {
    this.#now = now;
  }

  /** A tap of a person: a new one has a new id, also on the same button. */
  ask(personId: number): { readonly id: string; readonly answered: Promise<TapAnswer> } {
    this.#last += 1n;
    const id = `${(BigInt(personId) << 32n) + this.#last}`;
    const answered = Promise.withResolvers<TapAnswer>();
    this.#open.set(id, { askedAt: this.#now(), answered });
    return { id, answered: answered.promise };
  }

  /** `answerCallbackQuery` */
  answer(parameters: Parameters): true {
    const { callback_query_id: id, text, show_alert: alert } = read(answerSchema, parameters);
    const query = this.#open.get(id);
    if (query === undefined || this.#now() - query.askedAt > lifetime) {
      throw badRequest('query is too old and response timeout expired or query ID is invalid');
    }
    if (text.length > longestAnswer) throw badRequest('MESSAGE_TOO_LONG');
    this.#open.delete(id);
    query.answered.resolve({ text, alert });
    return true;
  }
}
