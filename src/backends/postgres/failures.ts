import { z } from 'zod';
import type { CodeFailures, Standing } from '../../core/services.ts';
import type { Instant } from '../../core/time.ts';
import { digestOf } from '../../engine/trace.ts';
import { asking } from './asking.ts';
import type { Database } from './database.ts';

/** Failed codes, counted in the database: guesses at the same time wait for each other on the row of their NIK. */
export function postgresCodeFailures({ pool }: Database): CodeFailures {
  const ask = asking(pool, 'failures');
  return {
    async standing(nik, now) {
      const [row] = await ask('select * from bot.code_standing($1)', [nik], z.array(standingRow), true);
      return row ? standingAt(row, now) : { is: 'open' };
    },
    async countFirst(nik, turn, now, steps) {
      const [row] = await ask(
        'select * from bot.count_code_failure($1, $2, $3, $4)',
        [nik, digestOf(turn), new Date(now).toISOString(), JSON.stringify(steps)],
        z.tuple([countedRow]),
      );
      return { counted: row.counted, standing: standingAt(row, now) };
    },
    async clear(nik) {
      await ask('select bot.clear_code_failures($1)', [nik], z.unknown());
    },
  };
}

const standingRow = z.object({ disabled: z.boolean(), locked_until: z.number().nullable() });
const countedRow = standingRow.extend({ counted: z.boolean() });

function standingAt({ disabled, locked_until }: z.infer<typeof standingRow>, now: Instant): Standing {
  if (disabled) return { is: 'disabled' };
  return locked_until !== null && locked_until > now ? { is: 'locked', until: locked_until } : { is: 'open' };
}
