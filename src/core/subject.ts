import { z } from 'zod';
import { estimateSchema } from './estimates/estimate.ts';
import { programs } from './jamsostek/program.ts';
import { rupiahSchema } from './jamsostek/rupiah.ts';
import { namedSchema } from './topics/memberships.ts';
import { periodSchema } from './topics/period.ts';

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
  /** What the member says they earn in a month. */
  wage: rupiahSchema.optional(),
  /** An estimate that can be gone on with. */
  estimate: estimateSchema.optional(),
  /** The months that contributions were asked for, and the page of them that was shown last: 0 is the newest. */
  contributions: z.object({ period: periodSchema.optional(), page: z.number().int().min(0).optional() }).optional(),
  /** The employer or membership number that contributions, yearly figures or a card were asked for. */
  membership: namedSchema.optional(),
  /** The year that a statement was asked for. */
  statementYear: z.number().int().optional(),
});

export type Subject = z.infer<typeof subjectSchema>;
