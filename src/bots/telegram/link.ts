import type { LinkState, World } from '../channel.ts';
import { telegramChannel } from './names.ts';

/** How things stand with Telegram: told whenever it changes, and only then. */
export class Link {
  readonly #report: World['report'];
  #state: LinkState = 'connecting';
  #why: string | undefined;

  constructor(report: World['report']) {
    this.#report = report;
  }

  get state(): LinkState {
    return this.#state;
  }

  /** `why` is a word of ours or Telegram's status number. */
  is(state: LinkState, why?: string): void {
    if (state === this.#state && why === this.#why) return;
    this.#state = state;
    this.#why = why;
    this.#report({ kind: 'link', channel: telegramChannel, state, ...(why !== undefined && { why }) });
  }
}
