import { connect, createServer, type Server, type Socket } from 'node:net';
import { z } from 'zod';

const addressSchema = z.object({ port: z.number() });

/** Stands between a program and its Redis, and breaks the connection when a call has been done but not yet answered. */
export class AnswerCutter {
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();
  readonly #target: URL;
  #cut: { readonly call: string; readonly done: () => void } | null = null;

  private constructor(target: string) {
    this.#target = new URL(target);
    this.#server = createServer((client) => this.#pass(client));
  }

  static async open(target: string): Promise<AnswerCutter> {
    const cutter = new AnswerCutter(target);
    const { promise, resolve } = Promise.withResolvers<void>();
    cutter.#server.listen(0, '127.0.0.1', resolve);
    await promise;
    return cutter;
  }

  get url(): string {
    return `redis://127.0.0.1:${addressSchema.parse(this.#server.address()).port}`;
  }

  /** The next call that holds this text reaches the server; instead of its answer the connection breaks. Resolves then. */
  cutAnswerTo(call: string): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#cut = { call, done: resolve };
    return promise;
  }

  async close(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#server.close(() => resolve());
    await promise;
  }

  #pass(client: Socket): void {
    const server = connect(Number(this.#target.port), this.#target.hostname);
    for (const socket of [client, server]) {
      this.#sockets.add(socket);
      socket.on('error', () => socket.destroy());
      socket.on('close', () => {
        this.#sockets.delete(socket);
        client.destroy();
        server.destroy();
      });
    }
    let cut: (() => void) | null = null;
    client.on('data', (chunk) => {
      if (this.#cut !== null && chunk.includes(this.#cut.call)) {
        cut = this.#cut.done;
        this.#cut = null;
      }
      server.write(chunk);
    });
    server.on('data', (chunk) => {
      if (cut === null) {
        client.write(chunk);
        return;
      }
      client.destroy();
      cut();
    });
  }
}
