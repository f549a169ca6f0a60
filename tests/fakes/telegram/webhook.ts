import { setTimeout as pause } from 'node:timers/promises';
import type { WebhookInfo } from 'grammy/types';
import { z } from 'zod';
import { badRequest } from './api-error.ts';
import { seconds } from './chat-room.ts';
import { flag, type Parameters, read, structured, text, whole } from './parameters.ts';
import type { Pending, UpdateQueue } from './update-queue.ts';

const setSchema = z.object({
  url: text,
  secret_token: text,
  max_connections: whole.default(40).transform((most) => Math.min(Math.max(most, 1), 100)),
  allowed_updates: structured(z.array(z.string())).exactOptional(),
  drop_pending_updates: flag.default(false),
});
const deleteSchema = z.object({ drop_pending_updates: flag.default(false) });
const replySchema = z.looseObject({ method: z.string() });

/** Longest pause between two tries, in seconds. */
const longestPause = 60;

/** How a webhook is tried. */
export interface WebhookPace {
  /** How many milliseconds one second of a pause lasts. */
  readonly second: number;
  /** How long an answer is waited for, in milliseconds. */
  readonly patience: number;
}

interface Active {
  readonly url: string;
  readonly secret: string;
  readonly mostConnections: number;
  readonly stop: AbortController;
  /** Lanes that have an update on its way, or wait to try again. */
  readonly busy: Set<string>;
  posting: number;
}

/**
 * Posts updates to the bot's address until it answers 2xx: one after the other within a lane, side by side across lanes.
 * Takes any address on loopback, as a Bot API server that is run with `--local` does.
 */
export class Webhook {
  readonly #queue: UpdateQueue;
  readonly #pace: WebhookPace;
  readonly #now: () => number;
  readonly #call: (method: string, parameters: Parameters) => void;
  #active: Active | null = null;
  #lastError: { readonly at: number; readonly why: string } | null = null;

  /** `call` takes a method that the bot puts into its answer. */
  constructor(
    queue: UpdateQueue,
    pace: WebhookPace,
    now: () => number,
    call: (method: string, parameters: Parameters) => void,
  ) {
    this.#queue = queue;
    this.#pace = pace;
    this.#now = now;
    this.#call = call;
    queue.onChange(() => this.#deliver());
  }

  /** Empty when there is none. */
  get url(): string {
    return this.#active?.url ?? '';
  }

  /** The secret that every update carries in its header; empty when there is none. */
  get secret(): string {
    return this.#active?.secret ?? '';
  }

  get lastError(): string | null {
    return this.#lastError?.why ?? null;
  }

  set(parameters: Parameters): true {
    const { url, secret_token: secret, ...options } = read(setSchema, parameters);
    if (url === '') return this.delete(parameters);
    if (!URL.canParse(url)) throw badRequest('invalid webhook URL specified');
    if (secret.length > 256) throw badRequest('secret token is too long');
    if (!/^[\w-]*$/.test(secret)) throw badRequest('secret token contains unallowed characters');
    this.stop();
    if (options.drop_pending_updates) this.#queue.drop();
    this.#queue.allow(options.allowed_updates);
    const stop = new AbortController();
    this.#active = { url, secret, mostConnections: options.max_connections, stop, busy: new Set(), posting: 0 };
    this.#lastError = null;
    this.#deliver();
    return true;
  }

  delete(parameters: Parameters): true {
    const { drop_pending_updates: drops } = read(deleteSchema, parameters);
    this.stop();
    if (drops) this.#queue.drop();
    return true;
  }

  info(): Omit<WebhookInfo, 'allowed_updates'> & { allowed_updates?: readonly string[] } {
    const kinds = this.#queue.allowed;
    return {
      url: this.url,
      has_custom_certificate: false,
      pending_update_count: this.#queue.pending.length,
      ...(this.#active === null ? {} : { max_connections: this.#active.mostConnections, ip_address: '127.0.0.1' }),
      ...(this.#lastError === null
        ? {}
        : { last_error_date: seconds(this.#lastError.at), last_error_message: this.#lastError.why }),
      ...(kinds === null ? {} : { allowed_updates: kinds }),
    };
  }

  /** What is on its way stays among what waits: it may have arrived and come a second time by another way. */
  stop(): void {
    this.#active?.stop.abort();
    this.#active = null;
  }

  #deliver(): void {
    const active = this.#active;
    if (active === null) return;
    for (const each of this.#queue.pending) {
      if (active.posting >= active.mostConnections) return;
      if (active.busy.has(each.lane)) continue;
      active.busy.add(each.lane);
      void this.#try(active, each, 0);
    }
  }

  async #try(active: Active, pending: Pending, failures: number): Promise<void> {
    active.posting += 1;
    const problem = await this.#post(active, pending);
    active.posting -= 1;
    if (active.stop.signal.aborted) return;
    if (problem === null) {
      this.#queue.settle(pending);
      this.#free(active, pending.lane);
      return;
    }
    this.#lastError = { at: this.#now(), why: problem.why };
    // A lane that waits holds no connection.
    this.#deliver();
    // The first time again at once, then after 2, 4, 8 … seconds.
    const wait = problem.retryAfter || (failures === 0 ? 0 : Math.min(2 ** failures, longestPause));
    const options = { signal: active.stop.signal, ref: false };
    const stopped = await pause(wait * this.#pace.second, false, options).catch(() => true);
    if (stopped) return;
    // It may have been dropped, or have grown too old.
    if (this.#queue.pending.includes(pending)) await this.#try(active, pending, failures + 1);
    else this.#free(active, pending.lane);
  }

  #free(active: Active, lane: string): void {
    active.busy.delete(lane);
    this.#deliver();
  }

  async #post(active: Active, { update }: Pending): Promise<{ why: string; retryAfter: number } | null> {
    try {
      const response = await fetch(active.url, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          ...(active.secret === '' ? {} : { 'x-telegram-bot-api-secret-token': active.secret }),
        },
        body: JSON.stringify(update),
        redirect: 'manual',
        signal: AbortSignal.any([active.stop.signal, AbortSignal.timeout(this.#pace.patience)]),
      });
      const body = await response.text();
      if (response.ok) {
        this.#answered(body);
        return null;
      }
      const why = `Wrong response from the webhook: ${response.status} ${response.statusText}`;
      return { why, retryAfter: Math.min(Number(response.headers.get('retry-after') ?? 0) || 0, 3_600) };
    } catch (error) {
      const isLate = error instanceof DOMException && error.name === 'TimeoutError';
      return { why: isLate ? 'Read timeout expired' : 'Webhook connection closed', retryAfter: 0 };
    }
  }

  /** A bot may put one call into its answer; it never hears how that call went. */
  #answered(body: string): void {
    if (!body.startsWith('{')) return;
    try {
      const { method, ...parameters } = replySchema.parse(JSON.parse(body));
      if (!/^(?:get|setwebhook$|deletewebhook$|close$|logout$)/i.test(method)) this.#call(method, parameters);
    } catch {
      // An answer that is no call is no matter.
    }
  }
}
