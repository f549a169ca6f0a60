import { branded } from '../../../src/core/brand.ts';
import { kpjSchema } from '../../../src/core/jamsostek/kpj.ts';
import type { Account, Contribution, MemberRef } from '../../../src/core/jamsostek/member.ts';
import { daySchema, monthSchema } from '../../../src/core/jamsostek/month.ts';
import { phoneSchema } from '../../../src/core/jamsostek/phone.ts';
import { rupiah } from '../../../src/core/jamsostek/rupiah.ts';
import type { Services } from '../../../src/core/services.ts';
import { registryAway } from '../../../tests/fakes/away.ts';
import { knownChats, noBlocks } from '../../../tests/fakes/chats.ts';
import { history, type Member, membersByNik } from './members.ts';

const month = monthSchema.parse('2026-10');
const first = monthSchema.parse('2026-08');
const posted = daySchema.parse('2026-11-17');

/** What else is in the members' database, out of memory: as little work as it is for the other bots. */
export function registryInMemory(
  count: number,
): Pick<Services, 'registry' | 'failures' | 'consents' | 'audit' | 'chats' | 'blocks'> {
  const byNik = membersByNik(count);
  const byRef = new Map([...byNik.values()].map((member) => [refOf(member), member]));
  return {
    registry: {
      ...registryAway,
      memberByNik: async (nik) => onFile(byNik.get(nik)),
      memberByRef: async (ref) => onFile(byRef.get(ref)),
      account: async (ref) => accountOf(byRef.get(ref)),
      contributions: async (ref) => contributionsOf(byRef.get(ref)),
    },
    failures: {
      standing: async () => ({ is: 'open' }),
      countFirst: async () => ({ counted: true, standing: { is: 'open' } }),
      clear: async () => undefined,
    },
    consents: { record: async () => undefined },
    audit: { record: async () => undefined },
    chats: knownChats,
    blocks: noBlocks,
  };
}

function refOf({ number }: Member): MemberRef {
  return branded<MemberRef>(`aaaaaaaa-0000-4000-8000-${String(number).padStart(12, '0')}`);
}

function onFile(member: Member | undefined) {
  return member ? { ref: refOf(member), phone: phoneSchema.parse(member.phone), deceased: false } : null;
}

function accountOf(member: Member | undefined): Account | null {
  if (!member) return null;
  const { name, balance, employer } = member;
  return {
    name,
    total: rupiah(balance),
    asOf: daySchema.parse('2026-10-31'),
    lastContribution: month,
    memberships: [
      {
        kpj: kpjSchema.parse(member.kpj),
        segment: 'PU',
        employer,
        active: true,
        balance: rupiah(balance),
        lastContribution: month,
        firstContribution: first,
      },
    ],
    claimInProgress: false,
  };
}

function contributionsOf(member: Member | undefined): readonly Contribution[] {
  if (!member) return [];
  const kpj = kpjSchema.parse(member.kpj);
  return history.map(({ month, wage, amount }) => ({
    month: monthSchema.parse(month),
    kpj,
    employer: member.employer,
    wage: rupiah(wage),
    amount: rupiah(amount),
    postedOn: posted,
  }));
}
