import type { BinaryNode, WASocket } from '@whiskeysockets/baileys';

/** What WhatsApp's server said to a message: taken, or refused with this number. */
export type Ack = { readonly taken: true } | { readonly taken: false; readonly code: string };

/** Waits for the server's word on each message: Baileys' own sending ends when the bytes have left. */
export class Acks {
  readonly #waiting = new Map<string, (ack: Ack) => void>();

  constructor({ ws }: Pick<WASocket, 'ws'>) {
    ws.on('CB:ack,class:message', ({ attrs }: BinaryNode) => {
      const { id = '', error } = attrs;
      this.#waiting.get(id)?.(error === undefined ? { taken: true } : { taken: false, code: error });
    });
  }

  /** To be called before the message goes. Resolves when the server answers, or with null once the signal is aborted. */
  async of(id: string, signal: AbortSignal): Promise<Ack | null> {
    const { promise, resolve } = Promise.withResolvers<Ack | null>();
    const giveUp = () => resolve(null);
    this.#waiting.set(id, resolve);
    signal.addEventListener('abort', giveUp, { once: true });
    if (signal.aborted) giveUp();
    try {
      return await promise;
    } finally {
      this.#waiting.delete(id);
      signal.removeEventListener('abort', giveUp);
    }
  }
}
