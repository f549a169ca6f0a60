import { z } from 'zod';
import { type Progress, progressKept } from '../../bots/progress.ts';
import { answered, scriptNamed, slack } from './asking.ts';
import type { Store } from './store.ts';

const advance = scriptNamed('advance', z.int());

/** How far things have come, on Redis: one key and one round trip for each. Without an answer it throws `Unavailable`. */
export function redisProgress(store: Store): Progress {
  return {
    async advance(what, to) {
      const key = `${store.prefix}:progress:${what}`;
      return (await answered('progress', store.run(advance, key, to, progressKept + slack))) === 1;
    },
  };
}
