import { type Estimate, type EstimateTurn, estimateSchema, estimating } from '../../../src/core/estimates/estimate.ts';
import type { Day } from '../../../src/core/jamsostek/month.ts';
import { daySchema } from '../../../src/core/jamsostek/month.ts';
import type { Language } from '../../../src/core/language.ts';
import { speeches } from '../../../src/core/speech.ts';
import { entitiesIn } from '../../../src/core/understanding/entities.ts';

export const today = daySchema.parse('2026-11-22');

/** What is remembered, as it comes back from where sessions are kept. */
function kept(memory: Estimate | null): Estimate | null {
  return memory && estimateSchema.parse(JSON.parse(JSON.stringify(memory)));
}

/** One text in a conversation; the memory goes through JSON as it does between turns. */
export function say(text: string, memory: Estimate | null, language: Language = 'id', day: Day = today): EstimateTurn {
  const asked = { text, entities: entitiesIn(text), speech: speeches[language], today: day, kind: null, own: null };
  return estimating(asked, kept(memory));
}

/** The turns of a conversation. */
export function talk(texts: readonly string[], language: Language = 'id', day: Day = today): readonly EstimateTurn[] {
  const turns: EstimateTurn[] = [];
  for (const text of texts) turns.push(say(text, turns.at(-1)?.memory ?? null, language, day));
  return turns;
}

/** What was said last in a conversation, line by line. */
export function lastOf(texts: readonly string[], language: Language = 'id', day: Day = today): string {
  return talk(texts, language, day).at(-1)?.paragraphs.join('\n') ?? '';
}
