import { countAll, readReply } from './counting.ts';
import type { Delivery } from './wire.ts';

/** What a run came to. */
export interface Findings {
  readonly acknowledged: number;
  /** Acknowledged events that no reply speaks of. */
  readonly lost: number;
  /** Events that count more than once in their conversation. */
  readonly doubled: number;
  /** Replies that arrived after a later one of their conversation, their repetitions aside. */
  readonly outOfOrder: number;
  /** Conversations that did not come to what their events, in order, come to. */
  readonly stateMismatch: number;
  /** Replies that arrived more than once. */
  readonly repeatedReplies: number;
  readonly codes: number;
  /** Codes that arrived more than once. */
  readonly repeatedCodes: number;
}

/** What every run must come to. */
export const sound = { lost: 0, doubled: 0, outOfOrder: 0, stateMismatch: 0, repeatedCodes: 0 } as const;

/** What the platform has handed over and had acknowledged, in order, by chat. */
export class Ledger {
  readonly #chats = new Map<string, string[]>();
  acknowledged = 0;

  acknowledge(chat: string, event: string): void {
    this.acknowledged += 1;
    const events = this.#chats.get(chat);
    if (events) events.push(event);
    else this.#chats.set(chat, [event]);
  }

  /** How many acknowledged events no reply has been taken for. */
  unanswered(taken: readonly Delivery[]): number {
    const answered = new Set(repliesOf(taken).map(({ text }) => readReply(text).event));
    return [...this.#chats.values()].flat().filter((event) => !answered.has(event)).length;
  }

  /** Holds what was acknowledged against what the platform has taken. */
  findings(taken: readonly Delivery[]): Findings {
    const replies = repliesOf(taken);
    const codes = taken.filter(({ kind }) => kind === 'sms');
    let doubled = 0;
    let outOfOrder = 0;
    let stateMismatch = 0;
    for (const [chat, events] of this.#chats) {
      const all = replies.filter(({ to }) => to === chat).map(({ text }) => readReply(text));
      for (const event of events) {
        const counts = new Set(all.filter((reply) => reply.event === event).map(({ events }) => events));
        if (counts.size > 1) doubled += 1;
      }
      outOfOrder += descents(firstsInOrder(replies, chat).map(({ text }) => readReply(text).events));
      const last = all.reduce((last, reply) => (reply.events >= last.events ? reply : last), {
        event: '',
        events: 0,
        chain: '',
      });
      const [count, chain] = countAll(events);
      if (last.events !== count || last.chain !== chain) stateMismatch += 1;
    }
    return {
      acknowledged: this.acknowledged,
      lost: this.unanswered(taken),
      doubled,
      outOfOrder,
      stateMismatch,
      repeatedReplies: replies.length - new Set(replies.map(({ key }) => key)).size,
      codes: codes.length,
      repeatedCodes: codes.length - new Set(codes.map(({ key }) => key)).size,
    };
  }
}

function repliesOf(taken: readonly Delivery[]): Delivery[] {
  return taken.filter(({ kind }) => kind === 'reply');
}

/** The replies to a chat in the order in which each arrived first. */
function firstsInOrder(replies: readonly Delivery[], chat: string): Delivery[] {
  const seen = new Set<string>();
  return replies.filter(({ key, to }) => {
    if (to !== chat || seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}

/** How many numbers stand after a greater one. */
function descents(numbers: readonly number[]): number {
  let most = Number.NEGATIVE_INFINITY;
  let found = 0;
  for (const number of numbers) {
    if (number < most) found += 1;
    most = Math.max(most, number);
  }
  return found;
}
