import type { Finding } from '../jamsostek/check/finding.ts';
import type { Account } from '../jamsostek/member.ts';
import type { Rupiah } from '../jamsostek/rupiah.ts';
import type { Speech } from '../speech.ts';
import { membershipOf } from './checked.ts';
import { employerOf } from './memberships.ts';
import { monthRanges } from './month-ranges.ts';

/** Ranges of months that are named in one line of a chat. */
const rangesShown = 4;
/** An active number that has nothing for so many months may be of somebody who has left. */
const perhapsLeft = 3;

/** What was found, in a line or two of a chat. It says what is on record, and blames nobody. */
export function findingLine(found: Finding, account: Account, speech: Speech): string {
  const named = (kpj: Finding['kpj']) => employerOf(membershipOf({ kpj }, account), speech);
  const rupiah = (amount: Rupiah) => speech.rupiah(amount);
  switch (found.is) {
    case 'missing':
    case 'arrears': {
      const { is, months, savings } = found;
      const line = speech.text(`check.${is}`, {
        months: monthRanges(months, speech, rangesShown),
        count: months.length,
      });
      const worth = savings === null ? '' : ` ${speech.text('check.savings', { amount: rupiah(savings) })}`;
      const left = is === 'arrears' && months.length >= perhapsLeft ? ` ${speech.text('check.perhaps_left')}` : '';
      return `${line}${worth}${left}`;
    }
    case 'late':
      return speech.text('check.late', { months: monthRanges(found.months, speech, rangesShown) });
    case 'wage dropped': {
      const { from, before, after } = found;
      const since = speech.months(from, from);
      return speech.text('check.dropped', { month: since, before: rupiah(before), after: rupiah(after) });
    }
    case 'under floor': {
      const { months, reported, floor, shortfall } = found;
      return speech.text('check.floor', {
        months: monthRanges(months, speech, rangesShown),
        reported: rupiah(reported),
        floor: rupiah(floor),
        shortfall: rupiah(shortfall),
      });
    }
    case 'under said': {
      const { said, reported, shortfall, savings } = found;
      const amounts = { said: rupiah(said), reported: rupiah(reported), shortfall: rupiah(shortfall) };
      const worth = savings === null ? '' : ` ${speech.text('check.said_savings', { amount: rupiah(savings) })}`;
      return `${speech.text('check.said', amounts)}${worth}`;
    }
    case 'two employers': {
      const { kpj, other, months } = found;
      const both = { first: named(kpj), second: named(other), months: monthRanges(months, speech, rangesShown) };
      return speech.text('check.two_employers', both);
    }
    case 'still active': {
      const { last, since } = found;
      return speech.text('check.still_active', { last: speech.months(last, last), since: speech.months(since, since) });
    }
    case 'own months': {
      const { months, lapsed } = found;
      const line = speech.text('check.own', { months: monthRanges(months, speech, rangesShown), count: months.length });
      return lapsed ? `${line} ${speech.text('check.own_lapsed')}` : line;
    }
    case 'no contributions':
      return speech.text(`check.none.${found.segment}`);
  }
}
