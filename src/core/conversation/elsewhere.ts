import { type Answer, answer } from '../answer.ts';
import type { Speech } from '../speech.ts';
import type { Topic } from '../topics/index.ts';
import type { TurnAtHand } from './move.ts';

/** What a channel of short texts does not tell: where it can be had is told there, to anybody; null where it is told. */
export function elsewhereAnswer({ elsewhere }: Topic, speech: Speech, { inbound }: TurnAtHand): Answer | null {
  if (inbound.phone === undefined || elsewhere === undefined) return null;
  const text = speech.text(elsewhere);
  return { ...answer(text, ['balance', 'contributions', 'menu']), short: text };
}
