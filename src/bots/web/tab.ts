import { PassThrough } from 'node:stream';
import type { ConversationId } from '../../core/inbound.ts';
import { type ChatLog, logCap, type Position, runOf, type Shown } from './chat-log.ts';
import { clearedFrame, entryFrame, frameOf } from './entry.ts';
import type { Clearing, StreamEvents } from './event.ts';

/** Bytes that may wait for a tab that does not read; then it is cut off and has to come back for the rest. */
const backlogCap = 4 * logCap;

const eventId = /^(?<life>[\w-]{1,64})\.(?<clearings>\d{1,9})\.(?<number>\d{1,15})$/;

/** One tab that shows a chat: from where it was to where the chat is, and on as the chat goes on. */
export class Tab {
  readonly conversation: ConversationId;
  /** The live events. */
  readonly stream = new PassThrough();
  readonly #log: ChatLog;
  readonly #unwatch: () => void;
  #position: Position | null;
  #started = false;
  #stale = false;
  #reading: Promise<void> | null = null;

  /** `after` is the id of the last event that the tab has had; anything else is none. */
  constructor(log: ChatLog, conversation: ConversationId, after: string) {
    this.#log = log;
    this.conversation = conversation;
    this.#position = positionIn(after);
    this.#unwatch = log.watch(conversation, () => void this.refresh().catch(() => undefined));
    this.stream.once('close', () => this.leave());
  }

  /** Shows what it has not shown yet. Rejects when the log does not answer. */
  refresh(): Promise<void> {
    this.#stale = true;
    this.#reading ??= this.#readAll();
    return this.#reading;
  }

  /** Tells the tab something. */
  say(frame: string): void {
    if (!this.stream.writable) return;
    this.stream.write(frame);
    if (this.stream.writableLength + this.stream.readableLength > backlogCap) this.stream.destroy();
  }

  /** Lets the tab go. It comes back when it can. */
  leave(lastWords = ''): void {
    this.#unwatch();
    if (this.stream.writable) this.stream.end(lastWords);
  }

  async #readAll(): Promise<void> {
    try {
      while (this.#stale && this.stream.writable) {
        this.#stale = false;
        this.#show(await this.#log.read(this.conversation, this.#position));
      }
    } finally {
      // In the same moment in which nothing was stale any more: what comes later has to begin anew.
      this.#reading = null;
    }
  }

  #show(shown: Shown): void {
    const before = this.#position;
    const lives = before?.life === shown.life && before.number <= shown.number;
    if (lives && before.clearings < shown.clearings) return this.#clear(shown);
    if (this.#started && !lives) return this.leave(cleared('idle'));

    const run = runOf(shown);
    const frames = shown.entries.map((entry) => entryFrame(entry, run)).join('');
    const start: StreamEvents['start'] = { run, last: frames === '' ? 0 : shown.number };
    this.say((this.#started ? '' : frameOf('start', start)) + frames);
    this.#started = true;
    this.#position = shown;
  }

  /** The tab forgets, then comes back for what was said since: to another run, and perhaps as somebody else. */
  #clear({ entries, reason, ...end }: Shown): void {
    const next = entries.find(({ text }) => text !== '')?.number ?? end.number + 1;
    const id = `${runOf(end)}.${next - 1}`;
    this.leave(entries.map(clearedFrame).join('') + cleared(reason, id));
  }
}

function cleared(reason: Clearing, id?: string): string {
  const data: StreamEvents['cleared'] = { reason };
  return frameOf('cleared', data, id);
}

function positionIn(id: string): Position | null {
  const { life, clearings, number } = eventId.exec(id)?.groups ?? {};
  return life === undefined ? null : { life, clearings: Number(clearings), number: Number(number) };
}
