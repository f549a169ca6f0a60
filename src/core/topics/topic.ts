import type { Answer } from '../answer.ts';
import type { MemberRef } from '../jamsostek/member.ts';
import type { Day } from '../jamsostek/month.ts';
import type { Point } from '../offices/directory.ts';
import type { Act, Services } from '../services.ts';
import type { MessageKey, Speech } from '../speech.ts';
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
  readonly services: Pick<Services, 'registry' | 'offices' | 'documents' | 'verification' | 'blocks'>;
}

/** What every topic has. */
interface Told<Id extends string> {
  readonly id: Id;
  /** Where to get it, said in its place on a channel of short texts: for what is too much there, or nothing that words can say. */
  readonly elsewhere?: Extract<MessageKey, `elsewhere.${string}`>;
}

/** Something anybody may ask, without showing who they are. */
export interface OpenTopic<Id extends string = string> extends Told<Id> {
  readonly access: 'open';
  /** What a member wants when this topic is the answer. */
  readonly intents: readonly Intent[];
  answer(asked: Asked): Answer | Promise<Answer>;
}

/** A question to a topic that only a verified member is told; what it is narrowed to stands in `subject`. */
export interface AskedByMember extends Omit<Asked, 'member' | 'point'> {
  readonly member: MemberRef;
}

/** Something only a verified member is told, about themselves. */
export interface MemberTopic<Id extends string = string> extends Told<Id> {
  readonly access: 'member';
  readonly intents: readonly Intent[];
  /**
   * What the words narrow it to, as what the conversation is about from here on: kept until the member has shown who they
   * are. The subject as it was where they narrow nothing. A topic without it is always asked for as a whole.
   */
  narrowed?(asked: Pick<Asked, 'said' | 'subject' | 'today'>): Subject;
  /** What opening it is for the audit log; a view where it is not said. */
  readonly act?: Act;
  answer(asked: AskedByMember): Promise<Answer>;
}

export function openTopic<const Id extends string>(topic: Omit<OpenTopic<Id>, 'access'>): OpenTopic<Id> {
  return { ...topic, access: 'open' };
}

export function memberTopic<const Id extends string>(topic: Omit<MemberTopic<Id>, 'access'>): MemberTopic<Id> {
  return { ...topic, access: 'member' };
}
