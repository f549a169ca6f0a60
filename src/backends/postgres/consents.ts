import { z } from 'zod';
import type { Consents } from '../../core/services.ts';
import { digestOf } from '../../engine/trace.ts';
import { asking } from './asking.ts';
import type { Database } from './database.ts';

/** Consents, kept in a table that refuses every change. The same turn again is the same consent. */
export function postgresConsents({ pool }: Database): Consents {
  const ask = asking(pool, 'consents');
  return {
    async record({ turn, conversation, channel, notice, language, textDigest, given, at }) {
      await ask(
        'select bot.record_consent($1, $2, $3, $4, $5, $6, $7, $8)',
        [digestOf(turn), conversation, channel, notice, language, textDigest, given, new Date(at).toISOString()],
        z.unknown(),
      );
    },
  };
}
