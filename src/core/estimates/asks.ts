import type { Entities } from '../understanding/entities.ts';
import { readWords, standardOf } from '../understanding/words.ts';
import asking from './asking.json' with { type: 'json' };
import { kindIn } from './kind.ts';

const words = new Set(asking.words);
/** What is worked out in no estimate: projects, fines, migrant workers. */
const others = new Set(asking.others);

/** Whether a text wants something worked out with an amount that it names: "saldo 64jt, bersihnya brp", "bener 180rb?". */
export function asksForEstimate(text: string, entities: Entities): boolean {
  if (!entities.amounts || kindIn(text, entities) === null) return false;
  const said = standardOf(readWords(text));
  return said.some((word) => words.has(word)) && !said.some((word) => others.has(word));
}
