import type { Update } from 'grammy/types';
import { z } from 'zod';
import { conflict } from './api-error.ts';
import { type Parameters, read, structured, whole } from './parameters.ts';
import type { UpdateQueue } from './update-queue.ts';

/** A poll waits no longer, in seconds; one that asks for more waits this long. */
const longestTimeout = 50;

const pollSchema = z.object({
  offset: whole.default(0),
  limit: whole.default(100).transform((limit) => Math.min(Math.max(limit, 1), 100)),
  timeout: whole.default(0).transform((timeout) => Math.min(Math.max(timeout, 0), longestTimeout)),
  allowed_updates: structured(z.array(z.string())).exactOptional(),
});
type Poll = z.infer<typeof pollSchema>;

interface Waiting {
  readonly poll: Poll;
  readonly answer: PromiseWithResolvers<Update[]>;
}

/** `getUpdates`: one poll waits at a time, and what a poll's offset passes over is forgotten. */
export class Polling {
  readonly #queue: UpdateQueue;
  #waiting: Waiting | null = null;
  #conflicts = 0;

  constructor(queue: UpdateQueue) {
    this.#queue = queue;
    queue.onChange(() => this.#wake());
  }

  /** How many polls wait: one or none. */
  get waiting(): number {
    return this.#waiting === null ? 0 : 1;
  }

  /** How many polls were answered 409. */
  get conflicts(): number {
    return this.#conflicts;
  }

  /** Resolves as soon as there is something, or when the poll's own time is over. `gone` ends a poll that was left. */
  async get(parameters: Parameters, webhookIsSet: boolean, gone: AbortSignal): Promise<Update[]> {
    if (webhookIsSet) {
      throw this.#conflict(
        "can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first",
      );
    }
    const poll = read(pollSchema, parameters);
    this.#queue.allow(poll.allowed_updates);
    if (poll.offset < 0) this.#queue.keepLast(-poll.offset);
    const updates = this.#take(poll);
    if (updates.length > 0 || poll.timeout === 0) return updates;
    this.end('terminated by other getUpdates request; make sure that only one bot instance is running');
    return this.#wait({ poll, answer: Promise.withResolvers() }, gone);
  }

  /** Ends the poll that waits with 409 and this text. */
  end(why: string): void {
    if (this.#waiting !== null) this.#waiting.answer.reject(this.#conflict(why));
    this.#waiting = null;
  }

  async #wait(mine: Waiting, gone: AbortSignal): Promise<Update[]> {
    this.#waiting = mine;
    const nothing = () => mine.answer.resolve([]);
    const timer = setTimeout(nothing, mine.poll.timeout * 1_000);
    gone.addEventListener('abort', nothing);
    if (gone.aborted) nothing();
    try {
      return await mine.answer.promise;
    } finally {
      clearTimeout(timer);
      gone.removeEventListener('abort', nothing);
      if (this.#waiting === mine) this.#waiting = null;
    }
  }

  #wake(): void {
    const waiting = this.#waiting;
    if (waiting === null) return;
    const updates = this.#take(waiting.poll);
    if (updates.length === 0) return;
    this.#waiting = null;
    waiting.answer.resolve(updates);
  }

  #take({ offset, limit }: Poll): Update[] {
    if (offset > 0) this.#queue.confirm(offset);
    const taken = this.#queue.pending.slice(0, limit);
    for (const each of taken) each.given = true;
    return taken.map(({ update }) => update);
  }

  #conflict(why: string): Error {
    this.#conflicts += 1;
    return conflict(why);
  }
}
