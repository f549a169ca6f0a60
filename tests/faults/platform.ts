import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import { z } from 'zod';
import { type Asked, askedSchema, type Delivery, deliverySchema } from './wire.ts';

/**
 * How the platform treats one try to deliver:
 * - it takes it and says so (`take`), says so too late (`late`), says half of it (`half`), or breaks off (`take, break`);
 * - or it does not take it: it breaks off (`break`), asks for a slower pace (`throttle`), or has no time (`busy`).
 */
export type Treatment = 'take' | 'late' | 'half' | 'take, break' | 'break' | 'throttle' | 'busy';

const addressSchema = z.object({ port: z.number() });

/** A messaging platform and an SMS gateway in one, over HTTP on loopback, that behaves as badly as it is told to. */
export class Platform {
  /** All that it has taken, in order. */
  readonly taken: Delivery[] = [];
  /** All that it was asked to take, in order. */
  readonly tries: Delivery[] = [];
  /** Told of every try; what it says is done. May wait, or never come back. */
  treat: (delivery: Delivery, nth: number) => Treatment | Promise<Treatment> = () => 'take';
  /** Told when a turn asks; the turn goes on when this resolves. */
  answer: (asked: Asked) => Promise<void> = () => Promise.resolve();
  readonly #server: Server;
  readonly #triesOf = new Map<string, number>();
  #waiting: { readonly condition: () => boolean; readonly resolve: () => void }[] = [];

  private constructor() {
    this.#server = createServer((request, response) => {
      // A worker that is killed in the middle of a request is what this is for.
      this.#serve(request, response).catch(() => response.destroy());
    });
    this.#server.keepAliveTimeout = 60_000;
  }

  static async open(): Promise<Platform> {
    const platform = new Platform();
    const { promise, resolve } = Promise.withResolvers<void>();
    platform.#server.listen(0, '127.0.0.1', resolve);
    await promise;
    return platform;
  }

  get url(): string {
    return `http://127.0.0.1:${addressSchema.parse(this.#server.address()).port}`;
  }

  /** The texts taken for one chat or phone, in order. */
  textsTo(to: string): string[] {
    return this.taken.filter((delivery) => delivery.to === to).map(({ text }) => text);
  }

  /** Resolves as soon as the condition holds, which is looked at with every try and every question. */
  until(condition: () => boolean): Promise<void> {
    if (condition()) return Promise.resolve();
    return new Promise((resolve) => this.#waiting.push({ condition, resolve }));
  }

  async close(): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#server.close(() => resolve());
    this.#server.closeAllConnections();
    await promise;
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body: unknown = JSON.parse(await text(request));
    if (request.url === '/ask') {
      const asked = this.answer(askedSchema.parse(body));
      this.#changed();
      await asked;
      response.end('{}');
      return;
    }
    const delivery = deliverySchema.parse(body);
    const nth = (this.#triesOf.get(delivery.key) ?? 0) + 1;
    this.#triesOf.set(delivery.key, nth);
    this.tries.push(delivery);
    const treated = this.treat(delivery, nth);
    this.#changed();
    this.#respond(await treated, delivery, response);
    this.#changed();
  }

  #respond(treatment: Treatment, delivery: Delivery, response: ServerResponse): void {
    switch (treatment) {
      case 'take':
        this.taken.push(delivery);
        response.end('{"ok":true}');
        return;
      case 'late':
        this.taken.push(delivery);
        return;
      case 'half':
        this.taken.push(delivery);
        response.writeHead(200, { 'content-length': '11' });
        response.write('{"ok"', () => response.destroy());
        return;
      case 'take, break':
        this.taken.push(delivery);
        response.destroy();
        return;
      case 'break':
        response.destroy();
        return;
      case 'throttle':
        response.writeHead(429, { 'retry-after': '1' }).end();
        return;
      case 'busy':
        response.writeHead(503).end();
    }
  }

  #changed(): void {
    const held = this.#waiting.filter(({ condition }) => condition());
    this.#waiting = this.#waiting.filter((waiting) => !held.includes(waiting));
    for (const { resolve } of held) resolve();
  }
}
