import { type Answer, answer, personalAnswer } from '../answer.ts';
import { type Finding, isForLetter } from '../jamsostek/check/finding.ts';
import type { LetterContent } from '../services.ts';
import { type Speech, speeches } from '../speech.ts';
import { goneAnswer } from './balance.ts';
import { checkedFor, membershipOf } from './checked.ts';
import { employerOf } from './memberships.ts';
import { monthRanges } from './month-ranges.ts';
import { type AskedByMember, memberTopic } from './topic.ts';

/**
 * member:    (presses Surat ke perusahaan)
 * assistant: Ini draf surat ke PT … Baca dulu, lalu tanda tangani. … [document]
 */
export const letterEmployer = memberTopic({
  id: 'letter_employer',
  elsewhere: 'elsewhere.letters',
  intents: [],
  answer: (asked) => letterAnswer('employer', asked),
});

/** The same to BPJS Ketenagakerjaan, for who got no answer from the employer. */
export const letterAgency = memberTopic({
  id: 'letter_agency',
  elsewhere: 'elsewhere.letters',
  intents: [],
  answer: (asked) => letterAnswer('agency', asked),
});

/**
 * A letter about what a check finds now, as it is not kept: what has been put right since is not complained about. It is
 * about one membership number, the first one that anything was found with.
 */
async function letterAnswer(to: LetterContent['to'], asked: AskedByMember): Promise<Answer> {
  const { speech, today, services } = asked;
  const checked = await checkedFor(asked);
  if (!checked) return goneAnswer(speech);
  const worth = checked.check.findings.filter(isForLetter);
  const about = checked.account.memberships.find(({ kpj }) => worth.some((found) => found.kpj === kpj));
  if (!about) return answer(speech.text('check.letter.nothing'), ['contribution_check', 'contributions', 'menu']);
  const found = worth.filter(({ kpj }) => kpj === about.kpj);
  const others = new Set(worth.filter(({ kpj }) => kpj !== about.kpj).map(({ kpj }) => kpj));
  const file = await services.documents.letter({
    language: speech.language,
    to,
    day: today,
    name: checked.account.name,
    kpj: about.kpj,
    employer: employerOf(about, speeches.id),
    findings: sentences(found, speeches.id),
    translated: speech.language === 'id' ? [] : sentences(found, speech),
  });
  const employer = employerOf(about, speech);
  const elsewhere = [...others].map((kpj) => employerOf(membershipOf({ kpj }, checked.account), speech));
  const paragraphs = [
    speech.text(`check.letter.${to}`, { employer }),
    ...(elsewhere.length === 0 ? [] : [speech.text('check.letter.others', { employers: speech.list(elsewhere) })]),
    speech.text('check.letter.then'),
  ];
  const other = to === 'employer' ? 'letter_agency' : 'letter_employer';
  return { ...personalAnswer(paragraphs, [other, 'contribution_check', 'office', 'call_center', 'menu']), file };
}

function sentences(found: readonly Finding[], speech: Speech): readonly string[] {
  return found.flatMap((each) => sentence(each, speech));
}

/** What was found, as a member writes it to an office; nothing where a letter is not for it. */
function sentence(found: Finding, speech: Speech): readonly string[] {
  switch (found.is) {
    case 'missing':
    case 'arrears': {
      const { is, months } = found;
      return [speech.text(`check.letter.${is}`, { months: monthRanges(months, speech), count: months.length })];
    }
    case 'wage dropped': {
      const { from, before, after } = found;
      const amounts = { before: speech.rupiah(before), after: speech.rupiah(after) };
      return [speech.text('check.letter.dropped', { ...amounts, month: speech.month(from) })];
    }
    case 'under floor': {
      const { months, reported, floor } = found;
      const amounts = { reported: speech.rupiah(reported), floor: speech.rupiah(floor) };
      return [speech.text('check.letter.floor', { ...amounts, months: monthRanges(months, speech) })];
    }
    case 'under said': {
      const { said, reported } = found;
      return [speech.text('check.letter.said', { said: speech.rupiah(said), reported: speech.rupiah(reported) })];
    }
    case 'still active': {
      const { last, since } = found;
      return [speech.text('check.letter.still_active', { last: speech.month(last), since: speech.month(since) })];
    }
    case 'late':
    case 'two employers':
    case 'own months':
    case 'no contributions':
      return [];
  }
}
