import { z } from 'zod';

const sentSchema = z.object({ run: z.string() });

/** One server-sent event as it came. */
export interface Seen {
  readonly id: string;
  readonly kind: string;
  readonly data: Record<string, unknown>;
}

/** A tab without a browser: it keeps the cookie, sends messages and reads events as they come. */
export class Tab {
  readonly #url: string;
  #cookie: string;
  #stop = new AbortController();
  #reader: ReadableStreamDefaultReader<string> | null = null;
  #rest = '';
  readonly seen: Seen[] = [];

  constructor(url: string, cookie = '') {
    this.#url = url;
    this.#cookie = cookie;
  }

  /** One more tab of the same browser. */
  another(): Tab {
    return new Tab(this.#url, this.#cookie);
  }

  get cookie(): string {
    return this.#cookie;
  }

  /** Connects, and reads up to where the server has told what it had. */
  async connect(headers: Record<string, string> = {}, after = ''): Promise<Response> {
    this.#stop = new AbortController();
    const response = await fetch(`${this.#url}/web/events?after=${after}`, {
      headers: { ...headers, cookie: this.#cookie },
      signal: this.#stop.signal,
    });
    this.#cookie = response.headers.get('set-cookie')?.split(';')[0] ?? this.#cookie;
    this.#reader = response.body?.pipeThrough(new TextDecoderStream()).getReader() ?? null;
    this.#rest = '';
    return response;
  }

  disconnect(): void {
    this.#stop.abort();
  }

  /** Reads until an event satisfies the condition; null when the server closed the connection before. */
  async until(condition: (event: Seen) => boolean): Promise<Seen | null> {
    for (;;) {
      for (let end = this.#rest.indexOf('\n\n'); end !== -1; end = this.#rest.indexOf('\n\n')) {
        const event = eventOf(this.#rest.slice(0, end));
        this.#rest = this.#rest.slice(end + 2);
        this.seen.push(event);
        if (condition(event)) return event;
      }
      const chunk = await this.#reader?.read();
      if (chunk === undefined || chunk.done) return null;
      this.#rest += chunk.value;
    }
  }

  post(path: string, body: unknown, headers: Record<string, string> = {}): Promise<Response> {
    return fetch(`${this.#url}${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin: this.#url, cookie: this.#cookie, ...headers },
      body: JSON.stringify(body),
    });
  }

  /** Sends a text; resolves to the run of the chat that took it. */
  async write(id: string, text: string): Promise<string> {
    const response = await this.post('/web/messages', { id, text });
    return sentSchema.parse(await response.json()).run;
  }

  /** Everything that this tab would show, in order. */
  get shown(): string[] {
    return this.seen.flatMap(({ kind, data }) => {
      if (kind === 'assistant' || kind === 'sms') return [`${kind}: ${String(data['text'])}`];
      if (kind === 'member') return [`member: ${z.object({ text: z.string() }).parse(data['shown']).text}`];
      return [];
    });
  }
}

function eventOf(frame: string): Seen {
  const fields = new Map(
    frame.split('\n').map((line) => [line.slice(0, line.indexOf(': ')), line.slice(line.indexOf(': ') + 2)]),
  );
  const data = z.record(z.string(), z.unknown()).parse(JSON.parse(fields.get('data') ?? '{}'));
  return { id: fields.get('id') ?? '', kind: fields.get('event') ?? '', data };
}
