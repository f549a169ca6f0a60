import { demoMembers } from '../backends/demo/members.ts';
import type { ShownMember } from '../bots/terminal/members.ts';
import { dayInJakarta } from '../core/jamsostek/month.ts';
import type { Instant } from '../core/time.ts';

/** The demo members, as those who try the assistant out need to know them. */
export function shownMembers(now: Instant): readonly ShownMember[] {
  return demoMembers(dayInJakarta(now)).map(({ nik, memberships, phone, name, scenario }) => ({
    nik,
    kpj: memberships.map(({ kpj }) => kpj),
    phone,
    name,
    scenario,
  }));
}
