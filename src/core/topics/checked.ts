import { type ContributionCheck, checkContributions } from '../jamsostek/check/check.ts';
import type { Finding } from '../jamsostek/check/finding.ts';
import type { Account, Membership } from '../jamsostek/member.ts';
import { allContributions } from './contributions.ts';
import type { AskedByMember } from './topic.ts';

/** A member's contributions, looked through as they are on record now. */
export interface Checked {
  readonly account: Account;
  readonly check: ContributionCheck;
}

/** Looks through all contributions of a member, with what they said they earn; null when the member is gone. */
export async function checkedFor({
  member,
  today,
  subject: { wage },
  services: { registry },
}: Pick<AskedByMember, 'member' | 'today' | 'subject' | 'services'>): Promise<Checked | null> {
  const [account, contributions, floors] = await Promise.all([
    registry.account(member),
    registry.contributions(member, allContributions),
    registry.floors(member),
  ]);
  if (!account) return null;
  const said = wage === undefined ? {} : { wage };
  return { account, check: checkContributions({ account, contributions, floors, today, said }) };
}

/** The membership that a finding is about. */
export function membershipOf({ kpj }: Pick<Finding, 'kpj'>, { memberships }: Account): Membership {
  const found = memberships.find((membership) => membership.kpj === kpj);
  if (!found) throw new Error('a finding is about no membership of the account');
  return found;
}
