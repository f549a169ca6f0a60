import { once } from 'node:events';
import { createServer, type IncomingMessage, request, type Server, type ServerResponse } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { z } from 'zod';

/** One request that went through. */
export interface Exchange {
  readonly method: string;
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** What was answered; null while nothing is, and where nothing ever was. */
  status: number | null;
}

const addressSchema = z.object({ port: z.number() });

/**
 * Stands between two that speak HTTP, and notes what passes. Nobody there at the other end is answered with 503; a
 * connection that breaks there breaks here, too, so that whoever asked knows as little of its fate.
 */
export class Relay {
  /** The oldest first. */
  readonly exchanges: Exchange[] = [];
  /** When the last one began or was answered, in milliseconds of `performance.now()`. */
  lastAt = 0;
  /** Where requests go, an address without a path; null while nobody is there. */
  target: string | null;
  readonly #server: Server;

  private constructor(target: string | null) {
    this.target = target;
    this.#server = createServer((asked, answer) => {
      this.#pass(asked, answer).catch(() => answer.destroy());
    });
  }

  static async open(target: string | null = null): Promise<Relay> {
    const relay = new Relay(target);
    relay.#server.listen(0, '127.0.0.1');
    await once(relay.#server, 'listening');
    return relay;
  }

  /** Without a slash at its end. */
  get url(): string {
    return `http://127.0.0.1:${addressSchema.parse(this.#server.address()).port}`;
  }

  async close(): Promise<void> {
    const closed = once(this.#server, 'close');
    this.#server.close();
    this.#server.closeAllConnections();
    await closed;
  }

  async #pass(asked: IncomingMessage, answer: ServerResponse): Promise<void> {
    const body = await buffer(asked);
    const url = new URL(asked.url ?? '', this.target ?? 'http://nobody.invalid');
    const exchange: Exchange = {
      method: asked.method ?? '',
      path: url.pathname,
      query: Object.fromEntries(url.searchParams),
      headers: Object.fromEntries(Object.entries(asked.headers).map(([name, value]) => [name, String(value)])),
      body: body.toString(),
      status: null,
    };
    this.exchanges.push(exchange);
    this.lastAt = performance.now();
    const answerAway = () => {
      exchange.status = 503;
      answer.writeHead(503).end();
    };
    if (this.target === null) return answerAway();
    const onward = request(url, { method: exchange.method, headers: asked.headers, agent: false });
    onward.on('response', (response) => {
      exchange.status = response.statusCode ?? null;
      this.lastAt = performance.now();
      answer.writeHead(response.statusCode ?? 502, response.headers);
      response.on('error', () => answer.destroy());
      response.pipe(answer);
    });
    onward.on('error', (error) => {
      if ('code' in error && error.code === 'ECONNREFUSED') answerAway();
      else answer.destroy();
    });
    onward.end(body);
  }
}
