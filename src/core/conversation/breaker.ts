import { nobody } from '../jamsostek/member.ts';
import type { BreakerStanding, CountedCode } from '../services.ts';
import { breakerRules } from './limits.ts';
import type { Challenge } from './session.ts';

/** What became of the codes that went out by SMS, over all members, chats and channels. */
export interface CodeFigures {
  /** Wrong codes within `breakerRules.wrong.within`. */
  readonly wrong: number;
  /** Codes sent within the same time. */
  readonly sent: number;
  /** Codes sent in the last span of time, in the one before it, and so on: 1 + `breakerRules.sent.spans` of them. */
  readonly spans: readonly number[];
  /** The last `breakerRules.used.of` codes whose time is over, with those sent in the same millisecond; 0: there are fewer. */
  readonly settled: number;
  /** How many of them were used. */
  readonly used: number;
}

/**
 * Whether codes are sent on these figures. Three things open the breaker:
 *
 * - `wrong`: somebody tries codes on many members. Limits for each member do not stop that: five tries on each of a
 *   million members open five accounts. 200 wrong codes an hour open one in seven months. Honest typos are a share of the
 *   codes sent, so in a large service the limit grows with those.
 * - `sent`: five times as many codes in five minutes as in the median five minutes of the hour before. The median, unlike
 *   a mean, does not follow a burst. It is taken as 50 at least, so fewer than 251 codes in five minutes never open the
 *   breaker, not even after a quiet night; a service that on an ordinary morning sends more needs a higher floor.
 * - `unused`: fewer than half of the last 100 codes were typed in: they go to people who did not ask for them. A code
 *   counts once its five minutes are over, so a burst of honest ones is not taken for that.
 *
 * Each figure looks back an hour at most, and while nothing is sent none of them grows: the breaker closes by itself,
 * `sent` within minutes, the others within an hour.
 *
 * What it costs: whoever opens it keeps everybody from new codes. So only what went out by SMS counts, and nothing that
 * is done with NIKs that nobody has. But NIKs are no secret. With those of 41 members and 14 chats (three NIKs an hour
 * in each) a stranger makes 201 wrong codes, and can do it again an hour later. We take that: without it the
 * guessing would go on until one of a million codes fits. Who is verified stays so, open questions are answered,
 * the call center and the branches can help, and the operator can hold the breaker closed after shutting those chats out.
 */
export function judge({ wrong, sent, spans, settled, used }: CodeFigures): BreakerStanding {
  const rules = breakerRules;
  if (wrong > Math.max(rules.wrong.most, sent * rules.wrong.share)) return { is: 'open', why: 'wrong' };
  const [latest = 0, ...before] = spans;
  if (latest > rules.sent.times * Math.max(median(before), rules.sent.floor)) return { is: 'open', why: 'sent' };
  if (used < settled * rules.used.share) return { is: 'open', why: 'unused' };
  return { is: 'closed' };
}

/** For how long it matters what became of a code. */
export const figuresKept = Math.max(
  breakerRules.wrong.within,
  breakerRules.used.within,
  breakerRules.sent.span * (1 + breakerRules.sent.spans),
);

/** A challenge as the breaker counts it. */
export function countedCode({ id, wrong, member }: Challenge): CountedCode {
  return { id, wrong, real: member !== nobody };
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length / 2;
  return ((sorted[Math.ceil(middle) - 1] ?? 0) + (sorted[Math.floor(middle)] ?? 0)) / 2;
}
