import type { Answer } from '../answer.ts';
import type { MemberRef } from '../jamsostek/member.ts';
import type { Registry } from '../services.ts';
import type { Speech } from '../speech.ts';
import type { Intent } from '../understanding/intents.ts';

/** Something anybody may ask, without showing who they are. */
export interface OpenTopic<Id extends string = string> {
  readonly id: Id;
  readonly access: 'open';
  /** What a member wants when this topic is the answer. */
  readonly intents: readonly Intent[];
  answer(asked: { readonly speech: Speech; readonly intent: Intent }): Answer;
}

/** Something only a verified member is told, about themselves. */
export interface MemberTopic<Id extends string = string> {
  readonly id: Id;
  readonly access: 'member';
  readonly intents: readonly Intent[];
  answer(asked: { readonly speech: Speech; readonly registry: Registry; readonly member: MemberRef }): Promise<Answer>;
}

export function openTopic<const Id extends string>(topic: Omit<OpenTopic<Id>, 'access'>): OpenTopic<Id> {
  return { ...topic, access: 'open' };
}

export function memberTopic<const Id extends string>(topic: Omit<MemberTopic<Id>, 'access'>): MemberTopic<Id> {
  return { ...topic, access: 'member' };
}
