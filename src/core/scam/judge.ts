import { thingsIn } from './found.ts';
import { type Finding, type Judgement, riskOf, verdicts } from './judgement.ts';
import { signsIn } from './signs.ts';

/** Characters of a text that are read: more than a chain message has. */
export const judgedCap = 1_024;

/**
 * Judges a number, a link, an account or a whole text that a member asks about. Never says that anything is safe: see
 * {@link riskOf} for what the three risks mean. Reads nothing but the text, opens no link.
 */
export function judge(text: string): Judgement {
  const read = text.slice(0, judgedCap).toWellFormed();
  const found = new Map<string, Finding>();
  const { things, words } = thingsIn(read);
  for (const thing of things) {
    const key = `${thing.kind} ${thing.shown}`;
    const known = found.get(key);
    if (!known || rank(thing) < rank(known)) found.set(key, thing);
  }
  const findings = [...found.values()].sort((one, other) => rank(one) - rank(other));
  const signs = signsIn(words);
  return { findings, signs, risk: riskOf(findings, signs) };
}

function rank({ verdict }: Finding): number {
  return verdicts.indexOf(verdict);
}
