/**
 * Just enough HTTP/1.1 for the platform: the machine's processors are for the bots, and a full server and client would
 * take as much of them as the leanest bot. Bodies with a length only; anything else ends the run with an error.
 */
import { once } from 'node:events';
import { connect, createServer, type Server, type Socket } from 'node:net';

/** Cuts what arrives on a socket into messages of one head and one body. */
class Messages {
  #left: Buffer = Buffer.alloc(0);

  *of(arrived: Buffer): Generator<{ readonly head: string; readonly body: string }> {
    this.#left = this.#left.length === 0 ? arrived : Buffer.concat([this.#left, arrived]);
    for (;;) {
      const headEnd = this.#left.indexOf('\r\n\r\n');
      if (headEnd < 0) return;
      const head = this.#left.toString('latin1', 0, headEnd);
      if (/\r\ntransfer-encoding:/i.test(head)) throw new Error('The platform takes no chunked bodies.');
      const bodyStart = headEnd + 4;
      const bodyEnd = bodyStart + Number(/\r\ncontent-length: *(\d+)/i.exec(head)?.[1] ?? 0);
      if (this.#left.length < bodyEnd) return;
      const body = this.#left.toString('utf8', bodyStart, bodyEnd);
      this.#left = this.#left.subarray(bodyEnd);
      yield { head, body };
    }
  }
}

/** Answers every request at once with status 200 and the JSON that `answer` gives. */
export function jsonServer(answer: (path: string, body: string) => string): Server {
  return createServer({ noDelay: true }, (socket) => {
    const messages = new Messages();
    socket.on('error', () => undefined);
    socket.on('data', (arrived) => {
      for (const { head, body } of messages.of(arrived)) {
        const answered = answer(head.slice(head.indexOf(' ') + 1, head.lastIndexOf(' HTTP/1.1')), body);
        const closes = /\r\nconnection: *close/i.test(head);
        socket.write(
          `HTTP/1.1 200 OK\r\ncontent-type: application/json\r\nconnection: ${closes ? 'close' : 'keep-alive'}\r\n` +
            `content-length: ${Buffer.byteLength(answered)}\r\n\r\n${answered}`,
        );
        if (closes) socket.end();
      }
    });
  });
}

/** One connection to a webhook, for one request at a time. */
export class Line {
  readonly #socket: Socket;
  readonly #head: string;
  #answered: PromiseWithResolvers<string> | undefined;

  private constructor(socket: Socket, head: string) {
    this.#socket = socket;
    this.#head = head;
    const messages = new Messages();
    const fail = (why: unknown) => this.#answered?.reject(why);
    socket.on('error', fail);
    socket.on('close', () => fail(new Error('The bot closed its connection.')));
    socket.on('data', (arrived) => {
      for (const { head } of messages.of(arrived)) this.#answered?.resolve(head.slice(9, 12));
    });
  }

  static async open(port: number, headers: Readonly<Record<string, string>>): Promise<Line> {
    const socket = connect({ port, host: '127.0.0.1', noDelay: true });
    await once(socket, 'connect');
    const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
    return new Line(socket, `POST /telegram/webhook HTTP/1.1\r\nhost: 127.0.0.1:${port}\r\n${lines.join('')}`);
  }

  /** Posts a JSON body; resolves to the answer's status. */
  post(body: string): Promise<string> {
    this.#answered = Promise.withResolvers();
    this.#socket.write(
      `${this.#head}content-type: application/json\r\ncontent-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
    );
    return this.#answered.promise;
  }

  close(): void {
    this.#socket.destroy();
  }
}
