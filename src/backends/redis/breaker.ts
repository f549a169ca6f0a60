import { z } from 'zod';
import { figuresKept, judge } from '../../core/conversation/breaker.ts';
import { breakerRules, codeLifetime } from '../../core/conversation/limits.ts';
import type { Breaker } from '../../core/services.ts';
import { answered, scriptNamed, slack } from './asking.ts';
import type { Store } from './store.ts';

const count = z.int().nonnegative();
const countCode = scriptNamed('count-code', z.int());
const codeFigures = scriptNamed(
  'code-figures',
  z.tuple([z.enum(['', 'open', 'closed']).catch(''), count, count, z.array(count), count, count]),
);

/**
 * The breaker on Redis: one for all processes, one round trip each time, in the hash slot of the other limits. Without an
 * answer no code is sent: the calls throw `Unavailable`.
 *
 * The operator's word goes before the figures while `<prefix>:{limits}:breaker:held` is there: `closed` lets codes go
 * whatever the figures say, `open` stops them. To be set with an expiry:
 *
 * @example
 * redis-cli SET 'jamsostek:{limits}:breaker:held' closed EX 3600
 */
export function redisBreaker(store: Store): Breaker {
  const key = `${store.prefix}:{limits}:breaker`;
  const { wrong, sent, used } = breakerRules;
  const asked = [wrong.within, sent.span, sent.spans, used.of, used.within, codeLifetime] as const;
  return {
    async standing(now) {
      const answer = await answered('breaker', store.run(codeFigures, key, now, ...asked));
      const [held, wrong, sent, spans, settled, used] = answer;
      if (held === 'open') return { is: 'open', why: 'operator' };
      if (held === 'closed') return { is: 'closed' };
      return judge({ wrong, sent, spans, settled, used });
    },
    async count(what, { id, wrong, real }, now) {
      const item = what === 'wrong' ? `${id} ${wrong}` : id;
      await answered('breaker', store.run(countCode, key, real ? what : 'nothing', item, now, figuresKept, slack));
    },
  };
}
