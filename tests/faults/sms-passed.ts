import { conversationAt } from '../../src/backends/system/conversation-id.ts';
import { keysFrom } from '../../src/backends/system/keys.ts';
import { inboundReader } from '../../src/bots/sms/inbound.ts';
import { messagesPath } from '../../src/bots/sms/names.ts';
import { referenceOf } from '../../src/bots/sms/reference.ts';
import { turnId } from '../../src/core/services.ts';
import type { Exchange } from './sms-relay.ts';

/** A text from a telephone that the gateway has brought, however often. */
export interface Brought {
  readonly phone: string;
  readonly text: string;
  /** Whether the program has answered with 200. */
  readonly acknowledged: boolean;
  /** What the gateway is told to call the texts that come of it. */
  readonly references: readonly string[];
}

/** A text of ours that the gateway was handed, however often. */
export interface Handed {
  readonly phone: string;
  readonly text: string;
  readonly reference: string;
  /** Whether Kannel has said that it has it: then it has to arrive. */
  readonly accepted: boolean;
  /** How often it may have left: each time that it was accepted, and each time that nobody knows. */
  readonly left: number;
}

/** A turn has fewer effects. */
const mostEffects = 4;

/** What the gateway has brought, each text once, as the program that digests with this secret calls it. */
export function broughtIn(exchanges: readonly Exchange[], secretKey: string): readonly Brought[] {
  const keys = keysFrom(secretKey);
  const read = inboundReader({ conversationAt: (address) => conversationAt(keys, address) });
  const brought = new Map<string, Brought>();
  for (const { path, query, body, status } of exchanges) {
    if (path !== messagesPath) continue;
    const id = query['id'] ?? '';
    const inbound = read({ id, from: query['from'] ?? '', text: body, at: null }, 0);
    if (inbound?.phone === undefined) throw new Error('The gateway brought a text from no telephone.');
    const turn = turnId(inbound.conversation, inbound.id);
    brought.set(id, {
      phone: inbound.phone,
      text: body,
      acknowledged: status === 200 || brought.get(id)?.acknowledged === true,
      references: Array.from({ length: mostEffects }, (_, index) => referenceOf(`${turn}/${index}`)),
    });
  }
  return [...brought.values()];
}

/** What the program has handed to Kannel, each text under each of its names once. */
export function handedIn(exchanges: readonly Exchange[]): readonly Handed[] {
  const handed = new Map<string, Handed>();
  for (const { headers, body: text, status } of exchanges) {
    const reference = new URL(headers['x-kannel-dlr-url'] ?? '').searchParams.get('ref') ?? '';
    const key = `${reference} ${text}`;
    const before = handed.get(key);
    handed.set(key, {
      phone: headers['x-kannel-to'] ?? '',
      text,
      reference,
      accepted: status === 202 || before?.accepted === true,
      left: (before?.left ?? 0) + (status === 202 || status === null ? 1 : 0),
    });
  }
  return [...handed.values()];
}
