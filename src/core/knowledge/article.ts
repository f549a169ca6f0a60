import { parse } from 'yaml';
import { z } from 'zod';
import { confidences } from '../jamsostek/figures/figures.ts';
import { daySchema } from '../jamsostek/month.ts';
import { programs } from '../jamsostek/program.ts';
import { intents } from '../understanding/intents.ts';

/** What stands above an article. */
const headSchema = z.strictObject({
  /** What a choice that leads here is called. */
  label: z.string(),
  /** What a member wants whom this answers. */
  intent: z.enum([...intents, 'privacy']),
  /** The program that it is about, where it is about one. */
  program: z.enum(programs).optional(),
  /** It answers its intent (and program) where nothing more exact is asked. */
  general: z
    .enum(['true', 'false'])
    .default('false')
    .transform((word) => word === 'true'),
  /** Regulations, or who says so and when. */
  sources: z.array(z.string()),
  confidence: z.enum(confidences),
  /** The day on which it was held against its sources. */
  checked: daySchema,
  /** It holds from this day on. */
  from: daySchema,
  /** The last day that it holds on; without one nothing says that it ends. */
  until: daySchema.optional(),
  /** The article that answers in its place on days that it does not hold on. */
  instead: z.string().optional(),
  /** What is told by SMS, where what it begins with is not so there; with places for figures. */
  short: z.string().optional(),
  /** What can be chosen next: other articles by name, or choices. */
  next: z.array(z.string()).default([]),
});

const questionsSchema = z.strictObject({ questions: z.array(z.string()) });

/** A piece of knowledge in one language: one answer of one screen. */
export interface Article extends z.infer<typeof headSchema> {
  /** The name of its file, the same in every language. */
  readonly id: string;
  /** How members ask for it, each in words of its own. Read when it is asked for: nothing but learning needs them. */
  readonly questions: readonly string[];
  /** With places for figures: `{{jp.ceiling}}`. */
  readonly paragraphs: readonly string[];
}

/** A text with a number where a figure goes: for whoever reads it for its words. */
export function withoutFigures(text: string): string {
  return text.replace(/\{\{[^{}]{1,60}\}\}/g, '5');
}

/**
 * Reads an article from its file: a head in YAML between two lines of `---`, and paragraphs with an empty line between
 * them. Throws, with the article's name, where that is not so.
 */
export function readArticle(id: string, file: string): Article {
  const [before, head, body] = file.split(/^---$/m, 3);
  if (before !== '' || head === undefined || body === undefined) throw new Error(`article ${id} has no head`);
  const [list = ''] = questionList.exec(head) ?? [];
  const read = <Shape>(schema: z.ZodType<Shape>, text: string): Shape => {
    const result = schema.safeParse(parse(text, { schema: 'failsafe', logLevel: 'silent' }));
    if (!result.success) throw new Error(`article ${id}: ${z.prettifyError(result.error)}`);
    return result.data;
  };
  return {
    ...read(headSchema, head.replace(list, '')),
    id,
    paragraphs: body.trim().split(/\n\s*\n/),
    get questions() {
      return read(questionsSchema, list === '' ? 'questions: []' : list).questions;
    },
  };
}

/** The list of questions in a head, to the next line that is none of it. */
const questionList = /^questions:.*\n(?: .*\n)*/m;
