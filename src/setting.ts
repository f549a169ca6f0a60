import type { z } from 'zod';

/** One environment variable that the program reads. */
export interface Setting<Value> {
  readonly name: string;
  /** What it takes, in words that can follow "takes". */
  readonly takes: string;
  /** What holds when it is not set, in words. */
  readonly standard: string;
  /** What it is for, in one line. */
  readonly help: string;
  /** True when its value must never be shown. */
  readonly secret: boolean;
  readonly schema: z.ZodType<Value, string>;
}

export function setting<Value>(shape: Setting<Value>): Setting<Value> {
  return shape;
}

/** The environment, as what is set by it reads it. A variable that is empty counts as not set. */
export interface Environment {
  /** Undefined when it is not set, or cannot be used: then that is a problem already told. */
  valueOf<Value>(setting: Setting<Value>): Value | undefined;
  /** Values that do not fit each other: one line for the person who starts the program, without a secret value. */
  problem(line: string): void;
}

/** For `refine`: whether a text is an address with one of these protocols, each with its colon. */
export function isUrlOf(protocols: readonly string[]): (text: string) => boolean {
  return (text) => protocols.includes(URL.parse(text)?.protocol ?? '');
}
