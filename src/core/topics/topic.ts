import type { Answer } from '../answer.ts';
import type { MemberRef } from '../jamsostek/member.ts';
import type { Day } from '../jamsostek/month.ts';
import type { Point } from '../offices/directory.ts';
import type { Registry, Services } from '../services.ts';
import type { Speech } from '../speech.ts';
import type { Subject } from '../subject.ts';
import type { Instant } from '../time.ts';
import type { Intent } from '../understanding/intents.ts';
import type { Understanding } from '../understanding/understand.ts';

/** What a member wrote, and what it was understood to mean. */
export interface Words {
  readonly text: string;
  readonly meaning: Understanding;
  /** Other words in the same place of the conversation: a part of these, or these with what they leave out. */
  part(text: string): Words;
}

/** A question to an open topic. */
export interface Asked {
  readonly speech: Speech;
  /** What is wanted of the topic; null when it was chosen and has no intent. */
  readonly intent: Intent | null;
  /** The member's words and what they were understood to mean; null when a choice was pressed. */
  readonly said: Words | null;
  readonly now: Instant;
  /** The day in Jakarta. */
  readonly today: Day;
  /** What the conversation was about before. */
  readonly subject: Subject;
  /** What was last talked about. */
  readonly topic: Intent | null;
  /** Where the member is, when they have just said so. */
  readonly point: Point | null;
  /** Who has shown who they are, in a chat of their own; null for everybody else. */
  member(): Promise<MemberRef | null>;
  readonly services: Pick<Services, 'registry' | 'offices' | 'documents'>;
}

/** Something anybody may ask, without showing who they are. */
export interface OpenTopic<Id extends string = string> {
  readonly id: Id;
  readonly access: 'open';
  /** What a member wants when this topic is the answer. */
  readonly intents: readonly Intent[];
  answer(asked: Asked): Answer | Promise<Answer>;
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
