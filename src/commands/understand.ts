import { createInterface } from 'node:readline';
import { understanding } from './open.ts';

/** The likeliest are enough to see which wordings are missing. */
const shownArticles = 3;

/**
 * Says how texts are understood, for whoever improves the phrases: one line in, one line of JSON out, until the input
 * ends. A text without a word in it has no language; it counts as Indonesian, as it does in a conversation.
 */
export async function understand(): Promise<void> {
  // A reader that has seen enough (`| head`) is no fault.
  process.stdout.on('error', () => process.exit(0));
  const read = understanding();
  for await (const text of createInterface({ input: process.stdin, crlfDelay: Number.POSITIVE_INFINITY })) {
    const { intent, confidence, also, runnersUp, language, entities, articles } = read(text);
    const line = {
      text,
      intent,
      confidence: rounded(confidence),
      ...(also && { also: also.intent }),
      runnersUp: runnersUp.map((other) => ({ intent: other.intent, confidence: rounded(other.confidence) })),
      language: language ?? 'id',
      entities,
      articles: articles.slice(0, shownArticles).map(({ id, confidence }) => ({ id, confidence: rounded(confidence) })),
    };
    process.stdout.write(`${JSON.stringify(line)}\n`);
  }
}

function rounded(confidence: number): number {
  return Math.round(confidence * 1_000) / 1_000;
}
