import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import type { Certificate } from './certificate.ts';
import type { Journal } from './journal.ts';
import type { MediaStore } from './media.ts';

/** Takes and gives out encrypted files over HTTPS on loopback. */
export class MediaServer {
  readonly #server: Server;

  private constructor(server: Server) {
    this.#server = server;
  }

  static async start(store: MediaStore, journal: Journal, { key, certificate }: Certificate): Promise<MediaServer> {
    const server = createServer({ key, cert: certificate }, (request, response) => {
      const { pathname } = new URL(request.url ?? '/', 'https://localhost');
      if (request.method !== 'POST') {
        const file = store.get(pathname);
        journal.write({ kind: 'download', path: pathname, found: file !== undefined });
        response.writeHead(file ? 200 : 404).end(file);
        return;
      }
      const path = `/v${pathname.slice(pathname.lastIndexOf('/'))}`;
      buffer(request)
        .then((file) => {
          store.put(path, file);
          journal.write({ kind: 'upload', path: pathname, bytes: file.length });
          return response.end(JSON.stringify({ url: store.urlOf(path), direct_path: path }));
        })
        // A client that is killed in the middle of it.
        .catch(() => response.destroy());
    });
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    server.once('error', reject).listen(0, '127.0.0.1', resolve);
    await promise;
    store.host = `127.0.0.1:${portOf(server.address())}`;
    return new MediaServer(server);
  }

  async close(): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#server.close(() => resolve());
    this.#server.closeAllConnections();
    await promise;
  }
}

/** The port that a server listens on. Throws for one that listens on none. */
export function portOf(address: AddressInfo | string | null): number {
  if (address === null || typeof address === 'string') throw new Error('The server has no port.');
  return address.port;
}
