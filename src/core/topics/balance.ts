import { answer, personalAnswer } from '../answer.ts';
import type { Account, Membership } from '../jamsostek/member.ts';
import type { Speech } from '../speech.ts';
import { memberTopic } from './topic.ts';

/**
 * member:    cek saldo dong
 * assistant: Saldo JHT Anda per 31 Oktober 2026: Rp12.345.678 … 1. Riwayat iuran 2. Menu 3. Keluar
 */
export const balance = memberTopic({
  id: 'balance',
  intents: ['balance'],
  async answer({ speech, registry, member }) {
    const account = await registry.account(member);
    if (!account) return answer(speech.text('balance.gone'), ['call_center', 'menu']);
    const paragraphs = [
      speech.text('balance.summary', { asOf: speech.day(account.asOf), total: speech.rupiah(account.total) }),
      memberships(account, speech),
    ];
    if (account.claimInProgress) paragraphs.push(speech.text('balance.claim'));
    paragraphs.push(speech.text('balance.next'));
    return personalAnswer(paragraphs, ['contributions', 'menu', 'logout']);
  },
});

/** Many members have a number for each employer they have had: each is shown with its share. */
function memberships({ memberships, lastContribution }: Account, speech: Speech): string {
  const [only, ...others] = memberships;
  if (!only) return speech.text('balance.never');
  if (others.length > 0) {
    return [speech.text('balance.many'), ...memberships.map((membership) => row(membership, speech))].join('\n');
  }
  const line = speech.text('balance.one', { kpj: only.kpj, employer: employerOf(only, speech) });
  if (lastContribution) return `${line}\n${speech.text('balance.last', { month: speech.month(lastContribution) })}`;
  return `${line}\n${speech.text(only.segment === 'JAKON' ? 'balance.no_jht' : 'balance.never')}`;
}

function row(membership: Membership, speech: Speech): string {
  const values = {
    kpj: membership.kpj,
    employer: employerOf(membership, speech),
    amount: speech.rupiah(membership.balance),
  };
  return membership.lastContribution
    ? speech.text('balance.row', { ...values, month: speech.month(membership.lastContribution) })
    : speech.text('balance.row_never', values);
}

function employerOf({ employer, segment }: Membership, speech: Speech): string {
  return employer ?? speech.text(`employer.${segment}`);
}
