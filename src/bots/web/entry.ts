import { z } from 'zod';
import type { ConversationId } from '../../core/inbound.ts';
import type { Instant } from '../../core/time.ts';
import { answeredBy } from '../bot.ts';
import type { Entry } from './chat-log.ts';
import type { ChatEvent, StreamEvents } from './event.ts';

/** What the key of a member's message begins with. */
const incoming = 'in/';

/** An event as the log keeps it. A newer version of this program may have written one of a kind that this one does not know. */
const kept = z.looseObject({ kind: z.enum(['member', 'assistant', 'sms']) });
const offering = z.object({ choices: z.array(z.object({ id: z.string(), label: z.string() })) });

/** The key of a member's message; `id` is the page's. */
export function messageKey(id: string): string {
  return incoming + id;
}

/** The key of a reply, and that of the message it answers. `effect` names the reply, as in `Bot.send`. */
export function replyKeys(
  effect: string,
  conversation: ConversationId,
): { readonly key: string; readonly answers: string } {
  return { key: `out/${effect}`, answers: messageKey(answeredBy(effect, conversation)) };
}

/** An event that happened now, for the log. */
export function textOf(event: ChatEvent, at: Instant): string {
  return JSON.stringify({ ...event, at });
}

/** What a page is told of an entry of this run. */
export function entryFrame({ number, text }: Entry, run: string): string {
  if (text === '') return '';
  const event = kept.safeParse(JSON.parse(text));
  if (!event.success) return '';
  const { kind, ...data } = event.data;
  return frameOf(kind, data, `${run}.${number}`);
}

/**
 * What a page is told of an entry that was cleared before the page had it: only that a message has arrived, so that the
 * page that sent it does not send it again.
 */
export function clearedFrame({ key }: Entry): string {
  if (!key.startsWith(incoming)) return '';
  const member: StreamEvents['member'] = { id: key.slice(incoming.length), shown: { kind: 'text', text: '' }, at: 0 };
  return frameOf('member', member);
}

/** One server-sent event. JSON has no line breaks of its own, so nothing that a member writes can end a frame early. */
export function frameOf(kind: keyof StreamEvents, data: object, id?: string): string {
  return `${id === undefined ? '' : `id: ${id}\n`}event: ${kind}\ndata: ${JSON.stringify(data)}\n\n`;
}

/** The label under which a choice was offered last; null when nothing that is still shown has offered it. */
export function labelOf(choice: string, entries: readonly Entry[]): string | null {
  const offers = entries.flatMap(({ text }) => {
    const offered = text === '' ? null : offering.safeParse(JSON.parse(text)).data;
    return offered?.choices ?? [];
  });
  return offers.findLast(({ id }) => id === choice)?.label ?? null;
}
