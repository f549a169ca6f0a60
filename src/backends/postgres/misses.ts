import { z } from 'zod';
import { daySchema } from '../../core/jamsostek/month.ts';
import { languages } from '../../core/language.ts';
import type { Misses } from '../../core/services.ts';
import type { MissedText } from '../../core/understanding/groups.ts';
import { asking } from './asking.ts';
import type { Database } from './database.ts';

/** Messages that were not understood, counted by text, language and day: nothing else of them is kept. */
export function postgresMisses({ pool }: Pick<Database, 'pool'>): Misses {
  const ask = asking(pool, 'misses');
  return {
    async note({ text, language, at }) {
      await ask('select bot.note_miss($1, $2, $3)', [text, language, new Date(at).toISOString()], z.unknown());
    },
  };
}

/** At most `most` different texts that were not understood in the last 30 days, what came most often first. Throws `Unavailable`. */
export function recentMisses({ pool }: Pick<Database, 'pool'>, most: number): Promise<readonly MissedText[]> {
  return asking(pool, 'misses')('select * from bot.recent_misses($1)', [most], missedRows, true);
}

const missedRows = z.array(
  z.object({ text: z.string(), language: z.enum(languages), newest: daySchema, times: z.number() }),
);
