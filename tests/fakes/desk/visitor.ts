import { z } from 'zod';
import { Sequence } from '../whatsapp/sequence.ts';
import type { DeskState, Line, ShownChat } from './shown.ts';

const stateSchema = z.custom<DeskState>((value) => typeof value === 'object' && value !== null);
const answerSchema = z.object({ id: z.string().exactOptional(), error: z.string().exactOptional() });

/** How long something may take to be shown, in milliseconds. */
const patience = 15_000;

/** Someone who sits at the desk through HTTP alone, and sees what its page is told. */
export class Visitor {
  readonly #url: string;
  readonly #states = new Sequence<DeskState>();
  readonly #gone = new AbortController();

  private constructor(url: string) {
    this.#url = url;
  }

  /** Comes to the desk, and has seen how things stand. */
  static async at(url: string): Promise<Visitor> {
    const visitor = new Visitor(url);
    const { body } = await fetch(`${url}/events`, { signal: visitor.#gone.signal });
    if (body === null) throw new Error('The desk tells nothing.');
    // It ends when the visitor leaves, or when the desk closes.
    visitor.#watch(body).catch(() => undefined);
    await visitor.until(() => true);
    return visitor;
  }

  /** How things stand, as far as was told. */
  get state(): DeskState {
    const last = this.#states.items.at(-1);
    if (last === undefined) throw new Error('Nothing was told yet.');
    return last;
  }

  /** Resolves as soon as it is so, with how things stand then. */
  until(isSo: (state: DeskState) => boolean): Promise<DeskState> {
    return this.#states.wait(isSo, patience, Math.max(this.#states.items.length - 1, 0));
  }

  /** Resolves with the last line of a chat, once it is the assistant's and so many lines of the assistant are there. */
  async reply(platform: 'telegram' | 'whatsapp' | 'sms', chat: string, count: number): Promise<Line> {
    const linesOf = (state: DeskState) => {
      const lines = state[platform].chats.find(({ id }) => id === chat)?.lines ?? [];
      return lines.filter(({ from }) => from === null);
    };
    const found = linesOf(await this.until((state) => linesOf(state).length >= count)).at(count - 1);
    if (found === undefined) throw new Error('It is gone again.');
    return found;
  }

  async post(path: string, body: object): Promise<{ readonly status: number } & z.infer<typeof answerSchema>> {
    const headers = { 'content-type': 'application/json' };
    const response = await fetch(this.#url + path, { method: 'POST', headers, body: JSON.stringify(body) });
    return { status: response.status, ...answerSchema.parse(await response.json()) };
  }

  leave(): void {
    this.#gone.abort();
  }

  async #watch(body: ReadableStream<Uint8Array>): Promise<void> {
    let text = '';
    for await (const part of body.pipeThrough(new TextDecoderStream())) {
      const frames = (text + part).split('\n\n');
      text = frames.pop() ?? '';
      for (const frame of frames) {
        const json = /^event: state\ndata: (.*)$/.exec(frame)?.[1];
        if (json !== undefined) this.#states.add(stateSchema.parse(JSON.parse(json)));
      }
    }
  }
}

/** A chat of several. Throws when it is not there. */
export function chatOf(chats: readonly ShownChat[], id: string): ShownChat {
  const chat = chats.find((each) => each.id === id);
  if (chat === undefined) throw new Error(`There is no chat ${id}.`);
  return chat;
}

/** The code that a text brings. Throws when there is none to use. */
export function codeIn({ buttons }: Line): string {
  const code = buttons.flat().find(({ label }) => label === 'Use this code')?.id;
  if (code === undefined || code === null) throw new Error('This text brings no code.');
  return code;
}
