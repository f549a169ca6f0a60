import { connect, createServer, type Server, type Socket } from 'node:net';
import { z } from 'zod';

const addressSchema = z.object({ port: z.number() });

/** Stands between browser and server, and breaks connections as a bad network does. */
export class CuttingProxy {
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();
  #target: URL;
  #cut: { readonly at: string; readonly done: () => void } | null = null;
  #down = false;
  /** How often it has cut in the middle of what the server said. */
  cuts = 0;

  private constructor(target: string) {
    this.#target = new URL(target);
    this.#server = createServer((browser) => this.#pass(browser));
  }

  static async open(target: string): Promise<CuttingProxy> {
    const proxy = new CuttingProxy(target);
    const { promise, resolve } = Promise.withResolvers<void>();
    proxy.#server.listen(0, '127.0.0.1', resolve);
    await promise;
    return proxy;
  }

  get url(): string {
    return `http://127.0.0.1:${addressSchema.parse(this.#server.address()).port}`;
  }

  /** From now on, to another server. */
  leadTo(target: string): void {
    this.#target = new URL(target);
  }

  /** The next time that the server says this, the browser gets the first half of it, and then nothing more. */
  cutAt(text: string): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#cut = { at: text, done: resolve };
    return promise;
  }

  /** No connection holds and none is made, until `up`. */
  down(): void {
    this.#down = true;
    for (const socket of this.#sockets) socket.destroy();
  }

  up(): void {
    this.#down = false;
  }

  async close(): Promise<void> {
    this.down();
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#server.close(() => resolve());
    await promise;
  }

  #pass(browser: Socket): void {
    if (this.#down) {
      browser.destroy();
      return;
    }
    const server = connect(Number(this.#target.port), this.#target.hostname);
    for (const socket of [browser, server]) {
      this.#sockets.add(socket);
      socket.on('error', () => socket.destroy());
      socket.on('close', () => {
        this.#sockets.delete(socket);
        browser.destroy();
        server.destroy();
      });
    }
    browser.pipe(server);
    server.on('data', (chunk) => {
      const cut = this.#cut;
      const at = cut === null ? -1 : chunk.indexOf(cut.at);
      if (cut === null || at === -1) {
        browser.write(chunk);
        return;
      }
      this.#cut = null;
      this.cuts += 1;
      browser.write(chunk.subarray(0, at + Math.floor(cut.at.length / 2)), () => {
        browser.destroy();
        cut.done();
      });
    });
  }
}
