import { z } from 'zod';
import { badRequest } from './api-error.ts';

/** Parameters of a call by name: JSON values, or text where they came in a form or a query. */
export type Parameters = Readonly<Record<string, unknown>>;

function jsonOf(value: unknown): unknown {
  if (typeof value !== 'string') return value;
  try {
    return JSON.parse(value);
  } catch {
    return value;
  }
}

/** A whole number, be it written as one or as text. */
export const whole = z.preprocess(jsonOf, z.number().int());
/** A number, be it written as one or as text. */
export const decimal = z.preprocess(jsonOf, z.number());
export const flag = z.preprocess((value) => {
  const lower = typeof value === 'string' ? value.toLowerCase() : value;
  if (lower === 'true' || lower === '1' || lower === 1) return true;
  return lower === 'false' || lower === '0' || lower === 0 || lower === '' ? false : lower;
}, z.boolean());
/** A text; the Bot API takes one that is missing for an empty one. */
export const text = z.preprocess((value) => (typeof value === 'number' ? `${value}` : value), z.string()).default('');

/** A list or an object, which a form carries as JSON. */
export const structured = <Schema extends z.ZodType>(schema: Schema): z.ZodPreprocess<Schema> =>
  z.preprocess(jsonOf, schema);

/** The parameters by their schema; throws a 400 that names the first one that is wrong. */
export function read<Schema extends z.ZodType>(schema: Schema, parameters: unknown): z.output<Schema> {
  const result = schema.safeParse(parameters);
  if (result.success) return result.data;
  const [first] = result.error.issues;
  throw badRequest(`can't parse parameter "${first?.path.join('.') ?? ''}": ${first?.message ?? ''}`);
}
