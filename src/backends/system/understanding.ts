import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { deserialize, serialize } from 'node:v8';
import { z } from 'zod';
import type { Weights } from '../../core/understanding/classifier.ts';
import { type Learned, learn, understandByPhrases } from '../../core/understanding/phrases.ts';
import type { Understand } from '../../core/understanding/understand.ts';
import { cacheFile, keepInCache, readCache } from '../disk/cache.ts';

const source = join(import.meta.dirname, '..', '..');
/** All that training depends on, beside the version of Node. */
const trainedFrom = ['locales', 'core/understanding', 'core/knowledge'].map((folder) => join(source, folder));

const weightsSchema: z.ZodType<Weights> = z.object({
  classes: z.number(),
  features: z.instanceof(Int32Array),
  rarities: z.instanceof(Float32Array),
  weights: z.instanceof(Int8Array),
  bias: z.instanceof(Float32Array),
});
const learnedSchema: z.ZodType<Learned> = z.object({ intents: weightsSchema, articles: weightsSchema });

/**
 * Understanding by the example phrases, trained at the first start after they have changed: training takes some
 * twenty seconds, so its result is kept in `folder` for the next start. `train` is what it takes so long for.
 */
export function understandingIn(folder: string, train: () => Learned = learn): Understand {
  const file = cacheFile(folder, 'understanding', 'bin', process.version, ...trainedFrom.flatMap(textsIn));
  const kept = readCache(file);
  const read = kept && learnedSchema.safeParse(unpacked(kept));
  if (read?.success) return understandByPhrases(read.data);
  const learned = train();
  keepInCache(file, serialize(learned));
  return understandByPhrases(learned);
}

function textsIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name))
    .sort()
    .map((file) => readFileSync(file, 'utf8'));
}

/** Null for a file that is none of ours, or damaged. */
function unpacked(bytes: Buffer): unknown {
  try {
    return deserialize(bytes);
  } catch {
    return null;
  }
}
