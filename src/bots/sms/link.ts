import type { SendResult } from '../../core/sending.ts';
import type { LinkState, World } from '../channel.ts';
import { smsChannel } from './names.ts';

/** What a send tells of the way to the gateway; the others are about the text alone. */
const tellsOfLink: ReadonlySet<string> = new Set(['unreachable', 'uncertain', 'unauthorised']);

/**
 * How things stand with the gateway. There is no connection to look at: the last send tells, and until the first it is
 * believed in. Told whenever it changes, and only then.
 */
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

  started(): void {
    this.#is('up');
  }

  sent(result: SendResult): void {
    if (result.sent) this.#is('up');
    else if (tellsOfLink.has(result.problem)) this.#is('connecting', result.problem);
  }

  #is(state: LinkState, why?: string): void {
    if (state === this.#state && why === this.#why) return;
    this.#state = state;
    this.#why = why;
    this.#report({ kind: 'link', channel: smsChannel, state, ...(why !== undefined && { why }) });
  }
}
