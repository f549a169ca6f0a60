import type { OwnFigures } from '../estimates/estimate.ts';
import { within } from '../estimates/fields.ts';
import { Unavailable } from '../services.ts';
import type { Asked } from './topic.ts';

/**
 * What the registry knows of a member who has shown who they are, for estimates: the JHT balance, and what was reported or
 * paid last under an active membership. Null for everybody else; and when the registry is away: an estimate does without.
 */
export async function ownFigures({
  services: { registry },
  ...asked
}: Pick<Asked, 'member' | 'services'>): Promise<OwnFigures | null> {
  const member = await asked.member();
  if (member === null) return null;
  try {
    const [account, newest] = await Promise.all([registry.account(member), registry.contributions(member, 1)]);
    if (!account) return null;
    const [last] = newest;
    const membership = account.memberships.find(({ kpj, active }) => active && kpj === last?.kpj);
    const wage = membership?.segment === 'PU' ? last?.wage : null;
    // Who pays for themselves pays an amount, and not a share of a wage.
    const contribution = membership && membership.segment !== 'PU' ? last?.amount : null;
    return {
      asOf: account.asOf,
      ...(within('balance', account.total) && { balance: account.total }),
      ...(typeof wage === 'number' && within('wage', wage) && { wage }),
      ...(typeof contribution === 'number' && within('contribution', contribution) && { contribution }),
    };
  } catch (error) {
    if (!(error instanceof Unavailable)) throw error;
    return null;
  }
}
