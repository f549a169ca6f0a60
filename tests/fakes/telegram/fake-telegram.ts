import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { z } from 'zod';
import { ApiError } from './api-error.ts';
import { apiRequestOf } from './api-request.ts';
import { type Answer, type BotAbout, FakeBot, refusal } from './fake-bot.ts';
import type { WebhookPace } from './webhook.ts';

/** How the platform behaves in time. */
export interface TelegramOptions {
  /** The platform's clock, in milliseconds since 1970. */
  readonly now?: () => number;
  /** How many milliseconds one second lasts between two tries of a webhook; 1000 unless told otherwise. */
  readonly webhookSecond?: number;
  /** How long a webhook may take to answer, in milliseconds; a minute unless told otherwise. */
  readonly webhookPatience?: number;
}

const addressSchema = z.object({ port: z.number() });

/**
 * The Bot API of Telegram on loopback, and the people who talk to its bots.
 *
 * ```ts
 * const telegram = await FakeTelegram.start();
 * const bot = telegram.bot('42:token');
 * const siti = bot.person({ firstName: 'Siti' });
 * // A bot that is started with this token and telegram.apiRoot is told:
 * siti.say('cek saldo');
 * const reply = await siti.next();
 * ```
 */
export class FakeTelegram {
  readonly #server: Server;
  readonly #bots = new Map<string, FakeBot>();
  readonly #now: () => number;
  readonly #pace: WebhookPace;
  /** What a bot takes in place of `https://api.telegram.org`. */
  readonly apiRoot: string;

  private constructor(
    server: Server,
    { now = Date.now, webhookSecond = 1_000, webhookPatience = 60_000 }: TelegramOptions,
  ) {
    this.#server = server;
    this.#now = now;
    this.#pace = { second: webhookSecond, patience: webhookPatience };
    this.apiRoot = `http://127.0.0.1:${addressSchema.parse(server.address()).port}`;
    server.on('request', (request, response) => void this.#take(request, response));
  }

  static async start(options: TelegramOptions = {}): Promise<FakeTelegram> {
    const server = createServer();
    const { promise, resolve } = Promise.withResolvers<void>();
    server.listen(0, '127.0.0.1', resolve);
    await promise;
    return new FakeTelegram(server, options);
  }

  /** Registers a bot; calls with any other token are answered 401. */
  bot(token: string, about: BotAbout = {}): FakeBot {
    if (!/^\d+:[\w-]+$/.test(token)) throw new Error('A token is a number, a colon, and letters, digits, "-" and "_".');
    const bot = new FakeBot(token, about, this.#now, this.#pace);
    this.#bots.set(token, bot);
    return bot;
  }

  /** Ends all polls and deliveries. */
  async close(): Promise<void> {
    for (const bot of this.#bots.values()) bot.close();
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#server.close(() => resolve());
    this.#server.closeAllConnections();
    await promise;
  }

  async #take(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', this.apiRoot);
    const [, isFile, token = '', rest = ''] = /^\/(file\/)?bot([^/]+)\/(.+)$/.exec(url.pathname) ?? [];
    const bot = this.#bots.get(token);
    if (token === '') send(response, refusal(new ApiError(404, 'Not Found')));
    else if (bot === undefined) send(response, refusal(new ApiError(401, 'Unauthorized')));
    else if (isFile !== undefined) sendFile(response, bot, rest);
    else send(response, await this.#call(bot, rest, request, url, leaving(response)));
  }

  async #call(bot: FakeBot, method: string, request: IncomingMessage, url: URL, gone: AbortSignal): Promise<Answer> {
    try {
      return await bot.answer(method, await apiRequestOf(request, url.searchParams), gone);
    } catch (error) {
      if (error instanceof ApiError) return refusal(error);
      // Whoever called has left in the middle of a request, or this server has a mistake: the test sees it either way.
      if (gone.aborted) return 'cut';
      return refusal(new ApiError(500, `Internal Server Error: ${error instanceof Error ? error.message : ''}`));
    }
  }
}

/** Aborts when the connection closes before the answer is written. */
function leaving(response: ServerResponse): AbortSignal {
  const gone = new AbortController();
  response.on('close', () => {
    if (!response.writableEnded) gone.abort();
  });
  return gone.signal;
}

const retrySchema = z.object({ parameters: z.object({ retry_after: z.number() }) });

function send(response: ServerResponse, answer: Answer): void {
  if (answer === 'cut') response.destroy();
  else if (answer === 'not json') {
    response.writeHead(502, { 'content-type': 'text/html' }).end('<html><h1>502 Bad Gateway</h1></html>');
  } else {
    const retry = retrySchema.safeParse(answer.json).data?.parameters.retry_after;
    response
      .writeHead(answer.status, {
        'content-type': 'application/json',
        ...(retry === undefined ? {} : { 'retry-after': `${retry}` }),
      })
      .end(JSON.stringify(answer.json));
  }
}

function sendFile(response: ServerResponse, bot: FakeBot, path: string): void {
  const file = bot.fileAt(path);
  if (file === undefined) send(response, refusal(new ApiError(404, 'Not Found')));
  else response.writeHead(200, { 'content-type': 'application/octet-stream' }).end(file.bytes);
}
