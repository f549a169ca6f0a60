import { type Answer, answer, type ChoiceId } from '../answer.ts';
import { type EstimateKind, type EstimateTurn, estimating } from '../estimates/estimate.ts';
import type { Speech } from '../speech.ts';
import { briefly, briefText } from './brief-text.ts';
import { ownFigures } from './own-figures.ts';
import { type Asked, openTopic } from './topic.ts';

/**
 * member:    gaji 6jt potongannya brp, bener 180rb?
 * assistant: Perkiraan potongan dari gaji Rp6.000.000: … Rp180.000. Cocok. … bukan angka resmi.
 */
export const simulate = openTopic({
  id: 'simulate',
  intents: ['simulate'],
  answer: (asked) => estimateAnswer(asked, null),
});

/**
 * The next turn of an estimate; `kind`: the one that was chosen. Who has shown who they are need not say what the registry
 * knows of them.
 */
export async function estimateAnswer(asked: Asked, kind: EstimateKind | null): Promise<Answer> {
  const { speech, said, today, subject, topic } = asked;
  // Once something else has been talked about, nobody means the old numbers.
  const before = topic === 'simulate' ? (subject.estimate ?? null) : null;
  const entities = said?.meaning.entities ?? {};
  const own = await ownFigures(asked);
  const turn = estimating({ text: said?.text ?? null, entities, speech, today, kind, own }, before);
  const kinds: ChoiceId[] = turn.kinds.map((each) => `estimate_${each}` as const);
  return {
    // While a number is asked for, a number is no choice.
    ...answer(turn.paragraphs, turn.asks ? kinds : [...kinds, 'menu']),
    short: shortOf(turn, speech),
    personal: turn.personal,
    subject: { ...subject, estimate: turn.memory ?? undefined },
  };
}

/** What it comes to, and how to ask on; or the question that it asks. */
function shortOf({ paragraphs, kinds, asks }: EstimateTurn, speech: Speech): string {
  if (asks && kinds.length > 0) return speech.text('short.estimate_which');
  const [first = '', ...others] = paragraphs;
  const last = others.at(-1);
  return last === undefined ? first : `${briefText([first], speech, briefly - last.length - 1)}\n${last}`;
}
