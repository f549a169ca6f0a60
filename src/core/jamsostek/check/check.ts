import { monthOf, monthsLater } from '../benefits/calendar.ts';
import type { Day, Month } from '../month.ts';
import { arrears } from './arrears.ts';
import { expectedBy, newestExpected } from './deadline.ts';
import type { Finding } from './finding.ts';
import { lateMonths } from './late-months.ts';
import { missingMonths } from './missing-months.ts';
import { noContributions } from './no-contributions.ts';
import { ownMonths } from './own-months.ts';
import { type Held, heldIn, monthsFrom, type OnRecord } from './record.ts';
import { underSaid } from './said-wage.ts';
import { stillActive } from './still-active.ts';
import { twoEmployers } from './two-employers.ts';
import { wageDrop } from './wage-drop.ts';
import { underFloor } from './wage-floor.ts';

/** What a check came to. */
export interface ContributionCheck {
  /** Every number with what was looked at, in the account's order. */
  readonly held: readonly Held[];
  /** By number in the same order, then what concerns several. */
  readonly findings: readonly Finding[];
  /** How many contributions were looked at. */
  readonly count: number;
  /** Months that are not on record yet, and need not be; oldest first. */
  readonly awaited: readonly Month[];
  /** Until when that is normal; null where nothing is awaited. */
  readonly awaitedUntil: Day | null;
}

/** Looks through a member's JHT contributions for what is missing, late, or lower than it ought to be. */
export function checkContributions(onRecord: OnRecord): ContributionCheck {
  const { account, floors, today, said } = onRecord;
  const held = heldIn(onRecord);
  const newest = newestExpected(today, account.asOf);
  const findings = held.flatMap((each) => [
    ...missingMonths(each, held, newest),
    ...arrears(each, held, newest),
    ...stillActive(each, held, newest),
    ...wageDrop(each),
    ...underFloor(each, floors),
    ...lateMonths(each),
    ...ownMonths(each, newest),
    ...noContributions(each),
  ]);
  const awaited = awaitedMonths(held, newest, today);
  const last = awaited.at(-1);
  return {
    held,
    findings: [...findings, ...underSaid(held, said?.wage), ...twoEmployers(held)],
    count: held.reduce((count, { paid }) => count + paid.length, 0),
    awaited,
    awaitedUntil: (last && expectedBy(last)) ?? null,
  };
}

/** The months up to this one that no active number that is paid up has on record: those may still come. */
function awaitedMonths(held: readonly Held[], newest: Month, today: Day): readonly Month[] {
  const paidUp = held.flatMap(({ membership, paid }) => {
    const last = paid.at(-1)?.month;
    return membership.active && last !== undefined && last >= newest ? [last] : [];
  });
  const last = paidUp.toSorted().at(-1);
  return last === undefined ? [] : monthsFrom(monthsLater(last, 1), monthsLater(monthOf(today), -1));
}
