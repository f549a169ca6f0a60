import { type Answer, answer, personalAnswer } from '../answer.ts';
import type { Account, Contribution, Membership } from '../jamsostek/member.ts';
import type { Speech } from '../speech.ts';
import type { Subject } from '../subject.ts';
import { goneAnswer } from './balance.ts';
import { listed, monthsMissing, periodName, totalOf } from './contribution-list.ts';
import { monthAnswer } from './contribution-month.ts';
import { shortContributions, shortNone, shortOlder } from './contributions-short.ts';
import { employerOf, namedAmong, namedIn } from './memberships.ts';
import { periodIn } from './period.ts';
import { type Asked, type AskedByMember, memberTopic } from './topic.ts';

/** As many months as fit one phone screen. */
const onPage = 12;

/** More than anybody can have: a hundred years. */
export const allContributions = 1_200;

/**
 * member:    iuran bulan kemaren udah masuk blm
 * assistant: Iuran Oktober 2026 sudah tercatat: Rp285.000. …
 * member:    iuran tahun 2024
 * assistant: Iuran JHT tahun 2024: PT … (99012345678): • Desember 2024: Rp270.000 … Jumlah: Rp3.240.000 dari 12 bulan.
 */
export const contributions = memberTopic({
  id: 'contributions',
  intents: ['contributions'],
  narrowed: narrowedBy,
  answer: (asked) => contributionsAnswer(asked, 0),
});

/**
 * member:    (presses Bulan sebelumnya)
 * assistant: Iuran JHT ke-13 sampai ke-24 dari 300: …
 */
export const contributionMore = memberTopic({
  id: 'contribution_more',
  intents: [],
  answer: (asked) => contributionsAnswer(asked, (asked.subject.contributions?.page ?? 0) + 1),
});

/** The months, the employer and the membership number that are named, and nothing of what was asked for before. */
function narrowedBy({ said, subject, today }: Pick<Asked, 'said' | 'subject' | 'today'>): Subject {
  const period = said && periodIn(said.text, said.meaning.entities, today);
  return {
    ...subject,
    contributions: period ? { period } : undefined,
    membership: (said && namedIn(said.text, said.meaning.entities)) ?? undefined,
  };
}

async function contributionsAnswer(asked: AskedByMember, wanted: number): Promise<Answer> {
  const { speech, services, member, subject, today } = asked;
  const { period } = subject.contributions ?? {};
  const { membership: named } = subject;
  const everything = period !== undefined || named !== undefined || wanted > 0;
  const [account, all] = await Promise.all([
    services.registry.account(member),
    services.registry.contributions(member, everything ? allContributions : onPage + 1),
  ]);
  if (!account) return goneAnswer(speech);
  if (all.length === 0) return noneAnswer(account, speech);
  const found = named ? namedAmong(account.memberships, named) : [];
  const memberships = found.length > 0 ? found : account.memberships;
  const own = all.filter(({ kpj }) => memberships.some((membership) => membership.kpj === kpj));
  const unknown = named?.sure === true && found.length === 0 ? [speech.text('contributions.not_yours')] : [];
  const before = unknown.length > 0 ? [speech.text('short.contributions.not_yours')] : [];
  const shorten = (short: string) => ({ short: [...before, short].join(' ') });
  if (period && period.from === period.to) {
    const told = monthAnswer(period.from, own, { account, memberships, speech, today });
    return { ...told, paragraphs: [...unknown, ...told.paragraphs], ...shorten(told.short ?? '') };
  }
  const rows = period ? own.filter(({ month }) => month >= period.from && month <= period.to) : own;
  const name = { of: ofEmployer(found, speech), period: period ? ` ${periodName(period, speech)}` : '' };
  if (rows.length === 0) {
    const text = speech.text(period ? 'contributions.none_in' : 'contributions.none_of', name);
    return {
      ...personalAnswer(
        [...unknown, text],
        ['contributions', 'contribution_years', 'contribution_check', 'menu', 'logout'],
      ),
      ...shorten(shortNone(period, asked)),
    };
  }
  const page = Math.min(wanted, Math.ceil(rows.length / onPage) - 1);
  const from = page * onPage;
  const shown = rows.slice(from, from + onPage);
  const paged = everything && rows.length > onPage;
  const title = paged
    ? speech.text('contributions.title_page', { ...name, from: from + 1, to: from + shown.length, count: rows.length })
    : speech.text(period ? 'contributions.title_in' : 'contributions.title', name);
  const missing = period ? monthsMissing(period, own, rows) : [];
  return {
    ...personalAnswer(
      [
        ...unknown,
        [title, ...listed(shown, memberships, speech)].join('\n'),
        ...(everything ? [totalOf(rows, speech)] : []),
        ...(missing.length > 0 ? [missingNote(missing, speech)] : []),
        ...(everything ? [] : [speech.text('contributions.next')]),
      ],
      [
        ...(rows.length > from + onPage ? (['contribution_more'] as const) : []),
        'contribution_years',
        'contribution_chart',
        'contribution_check',
        'balance',
        'menu',
        'logout',
      ],
    ),
    ...shorten(wanted > 0 ? shortOlder(asked) : shortContributions({ rows: own, period, memberships, account }, asked)),
    subject: { ...subject, contributions: { ...(period && { period }), page } },
  };
}

/** " di PT …", where contributions of one employer were asked for. */
function ofEmployer(found: readonly Membership[], speech: Speech): string {
  if (found.length === 0) return '';
  const employers = [...new Set(found.map((membership) => employerOf(membership, speech)))];
  return speech.text('contributions.of', { employer: speech.list(employers) });
}

/** More months than these are only counted. */
const mostMissing = 4;

function missingNote(missing: readonly Contribution['month'][], speech: Speech): string {
  const months = missing.slice(0, mostMissing).map((month) => speech.month(month));
  const more = missing.length - months.length;
  const list = speech.list([
    ...months,
    ...(more > 0 ? [speech.text('contributions.more_months', { count: more })] : []),
  ]);
  return speech.text('contributions.missing', { list });
}

/** Nothing was ever paid in; why that may be. */
export function noneAnswer({ memberships }: Account, speech: Speech): Answer {
  const segments = new Set(memberships.map(({ segment }) => segment));
  const why = segments.has('PU') ? 'none' : segments.has('JAKON') ? 'none_jakon' : 'none_optional';
  return {
    ...answer(speech.text(`contributions.${why}`), [
      'balance',
      'member_number',
      'contribution_check',
      'menu',
      'logout',
    ]),
    short: speech.text(`short.contributions.${why}`),
  };
}
