import type { Account } from './account.ts';
import type { ChatRoom } from './chat-room.ts';
import { type SeenMessage, seenMessage } from './seen-message.ts';

/** How long `next` waits unless told otherwise, in milliseconds. */
const patience = 15_000;

/** What people see of one chat, and a way to take the bot's messages one after the other. */
export class Screen {
  readonly #room: ChatRoom;
  readonly #account: Account;
  readonly #untaken: number[] = [];
  readonly #waiting: PromiseWithResolvers<void>[] = [];

  constructor(room: ChatRoom, account: Account) {
    this.#room = room;
    this.#account = account;
    room.onPost((message) => {
      if (message.from.id !== account.me.id) return;
      this.#untaken.push(message.message_id);
      this.#waiting.shift()?.resolve();
    });
  }

  /** The messages that stand in the chat now, in order: deleted ones are gone, edited ones are as they became. */
  read(): SeenMessage[] {
    const { me, files } = this.#account;
    return this.#room.messages.map((message) => seenMessage(message, this.#room, me.id, files));
  }

  /**
   * The next message of the bot that was not taken yet, as it stands now; one that is gone is passed over.
   * Rejects when none comes within so many milliseconds.
   */
  async next({ within = patience }: { readonly within?: number } = {}): Promise<SeenMessage> {
    const timeout = AbortSignal.timeout(within);
    for (;;) {
      for (let id = this.#untaken.shift(); id !== undefined; id = this.#untaken.shift()) {
        const message = this.#room.find(id);
        if (message !== undefined) return seenMessage(message, this.#room, this.#account.me.id, this.#account.files);
      }
      await this.#post(timeout, within);
    }
  }

  async #post(timeout: AbortSignal, within: number): Promise<void> {
    const posted = Promise.withResolvers<void>();
    const late = () => posted.reject(this.#nothingCame(within));
    timeout.addEventListener('abort', late);
    if (timeout.aborted) late();
    this.#waiting.push(posted);
    try {
      await posted.promise;
    } finally {
      timeout.removeEventListener('abort', late);
      const at = this.#waiting.indexOf(posted);
      if (at !== -1) this.#waiting.splice(at, 1);
    }
  }

  #nothingCame(within: number): Error {
    const last = this.#account.calls.slice(-5).map(({ method, outcome }) => `${method} (${outcome})`);
    const calls = last.length === 0 ? 'it has called nothing' : `its last calls: ${last.join(', ')}`;
    return new Error(`No message of the bot in chat ${this.#room.chat.id} within ${within} ms; ${calls}.`);
  }
}
