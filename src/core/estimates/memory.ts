import { z } from 'zod';
import { givenSchema, numberFieldNames } from './fields.ts';
import { estimateKindSchema } from './kind.ts';

/**
 * What a session remembers of an estimate: the kind, what was said, and what was asked last. While the kind itself is
 * asked for (`kind`), what was said is kept for whichever is chosen.
 */
export const estimateSchema = z.object({
  kind: estimateKindSchema,
  given: givenSchema,
  asks: z.enum([...numberFieldNames, 'kind']).nullable(),
});

export type Estimate = z.infer<typeof estimateSchema>;
