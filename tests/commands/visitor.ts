import { setTimeout as pause } from 'node:timers/promises';
import { type Seen, Tab } from '../bots/web/tab.ts';

/** As the page: pauses before it connects again, and before it sends a message again, in milliseconds. */
const reconnectPause = 100;
const resendPause = 500;

/** Each request on a connection of its own, so that a balancer may lead it anywhere. */
const alone = { connection: 'close' };

/** A browser with the page open: listens, comes back when it is cut off, sends a message until the server has it. */
export class Visitor {
  /** Every event that says something, as it came: none of them may come twice. */
  readonly events: Seen[] = [];
  readonly #tab: Tab;
  #last = '';
  #left = false;
  #connections = 0;
  #messages = 0;

  constructor(url: string, cookie = '') {
    this.#tab = new Tab(url, cookie);
  }

  get cookie(): string {
    return this.#tab.cookie;
  }

  /** How often it has connected. */
  get connections(): number {
    return this.#connections;
  }

  /** Listens until it leaves. */
  async listen(): Promise<void> {
    while (!this.#left) {
      try {
        const response = await this.#tab.connect(alone, this.#last);
        if (response.ok) {
          this.#connections += 1;
          await this.#tab.until((event) => this.#take(event));
        }
      } catch {
        // Cut off.
      }
      await pause(reconnectPause);
    }
  }

  /** Sends until it is taken. */
  async send(content: { readonly text: string } | { readonly choice: string }): Promise<void> {
    this.#messages += 1;
    const message = { id: `message-${this.#messages}`, ...content };
    for (;;) {
      const status = await this.#tab.post('/web/messages', message, alone).then(
        async (response) => {
          await response.text();
          return response.status;
        },
        () => 0,
      );
      if (status === 202) return;
      await pause(resendPause);
    }
  }

  leave(): void {
    this.#left = true;
    this.#tab.disconnect();
  }

  /** What the assistant has said, in order. */
  get replies(): string[] {
    return this.#textsOf('assistant');
  }

  get sms(): string[] {
    return this.#textsOf('sms');
  }

  #textsOf(kind: string): string[] {
    return this.events.flatMap((event) => (event.kind === kind ? [String(event.data['text'])] : []));
  }

  #take(event: Seen): boolean {
    if (event.id !== '') {
      this.#last = event.id;
      this.events.push(event);
    }
    return this.#left;
  }
}
