import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';
import { z } from 'zod';

const addressSchema = z.object({ port: z.number() });

/** Where a connection was led, and whether it sent a message. */
interface Led {
  readonly to: string;
  readonly post: boolean;
}

/**
 * Stands before several processes, as a load balancer does: each connection goes to the next one, and past those that
 * take none. A connection ends when either of its sides does.
 */
export class Balancer {
  /** Told of each connection when its first bytes have been passed on. */
  told: (led: Led) => void = () => undefined;
  readonly #server = createServer({ allowHalfOpen: false }, (client) => this.#lead(client, 0));
  readonly #sockets = new Set<Socket>();
  #targets: readonly string[];
  #turn = 0;

  private constructor(targets: readonly string[]) {
    this.#targets = targets;
  }

  static async open(targets: readonly string[]): Promise<Balancer> {
    const balancer = new Balancer(targets);
    balancer.#server.listen(0, '127.0.0.1');
    await once(balancer.#server, 'listening');
    return balancer;
  }

  get url(): string {
    return `http://127.0.0.1:${addressSchema.parse(this.#server.address()).port}`;
  }

  /** From now on these. */
  leadTo(targets: readonly string[]): void {
    this.#targets = targets;
  }

  async close(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    this.#server.close();
    await once(this.#server, 'close');
  }

  #lead(client: Socket, tries: number): void {
    this.#turn += 1;
    const to = this.#targets[this.#turn % this.#targets.length] ?? '';
    this.#keep(client);
    const target = new URL(to);
    const server = connect(Number(target.port), target.hostname);
    this.#keep(server);
    let connected = false;
    server.once('error', () => {
      // One that refuses connections is passed over; what was under way when it died cannot be saved.
      if (connected || tries >= this.#targets.length) client.destroy();
      else this.#lead(client, tries + 1);
    });
    server.once('connect', () => {
      connected = true;
      client.once('data', (first: Buffer) => {
        this.told({ to, post: first.toString('latin1').startsWith('POST /web/messages') });
      });
      client.pipe(server);
      server.pipe(client);
      client.once('close', () => server.destroy());
      server.once('close', () => client.destroy());
    });
  }

  #keep(socket: Socket): void {
    if (this.#sockets.has(socket)) return;
    this.#sockets.add(socket);
    socket.on('error', () => socket.destroy());
    socket.once('close', () => this.#sockets.delete(socket));
  }
}
