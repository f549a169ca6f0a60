import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { type Intent, intents } from '../../../src/core/understanding/intents.ts';

/** A member's own matters: taking anything else for one of these is worse than not understanding it. */
export const personalIntents: ReadonlySet<Intent> = new Set<Intent>([
  'balance',
  'contributions',
  'contribution_check',
  'claim_status',
  'member_number',
  'digital_card',
  'statement',
]);

const folder = join(import.meta.dirname, 'evaluation');

const intent = z.enum(intents);
const spoken = z.enum(['id', 'en', 'mixed']);

/** One text of the evaluation: what somebody wrote, and what they meant by it. */
export interface EvaluationText {
  /** The file, and with it the writer. */
  readonly writer: string;
  /** Nobody looks at what is got wrong of these; they are for the figure alone. */
  readonly heldOut: boolean;
  readonly intent: z.infer<typeof intent>;
  readonly language: z.infer<typeof spoken>;
  readonly style: string;
  readonly text: string;
}

/** All texts, by writer: `writer-1.tsv` and so on, and `held-out-1.tsv`. */
export function evaluation(): EvaluationText[] {
  return rowsOf(/^(writer|held-out)-\d+\.tsv$/).map(([writer, [meant, language, style = '', text = '']]) => ({
    writer,
    heldOut: writer.startsWith('held-out'),
    intent: intent.parse(meant),
    language: spoken.parse(language),
    style,
    text,
  }));
}

/** Short questions after an answer: about that (`intent` is the topic) or, with a new question, about another thing. */
export function inContext(): { topic: z.infer<typeof intent>; intent: z.infer<typeof intent>; text: string }[] {
  return rowsOf(/^context\.tsv$/).map(([, [topic, meant, text = '']]) => ({
    topic: intent.parse(topic),
    intent: intent.parse(meant),
    text,
  }));
}

/** Two questions in one message. */
export function twoQuestions(): { first: z.infer<typeof intent>; second: z.infer<typeof intent>; text: string }[] {
  return rowsOf(/^two-questions\.tsv$/).map(([, [first, second, text = '']]) => ({
    first: intent.parse(first),
    second: intent.parse(second),
    text,
  }));
}

/** Negations and corrections. */
export function negations(): { intent: z.infer<typeof intent>; text: string }[] {
  return rowsOf(/^negation\.tsv$/).map(([, [meant, text = '']]) => ({ intent: intent.parse(meant), text }));
}

/** The rows of the files of that name, without their heads. */
function rowsOf(name: RegExp): [file: string, row: string[]][] {
  return readdirSync(folder)
    .filter((file) => name.test(file))
    .sort()
    .flatMap((file) =>
      readFileSync(join(folder, file), 'utf8')
        .split('\n')
        .slice(1)
        .filter((line) => line !== '')
        .map((line): [string, string[]] => [file.replace('.tsv', ''), line.split('\t')]),
    );
}
