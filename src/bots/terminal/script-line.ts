import { z } from 'zod';
import { type Reading, read, unreadable } from '../../core/brand.ts';
import { type Content, mediaKinds } from '../../core/inbound.ts';

/** What a script can do with one line: something that a member does, or letting time pass. */
export type ScriptLine = Content | { readonly kind: 'wait'; readonly milliseconds: number };

/** The longest wait, in seconds: a leap year. */
const longestWait = 366 * 24 * 60 * 60;

/** The one field that a line has, by name, and what it takes, in words that can follow "takes". */
const fields = {
  text: {
    takes: 'a string',
    schema: z.string().transform((text): ScriptLine => ({ kind: 'text', text })),
  },
  choice: {
    takes: "a string, the id of one of a reply's choices",
    schema: z.string().transform((id): ScriptLine => ({ kind: 'choice', id })),
  },
  location: {
    takes: 'an object with "latitude" from -90 to 90 and "longitude" from -180 to 180, both numbers',
    schema: z
      .strictObject({ latitude: z.number().min(-90).max(90), longitude: z.number().min(-180).max(180) })
      .transform((place): ScriptLine => ({ kind: 'location', ...place })),
  },
  media: {
    takes: `one of ${mediaKinds.map((kind) => JSON.stringify(kind)).join(', ')}`,
    schema: z.enum(mediaKinds).transform((media): ScriptLine => ({ kind: 'media', media })),
  },
  wait: {
    takes: `a number of seconds from 0 to ${longestWait}`,
    schema: z
      .number()
      .min(0)
      .max(longestWait)
      .transform((seconds): ScriptLine => ({ kind: 'wait', milliseconds: Math.round(seconds * 1_000) })),
  },
} as const;

const names = Object.keys(fields)
  .map((name) => JSON.stringify(name))
  .join(', ');

const objectSchema = z.record(z.string(), z.unknown());

/** Reads one line of a script. The problem is in plain English and repeats nothing of the line. */
export function readScriptLine(line: string): Reading<ScriptLine, string> {
  const object = objectSchema.safeParse(parseJson(line));
  if (!object.success) return unreadable(`This line is not a JSON object. It takes one field of ${names}.`);
  const [first, ...more] = Object.entries(object.data);
  if (first === undefined || more.length > 0) return unreadable(`A line takes exactly one field of ${names}.`);
  const [name, value] = first;
  if (!isField(name)) return unreadable(`A line takes one field of ${names}, and no other.`);
  const parsed = fields[name].schema.safeParse(value);
  return parsed.success ? read(parsed.data) : unreadable(`${JSON.stringify(name)} takes ${fields[name].takes}.`);
}

function isField(name: string): name is keyof typeof fields {
  return Object.hasOwn(fields, name);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
