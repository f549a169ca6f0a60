import type { Reply } from './reply.ts';

/** What can be chosen: topics, and answers to a step. The label of each is `choices.<id>` in every language. */
export const choiceIds = [
  'balance',
  'contributions',
  'call_center',
  'card_lost',
  'card_tips',
  'privacy',
  'agent',
  'contribution_check',
  'claim_status',
  'claim_submit',
  'claim_howto',
  'member_number',
  'digital_card',
  'statement',
  'simulate',
  'program_info',
  'profile_update',
  'register',
  'office',
  'office_visit',
  'channels',
  'reminders',
  'report_fraud',
  'bpjs_kesehatan',
  'language',
  'menu',
  'logout',
  'consent_yes',
  'consent_no',
  'resend',
  'change_nik',
  'cancel',
  'language_id',
  'language_en',
] as const;
export type ChoiceId = (typeof choiceIds)[number];

/** What is said in answer to something, before it becomes a reply: paragraphs, and what can be chosen next. */
export interface Answer extends Pick<Reply, 'place' | 'file' | 'asksLocation' | 'forgets'> {
  readonly paragraphs: readonly string[];
  readonly offers: readonly ChoiceId[];
  /** True when it holds something that only this member may see. */
  readonly personal: boolean;
  /** True when it asks something: then what it offers can be chosen beside an open step, too. */
  readonly asks?: boolean;
}

export function answer(paragraphs: string | readonly string[], offers: readonly ChoiceId[] = []): Answer {
  return { paragraphs: typeof paragraphs === 'string' ? [paragraphs] : paragraphs, offers, personal: false };
}

/** An answer with figures of the member's. */
export function personalAnswer(paragraphs: readonly string[], offers: readonly ChoiceId[]): Answer {
  return { paragraphs, offers, personal: true };
}
