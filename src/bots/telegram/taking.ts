import type { World } from '../channel.ts';
import type { Self } from './group.ts';
import { inboundOf } from './inbound.ts';
import { telegramChannel } from './names.ts';
import type { Platform } from './platform.ts';
import { readUpdate, type Update } from './update.ts';

/** What became of the updates that came together. */
export interface Batch {
  /** The least id of those that are not kept; null when all are. */
  readonly missing: number | null;
}

/** Takes what Telegram brings, whichever way it comes. */
export interface Taking {
  /** Resolves when the update is safe, or none of our business. Rejects when it could not be kept. */
  take(raw: unknown): Promise<void>;
  /** The same for several: one after the other in a chat, and no further there when one could not be kept. */
  takeAll(raws: readonly unknown[]): Promise<Batch>;
}

export function takingFor(
  { intake, report }: Pick<World, 'intake' | 'report'>,
  platform: Platform,
  self: () => Promise<Self>,
): Taking {
  /** Content never goes along: who looks at it sees that something came that a version to come has to read. */
  const setAside = (why: string) => report({ kind: 'set aside', channel: telegramChannel, why });

  async function takeRead(update: Update): Promise<void> {
    const inbound = await inboundOf(update, intake, self);
    if (inbound === null) return;
    if ((await intake.accept(inbound)) === 'full') setAside('full');
    const { callback_query: press } = update;
    // The button stops turning. When that fails it stops by itself, after a while.
    if (press) platform.ask((api) => api.answerCallbackQuery({ callback_query_id: press.id })).catch(() => undefined);
  }

  async function takeInOrder(updates: readonly Update[]): Promise<number | null> {
    for (const update of updates) {
      try {
        await takeRead(update);
      } catch (error) {
        report({ kind: 'failed', channel: telegramChannel, step: 'accept', error });
        return update.update_id;
      }
    }
    return null;
  }

  return {
    async take(raw) {
      const update = readUpdate(raw);
      if (update === null) return setAside('unreadable');
      await takeRead(update);
    },

    async takeAll(raws) {
      const chats = new Map<number | undefined, Update[]>();
      for (const raw of raws) {
        const update = readUpdate(raw);
        if (update === null) setAside('unreadable');
        else chats.set(chatOf(update), [...(chats.get(chatOf(update)) ?? []), update]);
      }
      const stopped = await Promise.all(chats.values().map((updates) => takeInOrder(updates)));
      const missing = stopped.filter((id) => id !== null);
      return { missing: missing.length === 0 ? null : Math.min(...missing) };
    },
  };
}

function chatOf({ message, edited_message: edited, callback_query: press }: Update): number | undefined {
  return (message ?? edited ?? press?.message)?.chat.id;
}
