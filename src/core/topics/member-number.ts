import { personalAnswer } from '../answer.ts';
import type { Membership } from '../jamsostek/member.ts';
import type { Speech } from '../speech.ts';
import { articleChoices } from './article.ts';
import { goneAnswer } from './balance.ts';
import { employerOf } from './memberships.ts';
import { memberTopic } from './topic.ts';

/** As many as fit one phone screen. */
const shown = 5;

/**
 * member:    lupa nomor kartu
 * assistant: Nomor peserta (KPJ) Anda: • 99012345678, PT …: aktif, iuran Maret 2023 sampai September 2026. …
 */
export const memberNumber = memberTopic({
  id: 'member_number',
  intents: ['member_number'],
  async answer({ speech, services: { registry }, member }) {
    const account = await registry.account(member);
    if (!account) return goneAnswer(speech);
    const { memberships } = account;
    if (memberships.length === 0) return goneAnswer(speech);
    const more = memberships.length - shown;
    const several = memberships.length > 1;
    const said = personalAnswer(
      [
        [
          speech.text('number.title', { count: memberships.length }),
          ...memberships.slice(0, shown).map((membership) => line(membership, speech)),
          ...(more > 0 ? [speech.text('number.more', { count: more })] : []),
        ].join('\n'),
        speech.text(several ? 'number.several' : 'number.one'),
      ],
      [
        ...(several ? articleChoices(['number-several']) : []),
        'digital_card',
        'balance',
        'contributions',
        'menu',
        'logout',
      ],
    );
    return { ...said, short: shortOf(memberships, speech) };
  },
});

/** The numbers and whether they are active, in two text messages at most. */
function shortOf(memberships: readonly Membership[], speech: Speech): string {
  const more = memberships.length - shown;
  const numbers = memberships
    .slice(0, shown)
    .map(({ kpj, active }) => speech.text(active ? 'short.number.active' : 'short.number.inactive', { kpj }));
  const others = more > 0 ? [speech.text('short.number.more', { count: more })] : [];
  return `${speech.text('short.number.list', { list: [...numbers, ...others].join(', ') })} ${speech.text('short.number.keep')}`;
}

function line(membership: Membership, speech: Speech): string {
  const { kpj, active, firstContribution: from, lastContribution: to, segment } = membership;
  const paid =
    from && to
      ? speech.text(from === to ? 'number.paid_once' : 'number.paid', {
          from: speech.month(from),
          to: speech.month(to),
        })
      : speech.text(segment === 'JAKON' ? 'number.no_jht' : 'number.never_paid');
  const standing = speech.text(active ? 'number.active' : 'number.inactive');
  return speech.text('number.line', { kpj, employer: employerOf(membership, speech), standing, paid });
}
