import { demoMembers } from '../backends/demo/members.ts';
import type { ShownMember } from '../bots/terminal/members.ts';
import { type Day, daySchema } from '../core/jamsostek/month.ts';
import { hour, type Instant } from '../core/time.ts';

/** Western Indonesian Time is seven hours ahead, without summer time. */
const jakarta = 7 * hour;

/** The calendar day in Jakarta. */
export function dayAt(now: Instant): Day {
  return daySchema.parse(new Date(now + jakarta).toISOString().slice(0, 10));
}

/** The demo members, as those who try the assistant out need to know them. */
export function shownMembers(now: Instant): readonly ShownMember[] {
  return demoMembers(dayAt(now)).map(({ nik, memberships, phone, name, scenario }) => ({
    nik,
    kpj: memberships.map(({ kpj }) => kpj),
    phone,
    name,
    scenario,
  }));
}
