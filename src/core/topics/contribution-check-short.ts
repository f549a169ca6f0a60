import type { ContributionCheck } from '../jamsostek/check/check.ts';
import { type Finding, isNote } from '../jamsostek/check/finding.ts';
import type { Account } from '../jamsostek/member.ts';
import type { Speech } from '../speech.ts';
import { monthRanges } from './month-ranges.ts';

/** Ranges of months that are named. */
const rangesShown = 2;

/** How many things were found and the first of them, without an amount or an employer; and where all of it is told. */
export function shortCheck({ asOf }: Account, { findings, count }: ContributionCheck, speech: Speech): string {
  const faults = findings.filter((found) => !isNote(found));
  const [first] = faults;
  const values = { asOf: speech.shortDay(asOf), first: first ? inWords(first, speech) : '' };
  const found = !first
    ? speech.text(count === 0 ? 'short.check.nothing' : 'short.check.well', values)
    : faults.length === 1
      ? speech.text('short.check.one', values)
      : speech.text('short.check.several', { ...values, count: faults.length });
  return `${found} ${speech.text('short.check.all')}`;
}

/** What was found, as part of a sentence. */
function inWords(found: Finding, speech: Speech): string {
  switch (found.is) {
    case 'missing':
    case 'arrears':
    case 'late':
      return speech.text(`short.check.${found.is}`, { months: monthRanges(found.months, speech, rangesShown) });
    case 'wage dropped':
      return speech.text('short.check.dropped', { month: speech.months(found.from, found.from) });
    case 'under floor':
      return speech.text('short.check.floor', { months: monthRanges(found.months, speech, rangesShown) });
    case 'under said':
      return speech.text('short.check.said');
    case 'two employers':
      return speech.text('short.check.two_employers');
    case 'still active':
      return speech.text('short.check.still_active', { last: speech.months(found.last, found.last) });
    case 'own months':
      return speech.text(found.lapsed ? 'short.check.own_lapsed' : 'short.check.own', {
        months: monthRanges(found.months, speech, rangesShown),
      });
    case 'no contributions':
      return speech.text('short.check.no_contributions');
  }
}
