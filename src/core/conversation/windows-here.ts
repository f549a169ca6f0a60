import type { Admission, Rule } from '../services.ts';
import type { TurnAtHand } from './move.ts';

/** Counts something in this chat and, for a web page, at its network address: who opens new chats is known by that. */
export function windowsHere(
  what: string,
  item: string,
  rules: { readonly chat: readonly Rule[]; readonly source: readonly Rule[] },
  { inbound, services }: TurnAtHand,
): Admission[] {
  const chat = { window: `${what} of chat ${inbound.conversation}`, item, rules: rules.chat };
  if (inbound.source === undefined) return [chat];
  const source = services.keys.mac('source', inbound.source);
  return [chat, { window: `${what} of source ${source}`, item, rules: rules.source }];
}
