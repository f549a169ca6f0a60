import { answer, personalAnswer } from '../answer.ts';
import { initialsOf } from '../jamsostek/initials.ts';
import type { Membership } from '../jamsostek/member.ts';
import { maskedNik } from '../jamsostek/nik.ts';
import type { Program } from '../jamsostek/program.ts';
import { articleChoices } from './article.ts';
import { goneAnswer } from './balance.ts';
import { employerOf, namedAmong, namedIn } from './memberships.ts';
import { memberTopic } from './topic.ts';

/**
 * member:    kirimin kartu digital sy ke sini dong
 * assistant: Kartu digital Anda, per 31 Oktober 2026. … Kode QR: siapa pun bisa memindainya untuk … [image]
 */
export const digitalCard = memberTopic({
  id: 'digital_card',
  elsewhere: 'elsewhere.digital_card',
  intents: ['digital_card'],
  narrowed: ({ said, subject }) => ({
    ...subject,
    membership: (said && namedIn(said.text, said.meaning.entities)) ?? undefined,
  }),
  async answer({ speech, services, member, subject: { membership: named }, today, now }) {
    const { registry, documents, verification } = services;
    const [onFile, account, holder] = await Promise.all([
      registry.memberByRef(member),
      registry.account(member),
      registry.holder(member),
    ]);
    if (!onFile || !account || !holder) return goneAnswer(speech);
    if (onFile.deceased) return answer(speech.text('card.deceased'), ['office', 'call_center', 'menu']);
    // Active ones come first, the newest of them before the others.
    const found = named ? namedAmong(account.memberships, named) : [];
    const membership = found[0] ?? account.memberships[0];
    if (!membership) return goneAnswer(speech);
    const { kpj, active, segment } = membership;
    const employer = employerOf(membership, speech);
    const address = verification.addressOf({ kind: 'card', initials: initialsOf(holder.name), day: today }, now);
    const file = await documents.card({
      language: speech.language,
      name: holder.name,
      maskedNik: maskedNik(holder.nik),
      membership: { kpj, employer, active },
      programs: programsOf(membership),
      asOf: account.asOf,
      address,
    });
    const another = account.memberships.find((each) => each !== membership);
    return {
      ...personalAnswer(
        [
          ...(named?.sure === true && found.length === 0 ? [speech.text('card.not_yours')] : []),
          speech.text('card.title', { kpj, employer, asOf: speech.day(account.asOf) }),
          ...(active ? [] : [speech.text('card.inactive')]),
          speech.text(active && segment === 'PU' ? 'card.programs_employer' : 'card.programs'),
          ...(address === null ? [] : [speech.text('card.qr')]),
          ...(another ? [speech.text('card.others', { kpj: another.kpj })] : []),
          speech.text('card.keep'),
        ],
        [...articleChoices(['card-digital-claim']), 'member_number', 'balance', 'statement', 'menu', 'logout'],
      ),
      file,
    };
  },
});

/**
 * What a membership surely covers. An active one has JKK and JKM in every segment; JHT is there where it has been paid.
 * Whether an employer has registered its people for JP is not known here, and JKP depends on it.
 *
 * Source: Perpres 109/2013 art. 6, Permenaker 5/2021 art. 31–32, Permenaker 4/2023.
 */
function programsOf({ active, lastContribution, balance }: Membership): readonly Program[] {
  const saves = active ? lastContribution !== null : balance > 0;
  return [...(saves ? (['JHT'] as const) : []), ...(active ? (['JKK', 'JKM'] as const) : [])];
}
