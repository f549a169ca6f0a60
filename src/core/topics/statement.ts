import { answer, personalAnswer } from '../answer.ts';
import { initialsOf } from '../jamsostek/initials.ts';
import type { Account, SavingsYear } from '../jamsostek/member.ts';
import { maskedNik, nikLength } from '../jamsostek/nik.ts';
import { rupiah } from '../jamsostek/rupiah.ts';
import type { StatementContent } from '../services.ts';
import type { Speech } from '../speech.ts';
import { articleChoices } from './article.ts';
import { goneAnswer } from './balance.ts';
import { allContributions } from './contributions.ts';
import { employerOf } from './memberships.ts';
import { isWholeYear, periodIn } from './period.ts';
import { sumOf } from './savings-years.ts';
import { type Asked, memberTopic } from './topic.ts';

/**
 * member:    minta surat saldo buat bank
 * assistant: Surat saldo JHT tahun 2025 (PDF). Untuk membukanya, ketik 16 angka NIK Anda. … [document]
 */
export const statement = memberTopic({
  id: 'statement',
  elsewhere: 'elsewhere.statement',
  intents: ['statement'],
  narrowed: ({ said, subject, today }) => ({ ...subject, statementYear: yearIn(said, today) ?? undefined }),
  async answer({ speech, services, member, subject: { statementYear }, today, now }) {
    const { registry, documents, verification } = services;
    const [account, holder, years] = await Promise.all([
      registry.account(member),
      registry.holder(member),
      registry.years(member),
    ]);
    if (!account || !holder) return goneAnswer(speech);
    const [first, last] = [years[0]?.year, years.at(-1)?.year];
    if (first === undefined || last === undefined) {
      return answer(speech.text('statement.none'), ['balance', 'member_number', 'office', 'menu', 'logout']);
    }
    const running = Number(account.asOf.slice(0, 4));
    // Years without any movement have a statement, too: the balance stands. Once all is paid out there is nothing more.
    const newest = account.total > 0 ? Math.max(last, running) : last;
    const year =
      statementYear ?? Math.max(first, Math.min(newest, account.asOf.endsWith('-12-31') ? running : running - 1));
    if (year < first || year > newest) {
      const values = { year, first, last: newest };
      return personalAnswer(
        [speech.text('statement.no_year', values)],
        ['statement', 'balance_years', 'menu', 'logout'],
      );
    }
    const all = await registry.contributions(member, allContributions);
    const paper = { kind: 'statement', initials: initialsOf(holder.name), day: today } as const;
    const address = verification.addressOf(paper, now);
    const file = await documents.statement({
      language: speech.language,
      name: holder.name,
      maskedNik: maskedNik(holder.nik),
      password: holder.nik,
      year,
      asOf: account.asOf,
      day: today,
      memberships: membershipsIn(year, account, years, speech),
      contributions: all.filter(({ month }) => month.startsWith(`${year}-`)).toReversed(),
      address,
    });
    const example = year === newest ? newest - 1 : newest;
    return {
      ...personalAnswer(
        [
          year === running
            ? speech.text('statement.title_running', { year, asOf: speech.day(account.asOf) })
            : speech.text('statement.title', { year }),
          speech.text('statement.password', { digits: nikLength }),
          speech.text(address === null ? 'statement.use' : 'statement.use_qr'),
          ...(first < newest ? [speech.text('statement.others', { first, last: newest, example })] : []),
        ],
        [...articleChoices(['statement-get']), 'balance_years', 'contribution_years', 'digital_card', 'menu', 'logout'],
      ),
      file,
    };
  },
});

function yearIn(said: Asked['said'], today: Asked['today']): number | null {
  const period = said && periodIn(said.text, said.meaning.entities, today);
  return period && (isWholeYear(period) || period.from === period.to) ? Number(period.from.slice(0, 4)) : null;
}

/** Each membership that held anything in the year: before it, what it brought, and after it. */
export function membershipsIn(
  year: number,
  { memberships }: Account,
  years: readonly SavingsYear[],
  speech: Speech,
): StatementContent['memberships'] {
  return memberships.flatMap((membership) => {
    const { kpj, active } = membership;
    const own = years.filter((each) => each.kpj === kpj);
    const earlier = sumOf(own.filter((each) => each.year < year));
    const before = rupiah(earlier.contributed + earlier.growth - earlier.paidOut);
    const brought = sumOf(own.filter((each) => each.year === year));
    const after = rupiah(before + brought.contributed + brought.growth - brought.paidOut);
    const nothing = before === 0 && brought.contributed === 0 && brought.growth === 0 && brought.paidOut === 0;
    if (nothing) return [];
    return [{ kpj, active, employer: employerOf(membership, speech), before, ...brought, after }];
  });
}
