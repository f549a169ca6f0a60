import { type Answer, type ChoiceId, personalAnswer } from '../answer.ts';
import type { ContributionCheck } from '../jamsostek/check/check.ts';
import { type Finding, isForLetter, isNote } from '../jamsostek/check/finding.ts';
import { type Held, paysAlone } from '../jamsostek/check/record.ts';
import { reportedNow } from '../jamsostek/check/said-wage.ts';
import type { Account } from '../jamsostek/member.ts';
import type { Rupiah } from '../jamsostek/rupiah.ts';
import { isArticle } from '../knowledge/articles.ts';
import type { Speech } from '../speech.ts';
import { goneAnswer } from './balance.ts';
import { type Checked, checkedFor } from './checked.ts';
import { shortCheck } from './contribution-check-short.ts';
import { findingLine } from './finding-line.ts';
import { employerOf } from './memberships.ts';
import { monthRanges } from './month-ranges.ts';
import { wageNamed } from './named-wage.ts';
import { memberTopic } from './topic.ts';

/** Characters of an answer: two screens of a small phone, and within every channel's limit. */
const most = 900;
/** What helps who pays for themselves. */
const ofOwnMonths = ['bpu-pay', 'bpu-late'];

/**
 * member:    cek iuran saya bolong nggak
 * assistant: Iuran JHT Anda sudah saya periksa … • Belum tercatat: Nov 2025–Jan 2026 (3 bulan) … 1. Surat ke perusahaan …
 */
export const contributionCheck = memberTopic({
  id: 'contribution_check',
  intents: ['contribution_check'],
  narrowed({ said, subject }) {
    const wage = said && wageNamed(said.text);
    return wage === null ? subject : { ...subject, wage };
  },
  async answer(asked) {
    const { speech, subject } = asked;
    const checked = await checkedFor(asked);
    return checked ? checkAnswer(checked, subject.wage, speech) : goneAnswer(speech);
  },
});

function checkAnswer({ account, check }: Checked, said: Rupiah | undefined, speech: Speech): Answer {
  const { findings, count } = check;
  const faults = findings.filter((found) => !isNote(found));
  const before = [title(account, check, speech)];
  const after = [
    ...(faults.length === 0 && count > 0 ? [allWell(check, speech)] : []),
    ...fitting(check, said, speech),
    ...awaited(check, speech),
    ...steps(faults, speech),
  ];
  const room = most - [...before, ...after].join('\n\n').length;
  const lines = cut(linesOf(account, check, speech), room, speech);
  return {
    ...personalAnswer([...before, ...(lines === '' ? [] : [lines]), ...after], choices(faults)),
    short: shortCheck(account, check, speech),
  };
}

/** What was looked at: how many months, since when, and whose. */
function title(account: Account, { held, count }: ContributionCheck, speech: Speech): string {
  const asOf = speech.day(account.asOf);
  const [only, ...others] = held;
  if (count === 0 || !only) return speech.text('check.title_none', { asOf });
  if (others.length > 0) return speech.text('check.title_many', { asOf, count, numbers: held.length });
  return speech.text('check.title_one', { asOf, span: spanOf(only, speech), employer: whose(only, speech), count });
}

function spanOf({ paid }: Held, speech: Speech): string {
  const [first, last] = [paid.at(0)?.month, paid.at(-1)?.month];
  return first === undefined || last === undefined ? '' : speech.months(first, last);
}

function whose({ membership }: Held, speech: Speech): string {
  return employerOf(membership, speech);
}

/** What was found, number by number where there are several: those with something to say first. */
function linesOf(account: Account, { held, findings }: ContributionCheck, speech: Speech): readonly string[] {
  const line = (found: Finding) => findingLine(found, account, speech);
  const [general, own] = [findings.filter(isGeneral), findings.filter((found) => !isGeneral(found))];
  if (held.length < 2) return findings.map(line);
  const of = ({ membership: { kpj } }: Held) => own.filter((found) => found.kpj === kpj);
  const withFindings = held.filter((each) => of(each).length > 0);
  const without = held.filter((each) => of(each).length === 0);
  return [
    ...withFindings.flatMap((each) => [heading(each, speech)].concat(of(each).map(line))),
    ...general.map(line),
    ...without.map((each) => heading(each, speech)),
  ];
}

/** Is about the member rather than about one of the numbers. */
function isGeneral({ is }: Finding): boolean {
  return is === 'two employers' || is === 'under said';
}

function heading(held: Held, speech: Speech): string {
  const { kpj } = held.membership;
  const values = { employer: whose(held, speech), kpj, count: held.paid.length, span: spanOf(held, speech) };
  return held.paid.length === 0 ? speech.text('check.number_none', values) : speech.text('check.number', values);
}

/** As many lines as there is room for; the others are counted. */
function cut(lines: readonly string[], room: number, speech: Speech): string {
  const all = lines.join('\n');
  if (all.length <= room) return all;
  for (let shown = lines.length - 1; shown > 1; shown -= 1) {
    const others = speech.text('check.more_lines', { count: lines.length - shown });
    const text = [...lines.slice(0, shown), others].join('\n');
    if (text.length <= room) return text;
  }
  return [...lines.slice(0, 1), speech.text('check.more_lines', { count: lines.length - 1 })].join('\n');
}

function allWell({ held }: ContributionCheck, speech: Speech): string {
  return speech.text(held.every((each) => each.paid.length === 0 || paysAlone(each)) ? 'check.own_well' : 'check.well');
}

/** That the wage on record fits what the member says they earn, where it does. */
function fitting({ held, findings }: ContributionCheck, said: Rupiah | undefined, speech: Speech): readonly string[] {
  const now = reportedNow(held);
  if (said === undefined || !now || findings.some(({ is }) => is === 'under said')) return [];
  return [speech.text('check.said_fits', { reported: speech.rupiah(now.wage), said: speech.rupiah(said) })];
}

function awaited({ awaited, awaitedUntil }: ContributionCheck, speech: Speech): readonly string[] {
  if (awaitedUntil === null) return [];
  return [speech.text('check.awaited', { months: monthRanges(awaited, speech), day: speech.day(awaitedUntil) })];
}

/** What can be done about it, in order. */
function steps(faults: readonly Finding[], speech: Speech): readonly string[] {
  const late = faults.some(({ is }) => is === 'late');
  return [
    ...(faults.some(isForLetter) ? [speech.text('check.steps')] : late ? [speech.text('check.late_step')] : []),
    ...(faults.some(({ is }) => is === 'own months') ? [speech.text('check.own_step')] : []),
  ];
}

function choices(faults: readonly Finding[]): readonly ChoiceId[] {
  const letters: readonly ChoiceId[] = faults.some(isForLetter) ? ['letter_employer', 'letter_agency'] : [];
  const own = faults.some(({ is }) => is === 'own months') ? ofOwnMonths.filter(isArticle) : [];
  return [...letters, ...own, 'contributions', 'office', 'call_center', 'menu'];
}
