import type { Month } from '../month.ts';
import type { Finding } from './finding.ts';
import { type Held, newestMissing, paysAlone } from './record.ts';

/** Employers report who has left within some weeks; before this many months without a contribution it may be under way. */
const monthsToReport = 3;

/**
 * An employed number that is active although nothing has come for three months, and another job has begun since: the
 * former employer has not reported that the member left, which blocks online claims.
 *
 * Source: Permenaker 4/2022 and grid.id, as in the article `claim-still-active`; the three months are our own choice.
 */
export function stillActive(held: Held, all: readonly Held[], newest: Month): readonly Finding[] {
  const { kpj, active } = held.membership;
  const last = held.paid.at(-1)?.month;
  const since = nextJob(held, all);
  if (!active || paysAlone(held) || last === undefined || since === undefined) return [];
  return newestMissing(held, newest).length < monthsToReport ? [] : [{ is: 'still active', kpj, last, since }];
}

/** When contributions under another number began, in the last month of this one or later; undefined where none did. */
export function nextJob(held: Held, all: readonly Held[]): Month | undefined {
  const last = held.paid.at(-1)?.month;
  if (last === undefined) return undefined;
  return all
    .filter((other) => other !== held)
    .flatMap(({ paid }) => paid.at(0)?.month ?? [])
    .toSorted()
    .find((first) => first >= last);
}
