import type { Language } from '../language.ts';
import type { Intent } from './intents.ts';

/** What a text was understood to mean. */
export interface Understanding {
  readonly intent: Intent;
  /** 0 to 1: how sure. Below {@link sureEnough} the intent is only a guess, and nothing is opened on a guess. */
  readonly confidence: number;
  /** Other readings, best first. */
  readonly runnersUp: readonly { readonly intent: Intent; readonly confidence: number }[];
  /** The language of the text; null when nothing in it tells. */
  readonly language: Language | null;
}

/** Reads a member's words. Pure, deterministic, in-process. */
export type Understand = (text: string) => Understanding;

/** From this confidence on, a text is taken to mean what it was understood as. */
export const sureEnough = 0.42;
