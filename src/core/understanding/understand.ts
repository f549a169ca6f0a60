import type { ArticleReading } from '../knowledge/learned.ts';
import type { Entities } from './entities.ts';
import type { Intent } from './intents.ts';
import type { Spoken } from './spoken.ts';

/** One way to read a text. */
export interface Reading {
  readonly intent: Intent;
  /** 0 to 1: how probable it is. Of all readings with 0.8, about 80 % are right. */
  readonly confidence: number;
}

/** A question beside another one in a text. */
export interface SecondQuestion extends Reading {
  /** Whether it stands first. */
  readonly first: boolean;
  /** Its words, and those of the other one. */
  readonly text: string;
  readonly besides: string;
}

/** What a text was understood to mean. */
export interface Understanding extends Reading {
  /** Other readings, best first. */
  readonly runnersUp: readonly Reading[];
  /** A second question in the same text; null when there is none. */
  readonly also: SecondQuestion | null;
  /** The language of the text; null when nothing in it tells. */
  readonly language: Spoken | null;
  readonly entities: Entities;
  /** The knowledge articles that the text may ask for, likeliest first. */
  readonly articles: readonly ArticleReading[];
}

/** What was going on when a text was written. */
export interface Context {
  /** What was last talked about: "yang di surabaya?" is about it. */
  readonly topic: Intent | null;
  /** What the conversation is waiting for. While it waits, a question that names nothing is about that step, not about the topic. */
  readonly step: 'consent' | 'nik' | 'code' | null;
}

/** Reads a member's words. Pure, deterministic, in-process. */
export type Understand = (text: string, context?: Context) => Understanding;

/** From this confidence on, a text is taken to mean what it was understood as. */
export const sureEnough = 0.6;

/** Nothing personal is opened on less than this. */
export const sureEnoughForPersonal = 0.7;

/** No session is ended on less than this. */
export const sureEnoughToEnd = 0.9;

/** A reading that is not sure enough, and at least as probable as this, is offered as a choice. */
export const worthOffering = 0.15;
