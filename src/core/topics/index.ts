import type { Intent } from '../understanding/intents.ts';
import { agent } from './agent.ts';
import { balance, balanceMasked } from './balance.ts';
import { balanceChart } from './balance-chart.ts';
import { balanceYears } from './balance-years.ts';
import { callCenter } from './call-center.ts';
import { contributionChart } from './contribution-chart.ts';
import { contributionCheck } from './contribution-check.ts';
import { contributionYears } from './contribution-years.ts';
import { contributionMore, contributions } from './contributions.ts';
import { greeting, thanks } from './courtesies.ts';
import { digitalCard } from './digital-card.ts';
import { knowledge } from './knowledge.ts';
import { language } from './language.ts';
import { letterAgency, letterEmployer } from './letters.ts';
import { lossStatement } from './loss-statement.ts';
import { memberNumber } from './member-number.ts';
import { menu } from './menu.ts';
import { notMe } from './not-me.ts';
import { office } from './office.ts';
import { outOfScope } from './out-of-scope.ts';
import { privacy } from './privacy.ts';
import { reportFraud } from './report-fraud.ts';
import { simulate } from './simulate.ts';
import { statement } from './statement.ts';

/** Every topic. A new one is a file beside these, and a line here. */
const openTopics = [
  menu,
  greeting,
  thanks,
  callCenter,
  office,
  knowledge,
  lossStatement,
  agent,
  privacy,
  language,
  reportFraud,
  simulate,
  outOfScope,
] as const;
const memberTopics = [
  balance,
  balanceYears,
  balanceChart,
  balanceMasked,
  contributions,
  contributionMore,
  contributionYears,
  contributionChart,
  memberNumber,
  digitalCard,
  statement,
  notMe,
  contributionCheck,
  letterEmployer,
  letterAgency,
] as const;

/** What a member can be on the way to while they show who they are. */
export type GoalId = (typeof memberTopics)[number]['id'];

export type Topic = (typeof openTopics)[number] | (typeof memberTopics)[number];

export const goalIds = memberTopics.map(({ id }) => id);

const byId = new Map<string, Topic>([...openTopics, ...memberTopics].map((topic) => [topic.id, topic]));
const byIntent = new Map<Intent, Topic>(
  [...openTopics, ...memberTopics].flatMap((topic) => topic.intents.map((intent) => [intent, topic] as const)),
);

export function topicById(id: string): Topic | undefined {
  return byId.get(id);
}

/** The topic that answers this intent; undefined for those that the conversation itself answers (`logout`, `bye`). */
export function topicFor(intent: Intent): Topic | undefined {
  return byIntent.get(intent);
}

export function memberTopicById(id: GoalId): (typeof memberTopics)[number] {
  const found = memberTopics.find((topic) => topic.id === id);
  if (!found) throw new Error(`no member topic ${id}`);
  return found;
}
