import { type ArticleId, articleIds } from './knowledge/articles.ts';
import type { Reply } from './reply.ts';
import type { Subject } from './subject.ts';
import { type Intent, intents } from './understanding/intents.ts';

/** What is said rather than chosen. */
const unchosen = ['greet', 'thanks', 'bye', 'out_of_scope'] as const satisfies readonly Intent[];
type Chosen = Exclude<Intent, (typeof unchosen)[number]>;

/** What can be chosen beside what is wanted: what is only ever chosen, and answers to a step. */
const others = [
  'privacy',
  'consent_yes',
  'consent_no',
  'resend',
  'change_nik',
  'cancel',
  'language_id',
  'language_en',
  'loss_statement',
  'estimate_jht',
  'estimate_payout',
  'estimate_jp',
  'estimate_jkk',
  'estimate_jkm',
  'estimate_jkp',
  'estimate_bpu',
  'estimate_payslip',
  'balance_years',
  'balance_chart',
  'balance_masked',
  'contribution_more',
  'contribution_years',
  'contribution_chart',
  'letter_employer',
  'letter_agency',
  'remember_chat',
  'forget_chat',
  'chat_data',
  'erase_chat',
  'erase_yes',
  'withdraw',
  'not_me',
] as const;

export type ChoiceId = Chosen | (typeof others)[number] | ArticleId;

/** What can be chosen; `label.ts` has what each is called. */
export const choiceIds: readonly ChoiceId[] = [...intents.filter(isChosen), ...others, ...articleIds];

function isChosen(intent: Intent): intent is Chosen {
  return !unchosen.some((other) => other === intent);
}

/** What is said in answer to something, before it becomes a reply: paragraphs, and what can be chosen next. */
export interface Answer extends Pick<Reply, 'place' | 'file' | 'asksLocation' | 'forgets'> {
  readonly paragraphs: readonly string[];
  readonly offers: readonly ChoiceId[];
  /** True when it holds something that only this member may see. */
  readonly personal: boolean;
  /** What is said of it where it stands beside another answer; all of it when not given. */
  readonly brief?: readonly string[];
  /** The same for a channel of short texts, with what can be done next in it; without it, as much as goes of all of it. */
  readonly short?: string;
  /** True when it asks something: then what it offers can be chosen beside an open step, too. */
  readonly asks?: boolean;
  /** The topic that it belongs to, where that can be another than the one that was asked. */
  readonly topic?: Intent;
  /** True when the session is over with it. */
  readonly ends?: boolean;
  /** What the conversation is about from now on; without it, what it was about before. */
  readonly subject?: Subject;
}

export function answer(paragraphs: string | readonly string[], offers: readonly ChoiceId[] = []): Answer {
  return { paragraphs: typeof paragraphs === 'string' ? [paragraphs] : paragraphs, offers, personal: false };
}

/** An answer with something said before it. */
export function preceded(paragraphs: readonly string[], said: Answer): Answer {
  const all = [...paragraphs, ...said.paragraphs];
  return { ...said, paragraphs: all, ...shortOf([answer(paragraphs), said]) };
}

/**
 * The short wording of answers that are told as one, each in its own where it has one, else in full; none where none has
 * one.
 */
export function shortOf(answers: readonly Answer[]): Pick<Answer, 'short'> {
  if (answers.every(({ short }) => short === undefined)) return {};
  const texts = answers.map(({ short, paragraphs }) => short ?? paragraphs.join('\n'));
  return { short: texts.filter((text) => text !== '').join('\n') };
}

/** An answer with figures of the member's. */
export function personalAnswer(paragraphs: readonly string[], offers: readonly ChoiceId[]): Answer {
  return { paragraphs, offers, personal: true };
}
