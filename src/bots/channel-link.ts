import type { LinkState, World } from './channel.ts';

/** How a channel stands with its platform: told whenever it changes, and only then. */
export class ChannelLink {
  readonly #channel: string;
  readonly #report: World['report'];
  #state: LinkState = 'connecting';
  #why: string | undefined;

  constructor(channel: string, report: World['report']) {
    this.#channel = channel;
    this.#report = report;
  }

  get state(): LinkState {
    return this.#state;
  }

  /** `why` is a word of ours or the platform's status number. */
  is(state: LinkState, why?: string): void {
    if (state === this.#state && why === this.#why) return;
    this.#state = state;
    this.#why = why;
    this.#report({ kind: 'link', channel: this.#channel, state, ...(why !== undefined && { why }) });
  }
}
