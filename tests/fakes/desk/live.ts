import { PassThrough, type Readable } from 'node:stream';

/** How often an open page hears that the connection lives, in milliseconds: within the idle limit of the server. */
const heartbeat = 20_000;

/** Tells open pages how things stand: all of it, whenever something has changed. */
export class Live {
  readonly #look: () => object;
  readonly #pages = new Set<PassThrough>();
  readonly #beat: NodeJS.Timeout;
  #due = false;

  /** `look` says how things stand. */
  constructor(look: () => object) {
    this.#look = look;
    this.#beat = setInterval(() => this.#say(': alive\n\n'), heartbeat).unref();
  }

  /** Server-sent events for one page: how things stand now, then after each change. */
  open(): Readable {
    const page = new PassThrough();
    this.#pages.add(page);
    page.once('close', () => this.#pages.delete(page));
    page.write(this.#state());
    return page;
  }

  /** Something has changed. What changes at the same moment is told at once. */
  readonly changed = (): void => {
    if (this.#due) return;
    this.#due = true;
    setImmediate(() => {
      this.#due = false;
      if (this.#pages.size > 0) this.#say(this.#state());
    });
  };

  close(): void {
    clearInterval(this.#beat);
    for (const page of this.#pages) page.end();
  }

  #state(): string {
    return `event: state\ndata: ${JSON.stringify(this.#look())}\n\n`;
  }

  #say(frame: string): void {
    for (const page of this.#pages) page.write(frame);
  }
}
