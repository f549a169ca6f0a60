import { z } from 'zod';
import { estimateSchema } from './estimates/estimate.ts';
import { programs } from './jamsostek/program.ts';

/**
 * What a conversation is about, beyond the topic: a question afterwards that names nothing ("jam berapa tutup?", "yang JP?")
 * is about the same.
 */
export const subjectSchema = z.object({
  program: z.enum(programs).optional(),
  /** The knowledge article that answered last. */
  article: z.string().optional(),
  /** A city or regency, by the name that people say. */
  city: z.string().optional(),
  province: z.string().optional(),
  /** An estimate that can be gone on with. */
  estimate: estimateSchema.optional(),
});

export type Subject = z.infer<typeof subjectSchema>;
