import { PassThrough, type Readable } from 'node:stream';
import type { ConversationId } from '../../core/inbound.ts';
import type { Instant } from '../../core/time.ts';
import type { ChatEvent, Clearing, StreamEvents } from './event.ts';

/** Characters of what one chat shows that are kept for a reload or a second tab: some hundred messages, newest stay. */
const logCap = 96 * 1_024;

/** Tabs of one chat at a time. A browser has six connections to one server, and messages have to get through too. */
const streamCap = 4;

/** Bytes that may wait for a tab that does not read; then it is cut off and has to come back for the rest. */
const backlogCap = 4 * logCap;

interface Entry {
  readonly number: number;
  readonly event: ChatEvent;
  readonly frame: string;
}

/**
 * One chat on the web: what it shows, in order, and the tabs that show it. Events are numbered within a run of the
 * chat; `<run>.<number>` is the id by which a tab that was cut off says what it has. Another run is a chat that began
 * anew: after a restart, or after fifteen idle minutes.
 */
export class Chat {
  readonly conversation: ConversationId;
  /** Names this run of the chat. */
  readonly run: string;
  /** When the member last wrote, or when it began. */
  writtenAt: Instant;
  #log: Entry[] = [];
  #size = 0;
  #number = 0;
  readonly #streams = new Set<PassThrough>();
  readonly #arriving = new Set<Promise<unknown>>();

  constructor(conversation: ConversationId, run: string, now: Instant) {
    this.conversation = conversation;
    this.run = run;
    this.writtenAt = now;
  }

  get watched(): boolean {
    return this.#streams.size > 0;
  }

  /** Shows an event in all tabs, and keeps it. */
  add(event: ChatEvent, now: Instant): void {
    const { kind, ...data } = event;
    this.#number += 1;
    const frame = `id: ${this.run}.${this.#number}\n${frameOf(kind, { ...data, at: now })}`;
    this.#log.push({ number: this.#number, event, frame });
    this.#size += frame.length;
    while (this.#size > logCap) this.#size -= this.#log.shift()?.frame.length ?? this.#size;
    this.#tell(frame);
  }

  /** Whether the member's message with this id is shown already. */
  shows(inbound: string): boolean {
    return this.#log.some(({ event }) => event.kind === 'member' && event.id === inbound);
  }

  /** The label under which a choice was offered last. */
  labelOf(choice: string): string | null {
    const offers = this.#log.flatMap(({ event }) => (event.kind === 'assistant' ? event.choices : []));
    return offers.findLast(({ id }) => id === choice)?.label ?? null;
  }

  /** A message that is on its way into the program: what answers it must not be shown before it. */
  async arriving<Result>(handover: Promise<Result>): Promise<Result> {
    this.#arriving.add(handover);
    try {
      return await handover;
    } finally {
      this.#arriving.delete(handover);
    }
  }

  /** Resolves when no message is on its way in. */
  async settled(): Promise<void> {
    await Promise.allSettled(this.#arriving);
  }

  /**
   * The live events for one more tab: first those that it has not seen (all of them where `after` is of another run, or
   * unknown), then each as it comes. Where there are too many tabs, the one that came first is told and let go.
   */
  watch(after: string): Readable {
    const seen = after.startsWith(`${this.run}.`) ? Number(after.slice(this.run.length + 1)) : 0;
    const missed = this.#log.filter(({ number }) => !(number <= seen));
    const stream = new PassThrough();
    stream.write(frameOf('start', { run: this.run, last: this.#number }) + missed.map(({ frame }) => frame).join(''));
    stream.once('close', () => this.#streams.delete(stream));
    for (const oldest of [...this.#streams].slice(0, Math.max(0, this.#streams.size + 1 - streamCap))) {
      this.#streams.delete(oldest);
      oldest.end(frameOf('crowded', {}));
    }
    this.#streams.add(stream);
    return stream;
  }

  /** Tells every tab that the connection is alive, and finds out about those that are not. */
  beat(): void {
    this.#tell(frameOf('beat', {}));
  }

  /** Forgets all that was shown, here and in every tab, and lets the tabs go: they come back to a new run. */
  close(reason: Clearing): void {
    this.#log = [];
    this.#size = 0;
    this.release(frameOf('cleared', { reason }));
  }

  /** Lets all tabs go; they come back when they can. */
  release(lastWords = ''): void {
    for (const stream of this.#streams) stream.end(lastWords);
    this.#streams.clear();
  }

  #tell(frame: string): void {
    for (const stream of this.#streams) {
      stream.write(frame);
      if (stream.writableLength + stream.readableLength > backlogCap) stream.destroy();
    }
  }
}

/** One server-sent event. JSON has no line breaks of its own, so nothing that a member writes can end a frame early. */
function frameOf(kind: keyof StreamEvents, data: object): string {
  return `event: ${kind}\ndata: ${JSON.stringify(data)}\n\n`;
}
