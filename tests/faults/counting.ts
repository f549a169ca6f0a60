import { createHash } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { z } from 'zod';
import type { Inbound } from '../../src/core/inbound.ts';
import { phoneSchema } from '../../src/core/jamsostek/phone.ts';
import type { Effect } from '../../src/core/reply.ts';
import type { Turn, Work } from '../../src/engine/engine.ts';

const sessionSchema = z.tuple([z.number(), z.string()]);

/** What the assistant has counted in one conversation: how many events, and a digest of which ones in which order. */
type Counted = z.infer<typeof sessionSchema>;

const nothing: Counted = [0, ''];

/** The count after one more event. */
export function count([events, chain]: Counted, event: string): Counted {
  const next = createHash('sha256').update(`${chain} ${event}`).digest('base64url').slice(0, 12);
  return [events + 1, next];
}

/** The count after all of these. */
export function countAll(events: readonly string[]): Counted {
  return events.reduce(count, nothing);
}

const replySchema = z.tuple([z.string(), z.coerce.number(), z.string()]);

/** What a reply says: the event that it answers, and the count with it. */
export function readReply(text: string): { readonly event: string; readonly events: number; readonly chain: string } {
  const [event, events, chain] = replySchema.parse(text.split(' '));
  return { event, events, chain };
}

/** What a turn may be made to do. */
export interface Doings {
  /** Waits until the platform has answered. */
  ask(inbound: Inbound): Promise<void>;
  /** Ends this process at once. */
  die(): void;
}

/**
 * A conversation that counts, so that whatever is lost, doubled or out of order shows in every later reply. What the
 * member writes says what its turn does: `sms` sends a code, too; `slow 200` takes so many milliseconds; `ask` waits
 * for the platform; `throw` fails, and `die` ends the process, every time; `three` answers with three replies.
 */
export function countingConversation(doings: Doings): Pick<Work<null>, 'turn' | 'giveUp'> {
  return {
    async turn(session, inbound) {
      const [what = '', argument] = inbound.content.kind === 'text' ? inbound.content.text.split(' ') : [];
      if (what === 'slow') await pause(Number(argument));
      if (what === 'ask') await doings.ask(inbound);
      if (what === 'throw') throw new Error('a turn that always fails');
      if (what === 'die') doings.die();
      return turn(session, inbound, what);
    },
    giveUp: (session, inbound) => turn(session, inbound, ''),
  };
}

function turn(session: string | null, inbound: Inbound, what: string): Turn<null> {
  const counted = count(session === null ? nothing : sessionSchema.parse(JSON.parse(session)), inbound.id);
  const reply: Effect = {
    kind: 'reply',
    to: inbound.from,
    reply: { language: 'id', text: `${inbound.id} ${counted[0]} ${counted[1]}`, choices: [], personal: false },
  };
  const code: Effect = {
    kind: 'sms',
    to: phoneSchema.parse('+6281200000000'),
    text: `code of ${inbound.id}`,
    conversation: inbound.conversation,
  };
  return {
    session: JSON.stringify(counted),
    effects: what === 'sms' ? [code, reply] : what === 'three' ? [reply, reply, reply] : [reply],
    outcome: null,
  };
}
